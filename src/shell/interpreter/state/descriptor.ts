import { concatBytes, Pipe, type ByteSink, type ByteSource, type Routine } from '../../../kernel/index.ts';

/**
 * An open file description: what several file descriptors, also of different processes, may share. It closes when the
 * last of them lets go, which is how the reader of a pipe learns that all writers are gone.
 */
export class Descriptor implements ByteSource, ByteSink {
  readonly #source: ByteSource | undefined;
  readonly #sink: ByteSink | undefined;
  #holders = 0;
  #unread: Uint8Array | undefined;

  constructor({ source, sink }: { readonly source?: ByteSource | undefined; readonly sink?: ByteSink | undefined }) {
    this.#source = source;
    this.#sink = sink;
  }

  get isReadable(): boolean {
    return this.#source !== undefined;
  }

  get isWritable(): boolean {
    return this.#sink !== undefined;
  }

  get terminal(): { readonly columns: number; readonly rows: number } | undefined {
    return this.#sink?.terminal ?? this.#source?.terminal;
  }

  retain(): this {
    this.#holders++;
    return this;
  }

  release(): void {
    if (--this.#holders > 0) return;
    this.#source?.close();
    this.#sink?.close();
  }

  *read(): Routine<Uint8Array | undefined> {
    const unread = this.#unread;
    this.#unread = undefined;
    return unread ?? (yield* this.#source?.read() ?? nothing());
  }

  /** Puts back what a reader took and did not use. */
  unread(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#unread = this.#unread ? concatBytes([bytes, this.#unread]) : bytes;
  }

  *write(bytes: Uint8Array): Routine<void> {
    if (bytes.length > 0) yield* this.#sink?.write(bytes) ?? nothing();
  }

  /** Programs do not close what they share; the table that holds the descriptor does. */
  close(): void {}
}

function* nothing(): Routine<undefined> {
  return undefined;
}

/** Both ends of a new pipe. */
export function makePipe(): { readonly readEnd: Descriptor; readonly writeEnd: Descriptor } {
  const pipe = new Pipe();
  return { readEnd: new Descriptor({ source: pipe.source }), writeEnd: new Descriptor({ sink: pipe.sink }) };
}

/** The file descriptors of one process. */
export class DescriptorTable {
  readonly #open = new Map<number, Descriptor>();

  get(number: number): Descriptor | undefined {
    return this.#open.get(number);
  }

  set(number: number, descriptor: Descriptor): void {
    descriptor.retain();
    this.#open.get(number)?.release();
    this.#open.set(number, descriptor);
  }

  close(number: number): void {
    this.#open.get(number)?.release();
    this.#open.delete(number);
  }

  /** The lowest free number from `from` on. */
  free(from: number): number {
    let number = from;
    while (this.#open.has(number)) number++;
    return number;
  }

  fork(): DescriptorTable {
    const copy = new DescriptorTable();
    for (const [number, descriptor] of this.#open) copy.set(number, descriptor);
    return copy;
  }

  closeAll(): void {
    for (const descriptor of this.#open.values()) descriptor.release();
    this.#open.clear();
  }
}
