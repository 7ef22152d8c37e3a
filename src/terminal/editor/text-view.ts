import { characterWidth } from '../screen/character-width.ts';
import type { TextBuffer } from './text-buffer.ts';

const tabWidth = 8;

/** The part of the text that fits the screen, following the cursor. */
export class TextView {
  #top = 0;
  #left = 0;

  /** The rows of the screen and where the cursor is in them. */
  draw(
    buffer: TextBuffer,
    size: { readonly columns: number; readonly rows: number },
    { filler = '', hasNumbers = false } = {},
  ): { readonly rows: readonly string[]; readonly cursorRow: number; readonly cursorColumn: number } {
    const gutter = hasNumbers ? Math.max(3, String(buffer.lines.length).length) + 1 : 0;
    const width = size.columns - gutter;
    const column = columnsOf(buffer.line.slice(0, buffer.column));
    this.#top = follow(this.#top, buffer.row, size.rows);
    this.#left = column < this.#left || column >= this.#left + width ? Math.max(0, column - (width >> 1)) : this.#left;
    if (column < width) this.#left = 0;
    const rows = Array.from({ length: size.rows }, (_, index) => {
      const row = this.#top + index;
      const line = buffer.lines[row];
      if (line === undefined) return filler;
      const number = hasNumbers ? `\x1b[33m${String(row + 1).padStart(gutter - 1)} \x1b[0m` : '';
      return number + clipped(line, this.#left, width);
    });
    return { rows, cursorRow: buffer.row - this.#top, cursorColumn: gutter + column - this.#left };
  }
}

function follow(top: number, row: number, rows: number): number {
  if (row < top) return row;
  return row >= top + rows ? row - rows + 1 : top;
}

/** How many columns a text takes, tabs included. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    columns += character === '\t' ? tabWidth - (columns % tabWidth) : characterWidth(character);
  }
  return columns;
}

function clipped(line: string, left: number, width: number): string {
  let [shown, at] = ['', 0];
  for (const character of line) {
    const size = character === '\t' ? tabWidth - (at % tabWidth) : characterWidth(character);
    if (at + size > left + width) break;
    if (at >= left) shown += character === '\t' ? ' '.repeat(size) : character;
    at += size;
  }
  return shown;
}
