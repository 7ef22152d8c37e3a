/**
 * Finds out that containers have started or died: once a second the runtime is asked what has changed.
 * Upstream: pkg/kubelet/pleg/generic.go
 * Differs: asks only when something has changed, at the moments at which upstream would have noticed it.
 */
import type { Cancel, Label, VirtualClock } from '../../kernel/index.ts';

const periodMs = 1000;

export interface Relisted {
  /** The runtime's view of the pod is fresh. */
  relisted(): void;
}

export class Pleg {
  readonly #clock: VirtualClock;
  readonly #label: Label;
  readonly #phaseMs: number;
  readonly #dirty = new Set<Relisted>();
  #cancel: Cancel | undefined;

  constructor(clock: VirtualClock, component: string, phaseMs: number) {
    this.#clock = clock;
    this.#label = { component, action: 'relist containers' };
    this.#phaseMs = phaseMs % periodMs;
  }

  /** When the relist before now was. */
  get lastMs(): number {
    return Math.floor((this.#clock.nowMs - this.#phaseMs) / periodMs) * periodMs + this.#phaseMs;
  }

  /** Something changed in this pod: it hears of it with the next relist. */
  mark(pod: Relisted): void {
    this.#dirty.add(pod);
    if (this.#cancel) return;
    const dueMs = this.lastMs + periodMs;
    this.#cancel = this.#clock.schedule(Math.max(0, dueMs - this.#clock.nowMs), this.#label, () => this.#relist());
  }

  forget(pod: Relisted): void {
    this.#dirty.delete(pod);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#dirty.clear();
  }

  #relist(): void {
    this.#cancel = undefined;
    const changed = [...this.#dirty];
    this.#dirty.clear();
    for (const pod of changed) pod.relisted();
  }
}
