import { waitFor, type Cancel, type Label, type Routine, type VirtualClock } from '../../kernel/index.ts';

/**
 * Runs one of the kubelet's own routines: what upstream gives a goroutine of its own. It has no process and no PID,
 * and resumes at once instead of waiting for a turn.
 */
export class Task<T = void> {
  readonly #clock: VirtualClock;
  readonly #label: Label;
  readonly #routine: Routine<T>;
  readonly #ended: (value: T) => void;
  #stopWaiting: Cancel | undefined;
  #isOver = false;

  /** @param ended gets what the routine returns; not called when the task is cancelled */
  constructor(clock: VirtualClock, label: Label, routine: Routine<T>, ended: (value: T) => void = () => {}) {
    this.#clock = clock;
    this.#label = label;
    this.#routine = routine;
    this.#ended = ended;
    this.#resume(undefined);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Gives up: runs the routine's `finally` blocks and never resumes it. */
  cancel(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopWaiting?.();
    this.#routine.return(undefined as T);
  }

  #resume(value: unknown): void {
    this.#stopWaiting = undefined;
    for (let next = value; ;) {
      const step = this.#routine.next(next);
      if (this.#isOver) return;
      if (step.done) {
        this.#isOver = true;
        this.#ended(step.value);
        return;
      }
      if (step.value.kind === 'tick') {
        this.#stopWaiting = this.#clock.schedule(step.value.cpuMs, this.#label, () => this.#resume(undefined));
        return;
      }
      const answer = this.#wait(step.value.start);
      if (!answer) return;
      next = answer.value;
    }
  }

  /** What the wait gave at once, if it did. */
  #wait(start: (resume: (value: unknown) => void) => Cancel): { readonly value: unknown } | undefined {
    let answer: { readonly value: unknown } | undefined;
    let isStarting = true;
    const cancel = start((value) => {
      if (answer || this.#isOver) return;
      answer = { value };
      if (!isStarting) this.#resume(value);
    });
    isStarting = false;
    if (!answer) this.#stopWaiting = cancel;
    return answer;
  }
}

/** Waits for `ms` of virtual time. */
export function* pause(clock: VirtualClock, ms: number, label: Label): Routine<void> {
  yield* waitFor<void>((resume) => clock.schedule(ms, label, () => resume()));
}

/** Runs `routine` for `ms` at most; `'timeout'` when it has not come to its end by then. */
export function* withTimeout<T>(
  clock: VirtualClock,
  ms: number,
  label: Label,
  routine: Routine<T>,
): Routine<T | 'timeout'> {
  return yield* waitFor<T | 'timeout'>((resume) => {
    let stop: Cancel | undefined;
    const task = new Task(clock, label, routine, (value) => {
      resume(value);
      stop?.();
    });
    stop = clock.schedule(ms, label, () => {
      task.cancel();
      resume('timeout');
    });
    if (task.isOver) stop();
    return () => {
      stop();
      task.cancel();
    };
  });
}
