/**
 * Places in a container: whoever comes takes the lowest free one and keeps it until it leaves, so that nothing moves
 * because something else came or went.
 */
export class SlotTable {
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];
  #end = 0;

  /** One past the highest place in use. */
  get extent(): number {
    return this.#end;
  }

  get size(): number {
    return this.#slots.size;
  }

  take(id: string): number {
    const held = this.#slots.get(id);
    if (held !== undefined) return held;
    const slot = this.#free.shift() ?? this.#end++;
    this.#slots.set(id, slot);
    return slot;
  }

  release(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.#slots.delete(id);
    let at = this.#free.length;
    while (at > 0 && this.#free[at - 1]! > slot) at--;
    this.#free.splice(at, 0, slot);
    // Give back the empty end, so that a node that was full once does not stay tall.
    while (this.#free.at(-1) === this.#end - 1) {
      this.#free.pop();
      this.#end--;
    }
  }
}
