import { encodeUtf8, Utf8Decoder, waitFor, type ByteSink, type ByteSource } from '../../kernel/index.ts';
import { textWidth } from './character-width.ts';
import type { Screen } from './screen.ts';

/**
 * The terminal device between the screen and the programs. In its usual mode it collects lines, shows what is typed and
 * turns Ctrl-C into an interrupt; in raw mode every key goes to the program that reads.
 * Upstream: Linux drivers/tty/n_tty.c
 */
export class Tty {
  readonly #screen: Screen;
  readonly #arrived: (Uint8Array | 'end')[] = [];
  readonly #readers = new Set<() => void>();
  readonly #resizeListeners = new Set<() => void>();
  #line = '';
  #isRaw = false;
  readonly #decoder = new Utf8Decoder();
  /** The cursor is at the left edge, as far as output tells. */
  #isAtLineStart = true;
  onInterrupt: () => void = () => {};

  readonly source: ByteSource;
  readonly sink: ByteSink;

  constructor(screen: Screen) {
    this.#screen = screen;
    const read = () => this.#read();
    const take = (bytes: Uint8Array) => this.print(this.#decoder.push(bytes));
    this.source = { read, close: () => {}, terminal: this };
    this.sink = {
      *write(bytes) {
        take(bytes);
      },
      close: () => {},
      terminal: this,
    };
  }

  get columns(): number {
    return this.#screen.columns;
  }

  get rows(): number {
    return this.#screen.rows;
  }

  get isRaw(): boolean {
    return this.#isRaw;
  }

  get isAtLineStart(): boolean {
    return this.#isAtLineStart;
  }

  setRaw(isRaw: boolean): void {
    this.#isRaw = isRaw;
  }

  onResize(listener: () => void): () => void {
    this.#resizeListeners.add(listener);
    return () => void this.#resizeListeners.delete(listener);
  }

  resized(): void {
    for (const listener of this.#resizeListeners) listener();
  }

  /** Shows a program's output. */
  print(text: string): void {
    if (text === '') return;
    this.#isAtLineStart = /[\n\r]$/.test(text);
    this.#screen.write(this.#isRaw ? text : text.replace(/\r?\n/g, '\r\n'));
  }

  /** Keys that were typed while a program runs. */
  type(data: string): void {
    if (this.#isRaw) this.#deliver(encodeUtf8(data));
    else for (const key of data) this.#typeCooked(key);
  }

  /** What was typed and read by nobody: it belongs to the next prompt. */
  takeUnread(): string {
    const decoder = new Utf8Decoder();
    const lines = this.#arrived.splice(0).map((part) => (part === 'end' ? '' : decoder.push(part)));
    const line = this.#line;
    this.#line = '';
    return lines.join('') + line;
  }

  #typeCooked(key: string): void {
    switch (key) {
      case '\r':
      case '\n':
        this.#echo('\n');
        this.#deliver(encodeUtf8(`${this.#line}\n`));
        this.#line = '';
        break;
      case '\x7f':
      case '\b':
        this.#erase(1);
        break;
      case '\x15':
        this.#erase(this.#line.length);
        break;
      case '\x17':
        this.#erase(this.#line.length - this.#line.trimEnd().replace(/\S+$/, '').length);
        break;
      case '\x03':
        this.#echo('^C');
        this.#line = '';
        this.#arrived.length = 0;
        this.onInterrupt();
        break;
      case '\x04':
        this.#deliver(this.#line === '' ? 'end' : encodeUtf8(this.#line));
        this.#line = '';
        break;
      default:
        this.#line += key;
        this.#echo(key < ' ' && key !== '\t' ? `^${String.fromCharCode(key.charCodeAt(0) + 64)}` : key);
    }
  }

  #erase(count: number): void {
    const kept = [...this.#line];
    const erased = kept.splice(Math.max(0, kept.length - count)).join('');
    this.#line = kept.join('');
    this.#echo('\b \b'.repeat(textWidth(erased)));
  }

  #echo(text: string): void {
    this.print(text);
  }

  #deliver(part: Uint8Array | 'end'): void {
    this.#arrived.push(part);
    for (const wake of this.#readers) wake();
  }

  *#read() {
    for (;;) {
      const part = this.#arrived.shift();
      if (part) return part === 'end' ? undefined : part;
      yield* waitFor<void>((resume) => {
        const wake = () => {
          this.#readers.delete(wake);
          resume();
        };
        this.#readers.add(wake);
        return () => void this.#readers.delete(wake);
      });
    }
  }
}
