/** A piece of source that was parsed as a whole. Positions in its tree are offsets into `text`. */
export class SourceUnit {
  readonly text: string;
  /** The line number of its first line. */
  readonly firstLine: number;
  #lineStarts: number[] | undefined;

  constructor(text: string, firstLine = 1) {
    this.text = text;
    this.firstLine = firstLine;
  }

  lineAt(position: number): number {
    this.#lineStarts ??= lineStartsOf(this.text);
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lineStarts[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return this.firstLine + low;
  }
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}
