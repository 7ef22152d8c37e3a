import { Pipe, type ByteSource } from '../../../kernel/index.ts';

/** Standard input that somebody outside may write to. Closed from the start when nobody asked for it (/dev/null). */
export class InputStream {
  #pipe: Pipe | undefined;

  constructor(isOpen: boolean) {
    if (isOpen) this.#pipe = new Pipe();
  }

  readonly source: ByteSource = {
    read: () => (this.#pipe ? this.#pipe.source.read() : endOfInput()),
    close: () => this.#pipe?.abandon(),
  };

  get isOpen(): boolean {
    return this.#pipe !== undefined && !this.#pipe.isEnded;
  }

  write(bytes: Uint8Array): void {
    this.#pipe?.push(bytes);
  }

  end(): void {
    this.#pipe?.end();
  }
}

function* endOfInput() {
  return undefined;
}
