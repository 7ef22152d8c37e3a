/**
 * How long a node takes for its work, in milliseconds, drawn from the node's own stream: about what a small cluster
 * of virtual machines shows.
 */
import type { RandomStream } from '../../kernel/index.ts';

type Draw = (random: RandomStream) => number;

const between =
  (low: number, high: number): Draw =>
  (random) =>
    random.between(low, high);

export const timing = {
  /** Mounting the volumes of a pod: the volume manager looks every 100 ms. */
  mount: between(60, 260),
  /** The pause container, its cgroup and its network. */
  sandbox: between(180, 480),
  createContainer: between(30, 90),
  startContainer: between(40, 120),
  /** From the end of the last container to a pod without network and volumes. */
  tearDown: between(40, 140),
  writeStatus: between(2, 9),
  /** The kubelet notices changed config maps when it syncs the pod anew, once a minute and a half at the latest. */
  configResync: between(2_000, 85_000),
} as const satisfies Readonly<Record<string, Draw>>;

/** After a sync that failed for another reason than a back-off. */
export const errorRetryMs = 10_000;
/** A sync that waits for a back-off looks again after so long at the latest. */
export const resyncMs = 60_000;

export const crashBackOffMs = { first: 10_000, limit: 300_000 } as const;
export const pullBackOffMs = { first: 10_000, limit: 300_000 } as const;
/** The volume manager doubles from half a second to a good two minutes. */
export const mountBackOffMs = { first: 500, limit: 122_000 } as const;
/** Nothing is killed with less warning than this. */
export const leastGraceMs = 2000;
