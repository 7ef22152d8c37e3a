/** Walks through earlier lines. What was changed on the way stays changed until a line is entered, as in readline. */
export class HistoryCursor {
  readonly #lines: readonly string[];
  #position: number;
  readonly #edited = new Map<number, string>();

  constructor(lines: readonly string[]) {
    this.#lines = lines;
    this.#position = lines.length;
  }

  /** Moves by `step` lines and gives the one there; undefined at either end. */
  move(step: number, current: string): string | undefined {
    return this.moveTo(this.#position + step, current);
  }

  moveTo(position: number, current: string): string | undefined {
    if (position < 0 || position > this.#lines.length || position === this.#position) return undefined;
    this.#edited.set(this.#position, current);
    this.#position = position;
    return this.#edited.get(position) ?? this.#lines[position] ?? '';
  }

  get newest(): number {
    return this.#lines.length;
  }

  /** The latest line before `position` that contains the text. */
  find(text: string, position: number): number | undefined {
    for (let at = Math.min(position, this.#lines.length) - 1; at >= 0; at--) {
      if (this.#lines[at]!.includes(text)) return at;
    }
    return undefined;
  }

  /** The line at a position. */
  at(position: number): string {
    return this.#lines[position] ?? '';
  }
}
