import { describe, expect, it } from 'vitest';
import type { KubectlFiles } from '../kubectl-io.ts';
import { kustomize } from './build.ts';

/** What kustomizations build is compared with the real program in e2e/oracle/lines/kustomizing.ts. */
function build(texts: Readonly<Record<string, string>>) {
  const unused = () => Promise.reject(new Error('not here'));
  const files: KubectlFiles = {
    read: (path) =>
      path in texts ? Promise.resolve(new TextEncoder().encode(texts[path])) : Promise.reject(new Error('missing')),
    stat: (path) => {
      if (path in texts) return Promise.resolve({ isDirectory: false });
      const isFolder = Object.keys(texts).some((each) => each.startsWith(`${path}/`));
      return Promise.resolve(isFolder ? { isDirectory: true } : undefined);
    },
    list: unused,
    write: unused,
    makeDirectory: unused,
    remove: unused,
  };
  return kustomize('k', { files, workingDirectory: '/', warn: () => undefined });
}

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { x: "1" }\n';

describe('a kustomization', () => {
  it('that names itself is refused', async () => {
    await expect(build({ 'k/kustomization.yaml': 'resources: [../k]' })).rejects.toThrow('cycle detected');
  });

  it.each([
    { name: 'a patch', text: 'patches: [{ target: { kind: ConfigMap }, patch: \'{"__proto__": {"evil": "yes"}}\' }]' },
    {
      name: 'a label',
      text: 'labels: [{ pairs: { evil: "yes" }, fields: [{ path: __proto__/__proto__, create: true }] }]',
    },
    {
      name: 'a replacement',
      text: 'replacements: [{ sourceValue: "yes", targets: [{ select: { kind: ConfigMap }, fieldPaths: [__proto__.evil], options: { create: true } }] }]',
    },
  ])('reaches no further than its objects: $name', async ({ text }) => {
    await build({ 'k/kustomization.yaml': `resources: [a.yaml]\n${text}`, 'k/a.yaml': map }).catch(() => undefined);
    expect(({} as Record<string, unknown>)['evil']).toBeUndefined();
  });

  it('leaves what it read as it was for the next build', async () => {
    const texts = { 'k/kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: my-', 'k/a.yaml': map };
    expect(await build(texts)).toEqual(await build(texts));
  });
});
