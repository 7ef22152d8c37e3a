import { waitFor, type Routine } from '../../kernel/index.ts';

/** Leads from code that runs with promises to a routine: messages arrive in the order in which they were put in. */
export class Mailbox<T> {
  readonly #messages: T[] = [];
  #wake: (() => void) | undefined;

  put(message: T): void {
    this.#messages.push(message);
    this.#wake?.();
  }

  *take(): Routine<T> {
    while (this.#messages.length === 0) {
      yield* waitFor<void>((resume) => {
        this.#wake = () => resume();
        return () => (this.#wake = undefined);
      });
    }
    return this.#messages.shift()!;
  }
}
