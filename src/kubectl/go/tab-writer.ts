/**
 * Aligns tab-separated cells in columns, in the way of Go's text/tabwriter with the additions that kubectl's tables need:
 * widths are remembered over a flush, so that the rows of a watch stay under their headers.
 * Upstream: github.com/liggitt/tabwriter
 */
export interface TabWriterOptions {
  /** Least width of a column, padding included. */
  readonly minWidth: number;
  /** How wide a tab is, where tabs pad. */
  readonly tabWidth: number;
  readonly padding: number;
  readonly padWith: ' ' | '\t';
  readonly remembersWidths?: boolean;
}

/** As kubectl's tables are set. */
export const tableLayout: TabWriterOptions = {
  minWidth: 6,
  tabWidth: 4,
  padding: 3,
  padWith: ' ',
  remembersWidths: true,
};

interface Cell {
  readonly text: string;
  readonly width: number;
}

export class TabWriter {
  readonly #write: (text: string) => void;
  readonly #options: TabWriterOptions;
  #lines: Cell[][] = [[]];
  #pending = '';
  #output = '';
  #widths: number[] = [];
  #remembered: number[] = [];

  constructor(write: (text: string) => void, options: TabWriterOptions = tableLayout) {
    this.#write = write;
    this.#options = options;
  }

  write(text: string): void {
    let from = 0;
    for (let index = 0; index < text.length; index++) {
      const char = text[index]!;
      if (char !== '\t' && char !== '\n' && char !== '\v' && char !== '\f') continue;
      this.#pending += text.slice(from, index);
      from = index + 1;
      const cells = this.#endCell();
      if (char !== '\n' && char !== '\f') continue;
      this.#lines.push([]);
      // A line of one cell has no part in any column: what came before it is complete.
      if (char === '\f' || cells === 1) this.flush();
    }
    this.#pending += text.slice(from);
  }

  flush(): void {
    if (this.#pending !== '') this.#endCell();
    this.#format(0, this.#lines.length);
    this.#lines = [[]];
    const output = this.#output;
    this.#output = '';
    if (output !== '') this.#write(output);
  }

  /** Begins anew with the widths of the columns. */
  forgetWidths(): void {
    this.#remembered = [];
  }

  #endCell(): number {
    const line = this.#lines.at(-1)!;
    line.push({ text: this.#pending, width: [...this.#pending].length });
    this.#pending = '';
    return line.length;
  }

  #format(first: number, end: number): void {
    const column = this.#widths.length;
    let start = first;
    for (let index = first; index < end; index++) {
      if (column >= this.#lines[index]!.length - 1) continue;
      // Here a block of lines begins that all have this column.
      this.#writeLines(start, index);
      start = index;
      let width = this.#options.minWidth;
      while (index < end && column < this.#lines[index]!.length - 1) {
        width = Math.max(width, this.#lines[index]![column]!.width + this.#options.padding);
        index++;
      }
      if (this.#options.remembersWidths) width = this.#remember(width);
      this.#widths.push(width);
      this.#format(start, index);
      this.#widths.pop();
      start = index;
      // The line that ended the block may begin the next one only after the loop's own step, as upstream does.
    }
    this.#writeLines(start, end);
  }

  #remember(width: number): number {
    const column = this.#widths.length;
    for (let index = this.#remembered.length; index < column; index++) this.#remembered.push(this.#widths[index]!);
    if (this.#remembered.length === column) this.#remembered.push(width);
    else this.#remembered[column] = Math.max(this.#remembered[column]!, width);
    return this.#remembered[column]!;
  }

  #writeLines(first: number, end: number): void {
    for (let index = first; index < end; index++) {
      const line = this.#lines[index]!;
      line.forEach((cell, column) => {
        this.#output += cell.text;
        if (column < this.#widths.length) this.#output += this.#padding(cell.width, this.#widths[column]!);
      });
      if (index + 1 < this.#lines.length) this.#output += '\n';
    }
  }

  #padding(textWidth: number, cellWidth: number): string {
    const { padWith, tabWidth } = this.#options;
    if (padWith === ' ') return ' '.repeat(cellWidth - textWidth);
    if (tabWidth === 0) return '';
    const wide = Math.ceil(cellWidth / tabWidth) * tabWidth;
    return '\t'.repeat(Math.ceil((wide - textWidth) / tabWidth));
  }
}
