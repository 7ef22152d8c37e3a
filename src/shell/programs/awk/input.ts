import { type ByteSource, type Routine, Utf8Decoder } from '../../../kernel/index.ts';
import { compileRegex } from '../posix-regex.ts';

/** Reads records as RS says: lines, paragraphs, or what another separator cuts. */
export class RecordReader {
  readonly #source: ByteSource;
  readonly #decoder = new Utf8Decoder();
  #text = '';
  #isEnded = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  *next(separator: string): Routine<string | undefined> {
    for (;;) {
      if (separator === '') this.#text = this.#text.replace(/^\n+/, '');
      const end = this.#findEnd(separator);
      if (end) {
        const record = this.#text.slice(0, end.at);
        this.#text = this.#text.slice(end.at + end.length);
        return record;
      }
      if (this.#isEnded) {
        if (this.#text === '') return undefined;
        const rest =
          separator === '' || separator === '\n' ? this.#text.replace(/\n+$/, '') : this.#text.replace(/\n$/, '');
        this.#text = '';
        return rest;
      }
      yield* this.#fill();
    }
  }

  close(): void {
    this.#source.close();
  }

  #findEnd(separator: string): { at: number; length: number } | undefined {
    if (separator.length === 1) {
      const at = this.#text.indexOf(separator);
      return at < 0 ? undefined : { at, length: 1 };
    }
    const match = (separator === '' ? /\n\n+/ : compileRegex(separator, 'extended')).exec(this.#text);
    // A match that reaches the end of what is there may yet grow.
    if (!match || (match.index + match[0].length === this.#text.length && !this.#isEnded)) return undefined;
    return { at: match.index, length: match[0].length };
  }

  *#fill(): Routine<void> {
    const bytes = yield* this.#source.read();
    this.#text += bytes ? this.#decoder.push(bytes) : this.#decoder.end();
    this.#isEnded = bytes === undefined;
  }
}
