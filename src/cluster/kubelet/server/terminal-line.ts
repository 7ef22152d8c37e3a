/**
 * What the kernel of a node does between a keyboard far away and a program that runs on a terminal: echo, line
 * editing, Ctrl-C and Ctrl-D on the way in, carriage returns on the way out.
 * Upstream: Linux drivers/tty/n_tty.c, in its usual "cooked" mode
 * Differs: programs cannot switch it to raw mode.
 */
import { Pipe, type ByteSource } from '../../../kernel/index.ts';

const interrupt = 3;
const endOfFile = 4;
const backspace = 8;
const lineFeed = 10;
const carriageReturn = 13;
const killLine = 21;
const deleteKey = 127;

const eraseOne: readonly number[] = [backspace, 32, backspace];

export class TerminalLine {
  readonly #input = new Pipe();
  readonly #echo: (bytes: Uint8Array) => void;
  readonly #onInterrupt: () => void;
  #line: number[] = [];

  constructor(echo: (bytes: Uint8Array) => void, onInterrupt: () => void) {
    this.#echo = echo;
    this.#onInterrupt = onInterrupt;
  }

  /** What the program reads: whole lines. */
  get source(): ByteSource {
    return this.#input.source;
  }

  /** Keys, as they come. */
  type(bytes: Uint8Array): void {
    const echoed: number[] = [];
    for (const byte of bytes) this.#key(byte, echoed);
    if (echoed.length > 0) this.#echo(Uint8Array.from(echoed));
  }

  /** A finished line, for a program that reads from somewhere else. */
  takeLine(): Uint8Array | undefined {
    const taken = this.#input.take();
    return taken === 'empty' ? undefined : taken;
  }

  hangUp(): void {
    this.#input.end();
  }

  #key(byte: number, echoed: number[]): void {
    switch (byte) {
      case interrupt:
        this.#line = [];
        echoed.push(0x5e, 0x43);
        this.#onInterrupt();
        return;
      case endOfFile:
        if (this.#line.length === 0) this.#input.end();
        else this.#send();
        return;
      case backspace:
      case deleteKey:
        if (this.#eraseCharacter()) echoed.push(...eraseOne);
        return;
      case killLine:
        while (this.#eraseCharacter()) echoed.push(...eraseOne);
        return;
      case carriageReturn:
      case lineFeed:
        this.#line.push(lineFeed);
        echoed.push(carriageReturn, lineFeed);
        this.#send();
        return;
      default:
        this.#line.push(byte);
        echoed.push(byte);
    }
  }

  /** Takes back one character, which may be several bytes. */
  #eraseCharacter(): boolean {
    if (this.#line.length === 0) return false;
    while (this.#line.length > 0) {
      const byte = this.#line.pop()!;
      if ((byte & 0xc0) !== 0x80) break;
    }
    return true;
  }

  #send(): void {
    this.#input.push(Uint8Array.from(this.#line));
    this.#line = [];
  }
}

/** Output for a terminal: every line feed gets its carriage return (ONLCR). */
export function withCarriageReturns(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(lineFeed)) return bytes;
  const out: number[] = [];
  for (const byte of bytes) {
    if (byte === lineFeed) out.push(carriageReturn);
    out.push(byte);
  }
  return Uint8Array.from(out);
}
