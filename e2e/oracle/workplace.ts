import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A temporary home folder to run programs in, with the kubeconfig of one server. */
export interface Workplace {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Writes a file below the folder; gives its path. */
  write(name: string, content: string, mode?: number): string;
  remove(): void;
}

export function createWorkplace(server: string): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-oracle-'));
  const write = (name: string, content: string, mode = 0o644) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode });
    return path;
  };
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'drydock', cluster: { server } }],
    users: [{ name: 'kubernetes-admin', user: {} }],
    contexts: [{ name: 'drydock', context: { cluster: 'drydock', user: 'kubernetes-admin' } }],
    'current-context': 'drydock',
    preferences: {},
  };
  return {
    folder,
    environment: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: folder,
      PWD: folder,
      TMPDIR: folder,
      KUBECONFIG: write('.kube/config', JSON.stringify(kubeconfig), 0o600),
    },
    write,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
