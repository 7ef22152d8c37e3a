import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SimulatorSession } from './http/index.ts';

const root = import.meta.dirname;
const tour = readFileSync(join(root, 'README.md'), 'utf8').split('## A Pod is born')[1]!;
const paths = [...tour.matchAll(/`([\w./-]+\/[\w./-]*)`/g)].map((match) => match[1]!);

describe('the tour "a Pod is born"', () => {
  it.each(paths)('names %s, which exists', (path) => expect(existsSync(join(root, path))).toBe(true));

  it('tells what happens in the order in which it happens', () => {
    const session = new SimulatorSession({ seed: 1, epochMs: Date.UTC(2026, 0, 5), nodes: 2 }, { freeze: true });
    session.cluster.clock.runFor(30_000);
    const labels = { app: 'web' };
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'nginx', image: 'nginx' }] } },
      },
    };
    const { id: before = 0 } = session.cluster.trace.since(0).at(-1) ?? {};
    session.handle({
      method: 'POST',
      path: '/apis/apps/v1/namespaces/default/deployments',
      query: new Map(),
      headers: new Map([['content-type', 'application/json']]),
      body: new TextEncoder().encode(JSON.stringify(deployment)),
    });
    session.cluster.clock.runFor(30_000);
    const messages = session.cluster.trace.since(before);
    const first = (what: (text: string) => boolean) =>
      messages.findIndex(({ kind, from, to, subject = '' }) =>
        what(`${kind} ${from.type} ${to.type} ${subject.split('/')[0]}`),
      );
    const story = [
      'request client apiserver deployments',
      'write apiserver etcd deployments',
      'watch apiserver controller deployments',
      'write apiserver etcd replicasets',
      'watch apiserver scheduler pods',
      'bind scheduler',
      'watch apiserver kubelet pods',
      'pull ',
    ];
    const places = story.map((step) => first((text) => text.startsWith(step)));
    expect(
      places.every((place) => place >= 0),
      JSON.stringify(places),
    ).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});
