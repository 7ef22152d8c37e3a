import type { Invocation } from './invocation.ts';

/** A moment after which nobody waits any more. Counts virtual time. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer = new AbortController();
  #isExpired = false;

  /** @param durationMs how long from now; endless when undefined */
  constructor(invocation: Invocation, durationMs: number | undefined) {
    const { signal, clock } = invocation.io;
    if (signal.aborted) this.#controller.abort(signal.reason);
    signal.addEventListener('abort', () => this.#controller.abort(signal.reason), { once: true });
    if (durationMs === undefined) return;
    clock.sleep(durationMs, this.#timer.signal).then(
      () => {
        this.#isExpired = true;
        this.#controller.abort(new Error('deadline exceeded'));
      },
      // Taken back.
      () => undefined,
    );
  }

  /** Aborted at the deadline, or by Ctrl-C. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isExpired(): boolean {
    return this.#isExpired;
  }

  /** Nobody waits any more: lets go of the clock. */
  end(): void {
    this.#timer.abort();
    this.#controller.abort();
  }
}
