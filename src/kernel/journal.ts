/**
 * What came in from outside during a session. With the seed it is the session: replaying it gives the same cluster,
 * byte for byte, so reload, sharing, bug reports and going back in time are all the same thing.
 */
export interface JournalEntry<Input> {
  /** Virtual time in milliseconds since 1970. */
  readonly atMs: number;
  /** How many events had run on the clock: the exact place among events of the same time. */
  readonly executed: number;
  readonly input: Input;
}

/** A whole session, as it is saved and shared. JSON. */
export interface Session<Options, Input> {
  readonly format: 'drydock.session/1';
  readonly options: Options;
  readonly entries: readonly JournalEntry<Input>[];
  /** Where the session stood when it was saved. */
  readonly end: { readonly atMs: number; readonly executed: number };
}

/** Collects the inputs of a session in order. */
export class Journal<Input> {
  readonly #entries: JournalEntry<Input>[] = [];
  #listener: ((entry: JournalEntry<Input>) => void) | undefined;

  get entries(): readonly JournalEntry<Input>[] {
    return this.#entries;
  }

  /** Calls back for every new entry (to save it). */
  onAppend(listener: (entry: JournalEntry<Input>) => void): void {
    this.#listener = listener;
  }

  append(entry: JournalEntry<Input>): void {
    this.#entries.push(entry);
    this.#listener?.(entry);
  }
}
