import type { TraceMessage } from '../api/index.ts';
import { withFields } from '../api/with-fields.ts';

/** Enough for the causes of a Deployment of a thousand replicas. */
const kept = 50_000;

/**
 * The messages that travel between the parts of the cluster. Keeps the latest and tells whoever listens; remembers which
 * message is being handled, as the cause of the next. Recording never changes what happens.
 */
export class Trace {
  #messages: TraceMessage[] = [];
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
    const { sentMs, arrivesMs, kind, from, to, verb, subject, isRefused, detail } = message;
    const causeId = message.causeId ?? this.#currentId;
    const plain = { id, causeId, sentMs, arrivesMs, kind, from, to, verb, subject };
    const isPlain = !isRefused && detail === undefined;
    const recorded = (isPlain ? plain : withFields(plain, { isRefused, detail })) as TraceMessage;
    this.#messages.push(recorded);
    if (this.#messages.length >= 2 * kept) this.#messages = this.#messages.slice(-kept);
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
    const firstId = this.#messages[0]?.id ?? this.#nextId;
    return this.#messages.slice(Math.max(0, afterId + 1 - firstId));
  }

  /** The chain of causes that led to the latest write of `subject` (`pods/default/web-1`), the first cause first. */
  why(subject: string): readonly TraceMessage[] {
    const latest = this.#messages.findLast((message) => message.kind === 'write' && message.subject === subject);
    const chain: TraceMessage[] = [];
    for (let message = latest; message; message = this.#byId(message.causeId)) chain.unshift(message);
    return chain;
  }

  subscribe(listener: (message: TraceMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #byId(id: number | undefined): TraceMessage | undefined {
    const firstId = this.#messages[0]?.id ?? this.#nextId;
    return id === undefined ? undefined : this.#messages[id - firstId];
  }
}
