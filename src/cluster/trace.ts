import type { TraceMessage } from '../api/index.ts';

const kept = 20_000;

/** Keeps the latest messages and tells whoever listens. Remembers which message is being handled, as the cause of the next. */
export class Trace {
  readonly #messages: TraceMessage[] = [];
  readonly #listeners = new Set<(message: TraceMessage) => void>();
  #nextId = 1;
  #currentId: number | undefined;

  /** The message that is being handled now. */
  get currentId(): number | undefined {
    return this.#currentId;
  }

  /** Records a message that is sent now; gives its id, to be the cause of what it brings about. */
  record(message: Omit<TraceMessage, 'id' | 'causeId'> & { readonly causeId?: number }): number {
    const id = this.#nextId++;
    const recorded: TraceMessage = { ...message, id, causeId: message.causeId ?? this.#currentId };
    this.#messages.push(recorded);
    if (this.#messages.length > 2 * kept) this.#messages.splice(0, this.#messages.length - kept);
    for (const listener of this.#listeners) listener(recorded);
    return id;
  }

  /** Runs `handle` as the consequence of message `id`. */
  during<T>(id: number | undefined, handle: () => T): T {
    const before = this.#currentId;
    this.#currentId = id;
    try {
      return handle();
    } finally {
      this.#currentId = before;
    }
  }

  /** The messages with an id above `afterId` that are still kept. */
  since(afterId: number): readonly TraceMessage[] {
    return this.#messages.filter((message) => message.id > afterId);
  }

  subscribe(listener: (message: TraceMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
