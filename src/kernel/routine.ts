import type { Cancel } from './clock.ts';

/**
 * A routine is a generator that the kernel runs: the body of a process. It says `yield* waitFor(…)` where a real
 * program would block, and `yield* tick(…)` where it would burn CPU. It never sees who runs it: inside the cluster
 * that is the virtual clock, in the learner's terminal it is the page.
 */
export type Routine<T> = Generator<Effect, T, unknown>;

export type Effect = Wait | Tick;

/** Blocks the routine until `resume` is called. `start` may call it at once. */
export interface Wait {
  readonly kind: 'wait';
  /** Begins to wait; gives back how to stop waiting when a signal ends the process. */
  readonly start: (resume: (value: unknown) => void) => Cancel;
}

/** Uses CPU time and lets others have a turn. */
export interface Tick {
  readonly kind: 'tick';
  readonly cpuMs: number;
}

const nothingToCancel: Cancel = () => {};

/** Blocks until `resume(value)` is called and returns the value. `start` may return how to give up waiting. */
export function* waitFor<T>(start: (resume: (value: T) => void) => Cancel | void): Routine<T> {
  const value = yield {
    kind: 'wait',
    start: (resume) => start(resume as (value: T) => void) ?? nothingToCancel,
  };
  return value as T;
}

/** Uses `cpuMs` of CPU (0.05 ms where nothing is said: about what one step of a script costs). */
export function* tick(cpuMs = 0.05): Routine<void> {
  yield { kind: 'tick', cpuMs };
}
