import { waitFor, type Routine } from './routine.ts';
import { BrokenPipe, type ByteSink, type ByteSource } from './stream.ts';

/** As in Linux: 64 KiB fit before the writer has to wait. */
const capacityBytes = 65_536;

/**
 * Bytes from a writer to a reader, with back-pressure. Routines use `source` and `sink`; plain code (a connection's
 * far end) pushes and listens without blocking.
 */
export class Pipe {
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;
  #isEnded = false;
  #isAbandoned = false;
  #wakeReader: (() => void) | undefined;
  readonly #writers: (() => void)[] = [];

  readonly source: ByteSource = {
    read: () => this.#read(),
    close: () => this.abandon(),
  };

  readonly sink: ByteSink = {
    write: (bytes) => this.#write(bytes),
    close: () => this.end(),
  };

  /** Bytes that wait for the reader. */
  get size(): number {
    return this.#bytes;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** The reader is gone. */
  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }

  /** Adds bytes without ever waiting; for plain code. Bytes for a reader that is gone are dropped. */
  push(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.#isAbandoned || this.#isEnded) return;
    this.#chunks.push(bytes);
    this.#bytes += bytes.length;
    this.#wake();
  }

  /** Says that no more bytes come. */
  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  /** Says that nobody will read any more. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#chunks.length = 0;
    this.#bytes = 0;
    this.#wake();
    this.#releaseWriters();
  }

  /** Takes what is there without waiting: bytes, `'empty'`, or undefined at the end. */
  take(): Uint8Array | 'empty' | undefined {
    const chunk = this.#chunks.shift();
    if (!chunk) return this.#isEnded || this.#isAbandoned ? undefined : 'empty';
    this.#bytes -= chunk.length;
    this.#releaseWriters();
    return chunk;
  }

  /** Puts bytes back in front: a reader took more than it needed. */
  unread(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.unshift(bytes);
    this.#bytes += bytes.length;
  }

  /** Calls back once, when there is something to take or the end has come. One waiter at a time. */
  whenReadable(callback: () => void): () => void {
    if (this.#chunks.length > 0 || this.#isEnded || this.#isAbandoned) {
      callback();
      return () => {};
    }
    this.#wakeReader = callback;
    return () => {
      if (this.#wakeReader === callback) this.#wakeReader = undefined;
    };
  }

  *#read(): Routine<Uint8Array | undefined> {
    for (;;) {
      const taken = this.take();
      if (taken !== 'empty') return taken;
      yield* waitFor<void>((resume) => this.whenReadable(() => resume()));
    }
  }

  *#write(bytes: Uint8Array): Routine<void> {
    while (this.#bytes >= capacityBytes && !this.#isAbandoned) {
      yield* waitFor<void>((resume) => {
        const wake = () => resume();
        this.#writers.push(wake);
        return () => {
          const index = this.#writers.indexOf(wake);
          if (index >= 0) this.#writers.splice(index, 1);
        };
      });
    }
    if (this.#isAbandoned || this.#isEnded) throw new BrokenPipe();
    this.push(bytes);
  }

  #wake(): void {
    const wake = this.#wakeReader;
    this.#wakeReader = undefined;
    wake?.();
  }

  #releaseWriters(): void {
    if (this.#bytes < capacityBytes) for (const wake of this.#writers.splice(0)) wake();
  }
}
