import { ApiError, type ObjectKey } from '../../api/index.ts';
import type { Cancel } from '../../kernel/index.ts';
import type { WorkQueueMetrics } from '../metrics/work-queue-metrics.ts';
import type { WorkQueue, WorkQueueOptions } from './work-queue.ts';

const defaultWorkers = 5;
/** How long a worker is busy with one key. */
const workMs = 1;
const baseDelayMs = 5;
const maxDelayMs = 1_000_000;

/**
 * The work queue on the virtual clock: one event for each key that is reconciled.
 * Upstream: client-go/util/workqueue (queue, delaying queue, item exponential failure rate limiter)
 */
export class ClockWorkQueue implements WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #workers: number;
  /** Waiting keys in order, with the trace message that put them there. */
  readonly #waiting = new Map<ObjectKey, number | undefined>();
  readonly #delayed = new Map<ObjectKey, { readonly dueMs: number; readonly cancel: Cancel }>();
  readonly #failures = new Map<ObjectKey, number>();
  #metrics: WorkQueueMetrics | undefined;
  #isScheduled = false;
  /** When the workers began their present round, and how many of them have taken a key in it. */
  #roundMs = -1;
  #busy = 0;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
    this.#workers = options.workers ?? defaultWorkers;
  }

  get length(): number {
    return this.#waiting.size;
  }

  /** Tells from now on what happens. */
  report(metrics: WorkQueueMetrics): void {
    this.#metrics = metrics;
  }

  add(key: ObjectKey): void {
    if (this.#waiting.has(key)) return;
    this.#metrics?.added();
    this.#waiting.set(key, this.#options.trace.currentId);
    this.#schedule();
  }

  addAfter(key: ObjectKey, delayMs: number): void {
    if (delayMs <= 0) return this.add(key);
    const { clock, component, trace } = this.#options;
    const dueMs = clock.nowMs + delayMs;
    const known = this.#delayed.get(key);
    if (known && known.dueMs <= dueMs) return;
    known?.cancel();
    const causeId = trace.currentId;
    const cancel = clock.schedule(delayMs, { component, action: 'requeue', subject: key }, () => {
      this.#delayed.delete(key);
      trace.during(causeId, () => this.add(key));
    });
    this.#delayed.set(key, { dueMs, cancel });
  }

  addRateLimited(key: ObjectKey): void {
    this.#metrics?.retried();
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.addAfter(key, Math.min(baseDelayMs * 2 ** failures, maxDelayMs));
  }

  forget(key: ObjectKey): void {
    this.#failures.delete(key);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    const { clock, component } = this.#options;
    const next = this.#waiting.keys().next();
    if (next.done) return;
    if (clock.nowMs >= this.#roundMs + workMs) {
      this.#roundMs = clock.nowMs;
      this.#busy = 0;
    }
    const delayMs = this.#busy < this.#workers ? 0 : this.#roundMs + workMs - clock.nowMs;
    this.#isScheduled = true;
    clock.schedule(delayMs, { component, action: 'reconcile', subject: next.value }, () => this.#run());
  }

  #run(): void {
    this.#isScheduled = false;
    const next = this.#waiting.entries().next();
    if (next.done) return;
    const [key, causeId] = next.value;
    this.#waiting.delete(key);
    if (this.#options.clock.nowMs >= this.#roundMs + workMs) {
      this.#roundMs = this.#options.clock.nowMs;
      this.#busy = 0;
    }
    this.#busy++;
    try {
      this.#options.trace.during(causeId, () => this.#reconcile(key));
    } finally {
      this.#schedule();
    }
  }

  #reconcile(key: ObjectKey): void {
    const failuresBefore = this.#failures.get(key);
    try {
      this.#options.reconcile(key);
    } catch (error) {
      // A refusal may pass (a conflict, a quota); anything else is a bug of the simulator and must be seen.
      if (!(error instanceof ApiError)) throw error;
      this.addRateLimited(key);
      return;
    }
    if (this.#failures.get(key) === failuresBefore) this.#failures.delete(key);
  }
}
