import type { ObjectKey } from '../../api/index.ts';
import type { RandomStream, VirtualClock } from '../../kernel/index.ts';
import type { Trace } from '../trace.ts';

export interface WorkQueueOptions {
  readonly clock: VirtualClock;
  readonly random: RandomStream;
  readonly trace: Trace;
  /** `controller/deployment` */
  readonly component: string;
  /** Called once for each key, as an event on the clock. Throwing an ApiError puts the key back with back-off. */
  readonly reconcile: (key: ObjectKey) => void;
  /** Keys worked on at the same virtual instant (upstream's workers); 5 when absent. */
  readonly workers?: number;
}

/**
 * Keys that wait for a reconciler: each at most once, with delays and exponential back-off.
 * Upstream: client-go/util/workqueue
 */
export interface WorkQueue {
  add(key: ObjectKey): void;
  addAfter(key: ObjectKey, delayMs: number): void;
  /** Back-off of 5 ms, doubling, up to 1,000 s. */
  addRateLimited(key: ObjectKey): void;
  forget(key: ObjectKey): void;
  readonly length: number;
}
