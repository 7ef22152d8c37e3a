import { LineEditor } from './line-editor/line-editor.ts';
import type { Disposable, Screen } from './screen/screen.ts';
import { hostname, learner } from './workstation/home-files.ts';

/** What PS1 of an untouched home shows. */
const firstPrompt = `\x1b[1;32m${learner.name}@${hostname}\x1b[0m:\x1b[1;34m~\x1b[0m$ `;

/** Text and Backspace: what can be shown before there is a shell. */
// oxlint-disable-next-line no-control-regex
const plainKeys = /^[^\x00-\x1f]*/;

/**
 * A terminal whose shell is not loaded yet: it shows the prompt of an untouched home, and what is typed at it. With the
 * first key it asks for the shell, which then gets every key as though it had been there from the start.
 */
export class WaitingLine implements Screen {
  readonly #screen: Screen;
  readonly #editor: LineEditor;
  readonly #subscription: Disposable;
  #typed = '';
  /** Something was typed whose effect only the shell knows: the rest is kept, but no longer shown. */
  #isBlind = false;
  #take: ((data: string) => void) | undefined;
  #isOver = false;

  /** @param onKey called with each input while there is no shell */
  constructor(screen: Screen, onKey: () => void) {
    this.#screen = screen;
    this.#editor = new LineEditor({
      write: (text) => screen.write(text),
      columns: () => screen.columns,
      rows: () => screen.rows,
      complete: () => Promise.resolve({ start: 0, candidates: [] }),
    });
    this.#editor.begin(firstPrompt, []);
    this.#subscription = screen.onData((data) => {
      if (this.#isOver) return this.#take?.(data);
      this.#show(data);
      this.#typed += data;
      onKey();
    });
  }

  get columns(): number {
    return this.#screen.columns;
  }

  get rows(): number {
    return this.#screen.rows;
  }

  write(text: string | Uint8Array): void {
    this.#screen.write(text);
  }

  /** For the shell: what comes after `handOver`. */
  onData(listener: (data: string) => void): Disposable {
    this.#take = listener;
    return this.#subscription;
  }

  readonly onResize = (listener: (size: { readonly columns: number; readonly rows: number }) => void): Disposable =>
    this.#screen.onResize?.(listener) ?? { dispose: () => undefined };

  /** Clears the line for the shell, whose prompt is due now, and gives everything that was typed. */
  handOver(): string {
    if (this.#isOver) return '';
    this.#isOver = true;
    // To the end of the line and away with it, which leaves the cursor behind the prompt.
    this.#editor.feed('\x05\x15');
    this.#screen.write('\r\x1b[J');
    return this.#typed;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #show(data: string): void {
    if (this.#isBlind) return;
    const [plain] = plainKeys.exec(data)!;
    this.#isBlind = plain.length < data.length;
    this.#editor.feed(plain);
  }
}
