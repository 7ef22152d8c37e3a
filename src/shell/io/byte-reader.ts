import { concatBytes, decodeUtf8, type ByteSource, type Routine } from '../../kernel/index.ts';

/** Reads lines and counted bytes from a stream, and keeps what came too much for the next read. */
export class ByteReader {
  readonly #source: ByteSource;
  #rest: Uint8Array = new Uint8Array(0);
  #isEnded = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** The next line without its newline; undefined at the end. A last line without a newline counts as one. */
  *line(): Routine<string | undefined> {
    const bytes = yield* this.lineBytes();
    return bytes && decodeUtf8(bytes.at(-1) === 10 ? bytes.subarray(0, -1) : bytes);
  }

  /** The next line with its newline, if it has one. */
  *lineBytes(): Routine<Uint8Array | undefined> {
    const chunks: Uint8Array[] = [];
    for (;;) {
      const end = this.#rest.indexOf(10);
      if (end >= 0) {
        chunks.push(this.#rest.subarray(0, end + 1));
        this.#rest = this.#rest.subarray(end + 1);
        return concatBytes(chunks);
      }
      if (this.#rest.length > 0) chunks.push(this.#rest);
      if (!(yield* this.#fill())) return chunks.length > 0 ? concatBytes(chunks) : undefined;
    }
  }

  /** Exactly `count` bytes, or undefined when the stream ends before. */
  *exactly(count: number): Routine<Uint8Array | undefined> {
    const chunks: Uint8Array[] = [];
    let missing = count;
    while (missing > 0) {
      if (this.#rest.length === 0 && !(yield* this.#fill())) return undefined;
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      missing -= part.length;
      chunks.push(part);
    }
    return concatBytes(chunks);
  }

  /** Some bytes, as soon as there are any; undefined at the end. */
  *some(): Routine<Uint8Array | undefined> {
    if (this.#rest.length === 0 && !(yield* this.#fill())) return undefined;
    const part = this.#rest;
    this.#rest = new Uint8Array(0);
    return part;
  }

  /** Up to `count` bytes of what has arrived already, without waiting. */
  *available(count: number): Routine<Uint8Array> {
    const part = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(part.length);
    return part;
  }

  /** Everything up to the end. */
  *all(): Routine<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for (let part = yield* this.some(); part; part = yield* this.some()) chunks.push(part);
    return concatBytes(chunks);
  }

  *#fill(): Routine<boolean> {
    if (this.#isEnded) {
      this.#rest = new Uint8Array(0);
      return false;
    }
    const bytes = yield* this.#source.read();
    this.#isEnded = bytes === undefined;
    this.#rest = bytes ?? new Uint8Array(0);
    return bytes !== undefined;
  }
}
