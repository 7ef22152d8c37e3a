/** A binary heap of entries that can be found and taken out by their key. Upstream: pkg/scheduler/backend/heap */
export class KeyedHeap<T extends { readonly key: string }> {
  readonly #items: T[] = [];
  readonly #positions = new Map<string, number>();
  readonly #isBefore: (a: T, b: T) => boolean;

  constructor(isBefore: (a: T, b: T) => boolean) {
    this.#isBefore = isBefore;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  get(key: string): T | undefined {
    const position = this.#positions.get(key);
    return position === undefined ? undefined : this.#items[position];
  }

  push(item: T): void {
    this.remove(item.key);
    this.#items.push(item);
    this.#up(this.#items.length - 1);
  }

  pop(): T | undefined {
    const top = this.#items[0];
    if (top) this.remove(top.key);
    return top;
  }

  remove(key: string): T | undefined {
    const position = this.#positions.get(key);
    if (position === undefined) return undefined;
    const removed = this.#items[position]!;
    const last = this.#items.pop()!;
    this.#positions.delete(key);
    if (last !== removed) {
      this.#items[position] = last;
      this.#positions.set(last.key, position);
      this.#up(position);
      this.#down(this.#positions.get(last.key)!);
    }
    return removed;
  }

  #up(start: number): void {
    const item = this.#items[start]!;
    let position = start;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      if (!this.#isBefore(item, this.#items[parent]!)) break;
      this.#put(this.#items[parent]!, position);
      position = parent;
    }
    this.#put(item, position);
  }

  #down(start: number): void {
    const item = this.#items[start]!;
    let position = start;
    for (;;) {
      let child = 2 * position + 1;
      if (child >= this.#items.length) break;
      if (child + 1 < this.#items.length && this.#isBefore(this.#items[child + 1]!, this.#items[child]!)) child++;
      if (!this.#isBefore(this.#items[child]!, item)) break;
      this.#put(this.#items[child]!, position);
      position = child;
    }
    this.#put(item, position);
  }

  #put(item: T, position: number): void {
    this.#items[position] = item;
    this.#positions.set(item.key, position);
  }
}
