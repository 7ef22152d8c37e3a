import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Writes a kubeconfig for a server at `url` into a fresh temporary folder; gives its path. */
export async function writeKubeconfig(url: string): Promise<string> {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'drydock', cluster: { server: url } }],
    users: [{ name: 'kubernetes-admin', user: {} }],
    contexts: [{ name: 'drydock', context: { cluster: 'drydock', user: 'kubernetes-admin' } }],
    'current-context': 'drydock',
  };
  const path = join(await mkdtemp(join(tmpdir(), 'drydock-')), 'kubeconfig');
  await writeFile(path, stringify(config), { mode: 0o600 });
  return path;
}
