export interface Place {
  readonly row: number;
  readonly column: number;
}

interface Version {
  readonly lines: readonly string[];
  readonly cursor: Place;
}

const undoLimit = 500;

/** The text of a file under edit: lines, the cursor (columns in UTF-16 units), and what it was before. */
export class TextBuffer {
  #lines: readonly string[];
  #row = 0;
  #column = 0;
  #saved: readonly string[];
  readonly #undone: Version[] = [];
  readonly #past: Version[] = [];

  constructor(text: string) {
    const lines = text.split('\n');
    if (lines.length > 1 && lines.at(-1) === '') lines.pop();
    this.#lines = lines;
    this.#saved = lines;
  }

  get text(): string {
    return this.#lines.length === 1 && this.#lines[0] === '' ? '' : `${this.#lines.join('\n')}\n`;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  get row(): number {
    return this.#row;
  }

  get column(): number {
    return this.#column;
  }

  get cursor(): Place {
    return { row: this.#row, column: this.#column };
  }

  get line(): string {
    return this.#lines[this.#row]!;
  }

  get isModified(): boolean {
    return this.#lines !== this.#saved;
  }

  markSaved(): void {
    this.#saved = this.#lines;
  }

  /** Puts the cursor somewhere; to the nearest place that there is. */
  moveTo(row: number, column = this.#column): void {
    this.#row = Math.max(0, Math.min(row, this.#lines.length - 1));
    this.#column = Math.max(0, Math.min(column, this.line.length));
  }

  /** Remembers the text as it is now, for undo. */
  checkpoint(): void {
    this.#past.push({ lines: this.#lines, cursor: this.cursor });
    if (this.#past.length > undoLimit) this.#past.shift();
    this.#undone.length = 0;
  }

  undo(): boolean {
    return this.#travel(this.#past, this.#undone);
  }

  redo(): boolean {
    return this.#travel(this.#undone, this.#past);
  }

  #travel(from: Version[], to: Version[]): boolean {
    let version = from.pop();
    // A checkpoint without a change is no step.
    while (version && version.lines === this.#lines) version = from.pop();
    if (!version) return false;
    to.push({ lines: this.#lines, cursor: this.cursor });
    this.#lines = version.lines;
    this.moveTo(version.cursor.row, version.cursor.column);
    return true;
  }

  /** Inserts text, perhaps of several lines, at the cursor, which comes to stand behind it. */
  insert(text: string): void {
    const [first = '', ...rest] = text.split('\n');
    const before = this.line.slice(0, this.#column) + first;
    const after = this.line.slice(this.#column);
    if (rest.length === 0) {
      this.replaceLines(this.#row, 1, [before + after]);
      this.moveTo(this.#row, before.length);
      return;
    }
    const last = rest.pop()!;
    this.replaceLines(this.#row, 1, [before, ...rest, last + after]);
    this.moveTo(this.#row + rest.length + 1, last.length);
  }

  /** Takes out what lies between two places, the first one first, and gives it back. */
  remove(from: Place, to: Place): string {
    const removed = this.between(from, to);
    const joined = this.#lines[from.row]!.slice(0, from.column) + this.#lines[to.row]!.slice(to.column);
    this.replaceLines(from.row, to.row - from.row + 1, [joined]);
    this.moveTo(from.row, from.column);
    return removed;
  }

  between(from: Place, to: Place): string {
    if (from.row === to.row) return this.#lines[from.row]!.slice(from.column, to.column);
    return [
      this.#lines[from.row]!.slice(from.column),
      ...this.#lines.slice(from.row + 1, to.row),
      this.#lines[to.row]!.slice(0, to.column),
    ].join('\n');
  }

  /** Puts other lines in the place of some; at least one line stays. */
  replaceLines(row: number, count: number, lines: readonly string[]): void {
    const result = this.#lines.toSpliced(row, count, ...lines);
    this.#lines = result.length === 0 ? [''] : result;
  }

  /** The next place of a text after (or before) the cursor, around the end of the file. */
  find(pattern: RegExp, isBackward = false): Place | undefined {
    const count = this.#lines.length;
    for (let step = 0; step <= count; step++) {
      const row = (((this.#row + (isBackward ? -step : step)) % count) + count) % count;
      const columns = [...this.#lines[row]!.matchAll(pattern)].map((match) => match.index);
      const fitting = columns.filter((column) =>
        step === 0 ? (isBackward ? column < this.#column : column > this.#column) : true,
      );
      const column = isBackward ? fitting.at(-1) : fitting[0];
      if (column !== undefined) return { row, column };
    }
    return undefined;
  }
}
