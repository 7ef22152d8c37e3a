import type { Routine } from './routine.ts';

/** Where a process reads from: a pipe, a file, a terminal, a connection. */
export interface ByteSource {
  /** The next bytes, as many as are there (at least one); undefined at the end. Blocks until there are some. */
  read(): Routine<Uint8Array | undefined>;
  /** The reader goes away; who writes on gets a broken pipe. */
  close(): void;
  /** Columns and rows, when it is a terminal. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
}

/** Where a process writes to. */
export interface ByteSink {
  /** Blocks while the other end is full. Throws BrokenPipe when nobody reads any more. */
  write(bytes: Uint8Array): Routine<void>;
  /** The end of the stream, for the reader. */
  close(): void;
  /** Columns and rows, when it is a terminal. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
}

/** Thrown by a write that nobody will ever read (EPIPE). */
export class BrokenPipe extends Error {
  override readonly name = 'BrokenPipe';
  constructor() {
    super('Broken pipe');
  }
}

/** A sink that hands every chunk to a plain function: how the kubelet keeps logs and the terminal shows output. */
export function sinkTo(take: (bytes: Uint8Array) => void, end: () => void = () => {}): ByteSink {
  return { write: (bytes) => handOver(take, bytes), close: end };
}

/** Stands alone: a generator that is made anew for each sink brings a prototype and a hidden class of its own. */
function* handOver(take: (bytes: Uint8Array) => void, bytes: Uint8Array): Routine<void> {
  take(bytes);
}

/** A source that holds `chunks` and then ends. */
export function sourceOf(...chunks: readonly Uint8Array[]): ByteSource {
  const rest = chunks.filter((chunk) => chunk.length > 0);
  return {
    *read() {
      return rest.shift();
    },
    close() {
      rest.length = 0;
    },
  };
}
