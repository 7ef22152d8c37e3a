import type { KubeApi } from '../client/index.ts';
import { startWorker, type BootReport, type BugReport } from '../worker/index.ts';

export interface Connection {
  readonly api: KubeApi;
  readonly booted: Promise<BootReport>;
}

/** The one session that this browser keeps between visits. */
const savedAs = 'current';

/** Starts the cluster in its worker. `?nodes=`, `?seed=` and `?fresh` change what a new one is like. */
export function connect(location: Location, onBug: (bug: BugReport) => void): Connection {
  const query = new URLSearchParams(location.search);
  const number = (name: string, otherwise: number) => {
    const value = Number(query.get(name) ?? Number.NaN);
    return Number.isInteger(value) && value > 0 ? value : otherwise;
  };
  return startWorker(
    {
      seed: number('seed', 1),
      epochMs: Math.floor(Date.now() / 1000) * 1000,
      nodes: Math.min(5_000, number('nodes', 3)),
      saveAs: savedAs,
      fresh: query.has('fresh'),
    },
    onBug,
  );
}
