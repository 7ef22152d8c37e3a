import type { Effect, Routine } from '../../kernel/index.ts';

/** Asks the driver to run another routine on a stack of its own and to hand back its value. */
export interface Call {
  readonly kind: 'call';
  readonly routine: Steps<unknown>;
}

/** What the interpreter's routines are: kernel routines that may also ask for calls, so that recursion in a script costs no host stack. */
export type Steps<T> = Generator<Effect | Call, T, unknown>;

/** Runs `routine` without deepening the host's stack: for function calls, which scripts nest as they like. */
export function* call<T>(routine: Steps<T>): Steps<T> {
  return (yield { kind: 'call', routine }) as T;
}

/** Breaks into a running routine from outside: Ctrl-C at a prompt, a trapped signal during `wait`. */
export class Interruption {
  #pending: Error | undefined;
  #wake: (() => void) | undefined;

  /** Throws `error` into the routine where it waits now, or where it waits next. */
  request(error: Error): void {
    this.#pending = error;
    this.#wake?.();
  }

  /** Forgets a request that came too late to interrupt anything. */
  clear(): void {
    this.#pending = undefined;
  }

  /** The pending error, once. */
  take(): Error | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    return pending;
  }

  /** The same effect, which an interruption ends early. */
  guard(effect: Effect): Effect {
    if (effect.kind === 'tick') return effect;
    return {
      kind: 'wait',
      start: (resume) => {
        if (this.#pending) {
          resume(undefined);
          return () => {};
        }
        const cancel = effect.start((value) => {
          this.#wake = undefined;
          resume(value);
        });
        this.#wake = () => {
          this.#wake = undefined;
          cancel();
          resume(undefined);
        };
        return () => {
          this.#wake = undefined;
          cancel();
        };
      },
    };
  }
}

/** Runs the interpreter's steps as a kernel routine. */
export function* drive<T>(first: Steps<T>, interruption?: Interruption): Routine<T> {
  const stack: Steps<unknown>[] = [first];
  let value: unknown;
  let error: unknown;
  let hasError = false;
  try {
    for (;;) {
      const top = stack.at(-1)!;
      let step: IteratorResult<Effect | Call, unknown>;
      try {
        step = hasError ? top.throw(error) : top.next(value);
        hasError = false;
      } catch (thrown) {
        stack.pop();
        if (stack.length === 0) throw thrown;
        error = thrown;
        hasError = true;
        continue;
      }
      if (step.done) {
        stack.pop();
        if (stack.length === 0) return step.value as T;
        value = step.value;
      } else if (step.value.kind === 'call') {
        stack.push(step.value.routine);
        value = undefined;
      } else {
        value = yield interruption ? interruption.guard(step.value) : step.value;
        error = interruption?.take();
        hasError = error !== undefined;
      }
    }
  } finally {
    // A kill unwinds every level, the innermost first.
    while (stack.length > 0) stack.pop()!.return(undefined);
  }
}
