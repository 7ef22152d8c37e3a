/**
 * Probes one container in one way, again and again.
 * Upstream: pkg/kubelet/prober/worker.go
 */
import type { Cancel } from '../../../kernel/index.ts';
import type { Container as ContainerSpec, Probe } from '../../../api/generated/types.ts';
import type { Container } from '../runtime/container.ts';
import { Task } from '../task.ts';
import { runProbe, type ProbeResult, type ProbeTarget } from './run-probe.ts';

export type ProbeType = 'startup' | 'liveness' | 'readiness';

export interface ProbeWorkerParts {
  readonly type: ProbeType;
  readonly probe: Probe;
  readonly spec: ContainerSpec;
  /** When the pod's probes began: the beat that all attempts keep. */
  readonly baseMs: number;
  readonly target: (container: Container) => ProbeTarget;
  readonly onAttempt: (container: Container, result: ProbeResult) => void;
  /** The result has changed for good: as often in a row as the thresholds want. */
  readonly onChange: () => void;
}

export class ProbeWorker {
  readonly #parts: ProbeWorkerParts;
  #container: Container | undefined;
  #result: boolean;
  #hasResult = false;
  #last: ProbeResult['outcome'] | undefined;
  #run = 0;
  #isOnHold = false;
  #timer: Cancel | undefined;
  #task: Pick<Task, 'cancel'> | undefined;

  constructor(parts: ProbeWorkerParts) {
    this.#parts = parts;
    this.#result = parts.type === 'liveness';
  }

  /** Whether the container is alive, ready, started: what counts at the moment. */
  holdsFor(container: { readonly id: string }): boolean {
    return this.#container?.id === container.id ? this.#result : this.#parts.type === 'liveness';
  }

  /** Whether a probe has given up on this container. */
  hasFailed(container: { readonly id: string }): boolean {
    return this.#container?.id === container.id && this.#hasResult && !this.#result;
  }

  /** A (new) container runs: begins to probe it. */
  begin(container: Container): void {
    if (this.#container === container) return;
    this.stop();
    this.#container = container;
    this.#result = this.#parts.type === 'liveness';
    this.#hasResult = false;
    this.#last = undefined;
    this.#run = 0;
    this.#isOnHold = false;
    this.#arm(this.#nextBeatMs());
  }

  /** Does not wait for the next beat: a container that has just started may be ready at once. */
  hurry(): void {
    const { clock } = this.#target();
    if (this.#task || this.#isOnHold || clock.nowMs < this.#earliestMs()) return;
    this.#timer?.();
    this.#timer = undefined;
    this.#attempt();
  }

  stop(): void {
    this.#timer?.();
    this.#task?.cancel();
    this.#timer = undefined;
    this.#task = undefined;
  }

  get isBusy(): boolean {
    return this.#timer !== undefined || this.#task !== undefined;
  }

  #target(): ProbeTarget {
    return this.#parts.target(this.#container!);
  }

  #earliestMs(): number {
    return this.#container!.startedMs + (this.#parts.probe.initialDelaySeconds ?? 0) * 1000;
  }

  /** The next multiple of the period since the beginning that the initial delay allows. */
  #nextBeatMs(): number {
    const { probe, baseMs } = this.#parts;
    const periodMs = (probe.periodSeconds ?? 10) * 1000;
    const { clock } = this.#target();
    const fromMs = Math.max(clock.nowMs, this.#earliestMs());
    return baseMs + (Math.floor((fromMs - baseMs) / periodMs) + 1) * periodMs;
  }

  #arm(dueMs: number): void {
    const { clock, label } = this.#target();
    this.#timer = clock.schedule(Math.max(0, dueMs - clock.nowMs), label, () => {
      this.#timer = undefined;
      this.#attempt();
    });
  }

  #attempt(): void {
    const container = this.#container!;
    if (container.state !== 'running') return;
    const { probe } = this.#parts;
    const target = this.#target();
    const task = new Task(target.clock, target.label, runProbe(probe, target), (result) => {
      this.#task = undefined;
      if (container === this.#container && container.state === 'running') this.#take(result);
    });
    if (!task.isOver) this.#task = task;
  }

  #take(result: ProbeResult): void {
    const { probe, type, onAttempt, onChange } = this.#parts;
    onAttempt(this.#container!, result);
    if (result.outcome !== 'unknown') {
      this.#run = result.outcome === this.#last ? this.#run + 1 : 1;
      this.#last = result.outcome;
      const isSuccess = result.outcome === 'success';
      const threshold = isSuccess ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
      if (this.#run >= threshold) {
        const isNew = !this.#hasResult || this.#result !== isSuccess;
        this.#result = isSuccess;
        this.#hasResult = true;
        // The container is about to be killed, or has started: either way this probe is done with it.
        if (type === 'startup' ? true : type === 'liveness' && !isSuccess) this.#isOnHold = true;
        if (isNew) onChange();
      }
    }
    if (!this.#isOnHold && this.#container && !this.isBusy) this.#arm(this.#nextBeatMs());
  }
}
