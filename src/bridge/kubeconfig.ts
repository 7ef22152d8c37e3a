import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { TlsIdentity } from './server.ts';

/** How a client knows the server, and the server the client. */
export interface Credentials {
  /** Of the authority, PEM. */
  readonly authority: string;
  readonly client: TlsIdentity;
}

/** Writes a kubeconfig for a server at `url` into a fresh temporary folder; gives its path. */
export async function writeKubeconfig(url: string, credentials?: Credentials): Promise<string> {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const cluster = credentials && { 'certificate-authority-data': base64(credentials.authority) };
  const user = credentials && {
    'client-certificate-data': base64(credentials.client.certificate),
    'client-key-data': base64(credentials.client.key),
  };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'drydock', cluster: { ...cluster, server: url } }],
    users: [{ name: 'kubernetes-admin', user: { ...user } }],
    contexts: [{ name: 'drydock', context: { cluster: 'drydock', user: 'kubernetes-admin' } }],
    'current-context': 'drydock',
  };
  const path = join(await mkdtemp(join(tmpdir(), 'drydock-')), 'kubeconfig');
  await writeFile(path, stringify(config), { mode: 0o600 });
  return path;
}
