import type { VirtualClock } from '../../kernel/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import type { ClusterEvent } from './cluster-event.ts';
import type { Plugin } from './framework.ts';
import { KeyedHeap } from './heap.ts';
import type { PodInfo } from './pod-info.ts';

const initialBackoffMs = 1_000;
const maxBackoffMs = 10_000;
/** After this long a pod gets another try although nothing seems to have changed. */
const unschedulableTimeoutMs = 5 * 60_000;

/** A pod that waits for a node. */
export interface QueuedPod {
  readonly key: ObjectKey;
  pod: PodInfo;
  /** How often no node was found. */
  attempts: number;
  /** When it was queued, or last failed. */
  sinceMs: number;
  order: number;
  /** The plugins that refused it the last time: only what may change their mind brings it back. */
  refusedBy: ReadonlySet<string>;
  /** The trace message that brought it here. */
  causeId: number | undefined;
}

/**
 * The pods that wait: those ready for a try by priority, those that back off after an error, and those that wait for
 * something to change.
 * Upstream: pkg/scheduler/backend/queue/scheduling_queue.go
 */
export class SchedulingQueue {
  readonly #clock: VirtualClock;
  readonly #plugins: ReadonlyMap<string, Plugin>;
  readonly #active = new KeyedHeap<QueuedPod>(comesFirst);
  /** Wait out their back-off, unless the scheduler has nothing else to do. */
  readonly #backoff = new KeyedHeap<QueuedPod>(
    (a, b) => readyMs(a) < readyMs(b) || (readyMs(a) === readyMs(b) && a.order < b.order),
  );
  /** After an error, which trying again at once would only repeat. */
  readonly #errors = new KeyedHeap<QueuedPod>(
    (a, b) => readyMs(a) < readyMs(b) || (readyMs(a) === readyMs(b) && a.order < b.order),
  );
  readonly #waiting = new Map<ObjectKey, QueuedPod>();
  #order = 0;

  constructor(clock: VirtualClock, plugins: readonly Plugin[]) {
    this.#clock = clock;
    this.#plugins = new Map(plugins.map((plugin) => [plugin.name, plugin]));
  }

  /** How many pods wait, for whatever. */
  get length(): number {
    return this.#active.size + this.#backoff.size + this.#errors.size + this.#waiting.size;
  }

  has(key: ObjectKey): boolean {
    return this.get(key) !== undefined;
  }

  get(key: ObjectKey): QueuedPod | undefined {
    return this.#active.get(key) ?? this.#backoff.get(key) ?? this.#errors.get(key) ?? this.#waiting.get(key);
  }

  add(pod: PodInfo, causeId: number | undefined): void {
    const queued: QueuedPod = {
      key: pod.key,
      pod,
      attempts: 0,
      sinceMs: this.#clock.nowMs,
      order: this.#order++,
      refusedBy: new Set(),
      causeId,
    };
    if (isGated(pod)) this.#waiting.set(pod.key, { ...queued, refusedBy: new Set(['SchedulingGates']) });
    else this.#active.push(queued);
  }

  /** A changed pod that waits already. @returns whether it may be tried now */
  update(event: ClusterEvent & { readonly type: 'pod-itself' }, pod: PodInfo, causeId: number | undefined): void {
    const queued = this.get(pod.key);
    if (!queued) return;
    queued.pod = pod;
    if (!this.#waiting.has(pod.key) || isGated(pod) || !this.#isWorthATry(queued, event)) return;
    this.#release(queued, causeId);
  }

  remove(key: ObjectKey): void {
    this.#active.remove(key);
    this.#backoff.remove(key);
    this.#errors.remove(key);
    this.#waiting.delete(key);
  }

  /** The next to be tried, without taking it. */
  peek(): QueuedPod | undefined {
    this.#wakeDue();
    return this.#active.peek() ?? this.#backoff.peek();
  }

  pop(): QueuedPod | undefined {
    this.#wakeDue();
    return this.#active.pop() ?? this.#backoff.pop();
  }

  /** When to look again, if nothing happens before. */
  get nextWakeMs(): number | undefined {
    let next = this.#errors.size > 0 ? readyMs(this.#errors.peek()!) : Infinity;
    for (const { sinceMs } of this.#waiting.values()) {
      next = Math.min(next, sinceMs + unschedulableTimeoutMs);
      // Kept in the order of their failure: the first is the oldest.
      break;
    }
    return next === Infinity ? undefined : next;
  }

  /** No node would take it: waits for news that may change the mind of the plugins that refused. */
  putBack(queued: QueuedPod, refusedBy: ReadonlySet<string>): void {
    queued.attempts++;
    queued.sinceMs = this.#clock.nowMs;
    queued.refusedBy = refusedBy;
    this.#waiting.set(queued.key, queued);
  }

  /** Something went wrong: tries again after its back-off. */
  putBackAfterError(queued: QueuedPod): void {
    queued.attempts++;
    queued.sinceMs = this.#clock.nowMs;
    queued.refusedBy = new Set();
    this.#errors.push(queued);
  }

  /** Brings back the pods that the event may help. */
  notice(event: ClusterEvent, causeId: number | undefined): void {
    if (this.#waiting.size === 0) return;
    for (const queued of this.#waiting.values()) {
      if (this.#isWorthATry(queued, event)) this.#release(queued, causeId);
    }
  }

  #isWorthATry({ refusedBy, pod }: QueuedPod, event: ClusterEvent): boolean {
    for (const name of refusedBy) if (this.#plugins.get(name)?.mayHelp?.(event, pod)) return true;
    return false;
  }

  #release(queued: QueuedPod, causeId: number | undefined): void {
    this.#waiting.delete(queued.key);
    queued.causeId = causeId ?? queued.causeId;
    if (readyMs(queued) > this.#clock.nowMs) this.#backoff.push(queued);
    else this.#active.push(queued);
  }

  #wakeDue(): void {
    const { nowMs } = this.#clock;
    for (const heap of [this.#backoff, this.#errors]) {
      while (heap.size > 0 && readyMs(heap.peek()!) <= nowMs) this.#active.push(heap.pop()!);
    }
    for (const queued of this.#waiting.values()) {
      if (queued.sinceMs + unschedulableTimeoutMs > nowMs) break;
      if (isGated(queued.pod)) {
        // To the end, so that the oldest stays first.
        this.#waiting.delete(queued.key);
        queued.sinceMs = nowMs;
        this.#waiting.set(queued.key, queued);
      } else this.#release(queued, undefined);
    }
  }
}

export function isGated({ pod }: PodInfo): boolean {
  return (pod.spec.schedulingGates?.length ?? 0) > 0;
}

/** 1 s after the first failure, doubling to 10 s. */
export function backoffMs(attempts: number): number {
  return attempts === 0 ? 0 : Math.min(maxBackoffMs, initialBackoffMs * 2 ** (attempts - 1));
}

function readyMs({ sinceMs, attempts }: QueuedPod): number {
  return sinceMs + backoffMs(attempts);
}

/** Upstream: plugins/queuesort PrioritySort */
function comesFirst(a: QueuedPod, b: QueuedPod): boolean {
  if (a.pod.priority !== b.pod.priority) return a.pod.priority > b.pod.priority;
  return a.sinceMs < b.sinceMs || (a.sinceMs === b.sinceMs && a.order < b.order);
}
