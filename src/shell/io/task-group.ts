import { waitFor, type Cancel, type Effect, type Routine } from '../../kernel/index.ts';

interface Task {
  readonly routine: Routine<void>;
  /** What it goes on with; undefined while it waits. */
  next: { readonly value: unknown } | undefined;
  cancel: Cancel | undefined;
}

/**
 * Several routines taking turns within one process: how a server with an event loop serves many connections at once.
 * It ends when all of them have ended.
 */
export class TaskGroup {
  readonly #tasks = new Set<Task>();
  #wake: (() => void) | undefined;

  /** Adds a routine; it begins with the group's next turn. Gives back how to end it. */
  add(routine: Routine<void>): { stop(): void } {
    const task: Task = { routine, next: { value: undefined }, cancel: undefined };
    this.#tasks.add(task);
    this.#wake?.();
    return { stop: () => this.#end(task) };
  }

  get size(): number {
    return this.#tasks.size;
  }

  /** Ends all that is still running. */
  stop(): void {
    for (const task of this.#tasks) this.#end(task);
  }

  #end(task: Task): void {
    if (!this.#tasks.delete(task)) return;
    task.cancel?.();
    task.routine.return();
    this.#wake?.();
  }

  *run(): Routine<void> {
    try {
      while (this.#tasks.size > 0) {
        yield* this.#stepReady();
        if (this.#tasks.size === 0) break;
        yield* waitFor<void>((resume) => {
          if ([...this.#tasks].some((task) => task.next)) resume();
          else this.#wake = () => resume();
          return () => (this.#wake = undefined);
        });
        this.#wake = undefined;
      }
    } finally {
      this.stop();
    }
  }

  *#stepReady(): Routine<void> {
    for (const task of this.#tasks) {
      if (!task.next) continue;
      const { value } = task.next;
      task.next = undefined;
      const step = task.routine.next(value);
      if (step.done) this.#tasks.delete(task);
      else yield* this.#begin(task, step.value);
    }
  }

  *#begin(task: Task, effect: Effect): Routine<void> {
    if (effect.kind === 'tick') {
      yield effect;
      task.next = { value: undefined };
      return;
    }
    task.cancel = effect.start((value) => {
      task.cancel = undefined;
      task.next = { value };
      this.#wake?.();
    });
  }
}
