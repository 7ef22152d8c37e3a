// A terminal speaks in control characters.
/* oxlint-disable no-control-regex */
import { characterWidth } from '../screen/character-width.ts';

interface Place {
  readonly row: number;
  readonly column: number;
}

/** Draws the line that is being edited, however many rows it takes. */
export class LineView {
  readonly #write: (text: string) => void;
  readonly #columns: () => number;
  /** The row of the cursor, counted from the prompt's. */
  #row = 0;

  constructor(write: (text: string) => void, columns: () => number) {
    this.#write = write;
    this.#columns = columns;
  }

  /** The prompt comes onto the row where the screen's cursor is. */
  begin(): void {
    this.#row = 0;
  }

  /** Draws prompt and text anew, with the cursor behind `text.slice(0, cursor)`. */
  draw(prompt: string, text: string, cursor: number): void {
    const bare = withoutColors(prompt);
    const end = this.#place(bare + text);
    const target = this.#place(bare + text.slice(0, cursor));
    // A full row leaves the cursor hanging at its edge; a newline brings it where it counts as being.
    const isHanging = end.column === 0 && end.row > 0 && !text.endsWith('\n');
    this.#write(
      `${this.#toStart()}\x1b[J${prompt}${text.replaceAll('\n', '\r\n')}${isHanging ? '\r\n' : ''}` +
        `${up(end.row - target.row)}\r${right(target.column)}`,
    );
    this.#row = target.row;
  }

  /** Whether a character can simply be written where the cursor is. */
  fits(prompt: string, text: string, added: string): boolean {
    const from = this.#place(withoutColors(prompt) + text);
    let width = 0;
    for (const character of added) width += characterWidth(character);
    return !added.includes('\n') && from.column + width < this.#columns();
  }

  /** Goes below the line, to where output may follow. `last` is shown behind it. */
  leave(prompt: string, text: string, last = ''): void {
    const end = this.#place(withoutColors(prompt) + text);
    const isHanging = end.column === 0 && end.row > 0 && !text.endsWith('\n');
    this.#write(`${down(end.row - this.#row)}\r${right(end.column)}${last}${isHanging && !last ? '' : '\r\n'}`);
    this.#row = 0;
  }

  /** A cleared screen with the prompt on top. */
  clear(): void {
    this.#write('\x1b[H\x1b[2J');
    this.#row = 0;
  }

  #toStart(): string {
    return `${up(this.#row)}\r`;
  }

  #place(text: string): Place {
    const columns = this.#columns();
    let [row, column] = [0, 0];
    for (const character of text) {
      if (character === '\n') {
        row++;
        column = 0;
        continue;
      }
      const width = characterWidth(character);
      if (column + width > columns) {
        row++;
        column = 0;
      }
      column += width;
      if (column === columns) {
        row++;
        column = 0;
      }
    }
    return { row, column };
  }
}

function withoutColors(text: string): string {
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g, '');
}

const up = (rows: number) => (rows > 0 ? `\x1b[${rows}A` : '');
const down = (rows: number) => (rows > 0 ? `\x1b[${rows}B` : '');
const right = (columns: number) => (columns > 0 ? `\x1b[${columns}C` : '');
