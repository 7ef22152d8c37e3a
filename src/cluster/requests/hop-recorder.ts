import type { TraceMessage } from '../../api/index.ts';
import type { Routine } from '../../kernel/index.ts';
import type { Trace } from '../trace.ts';

/** Picks out of the trace what one routine causes, as a chain: each hop is caused by the one before. */
export class HopRecorder {
  readonly #trace: Trace;
  readonly #take: (hop: TraceMessage) => void;
  #last: TraceMessage | undefined;

  constructor(trace: Trace, take: (hop: TraceMessage) => void) {
    this.#trace = trace;
    this.#take = take;
  }

  get last(): TraceMessage | undefined {
    return this.#last;
  }

  /** Runs a routine. A routine has its turn alone: what is recorded meanwhile is its own. */
  *follow<T>(routine: Routine<T>): Routine<T> {
    let answer: unknown;
    try {
      for (;;) {
        const step = this.#listen(() => routine.next(answer));
        if (step.done) return step.value;
        answer = yield step.value;
      }
    } finally {
      // A process that is killed while it waits lets its routine clean up, too.
      routine.return(undefined as T);
    }
  }

  /** Adds a hop that nobody else records. */
  record(hop: Omit<TraceMessage, 'id' | 'causeId'>): void {
    this.#listen(() => this.#trace.record(hop));
  }

  #listen<T>(run: () => T): T {
    const stop = this.#trace.subscribe((message) => {
      this.#last = message;
      this.#take(message);
    });
    try {
      return this.#trace.during(this.#last?.id, run);
    } finally {
      stop();
    }
  }
}
