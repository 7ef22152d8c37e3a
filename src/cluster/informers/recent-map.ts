/**
 * A map that forgets what has not been used for long. It keeps two generations: what is used moves to the young one, and
 * when that is full it becomes the old one, whose rest is forgotten.
 */
export class RecentMap<V> {
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  readonly #generationSize: number;

  /** @param capacity how many entries it holds at most */
  constructor(capacity: number) {
    this.#generationSize = Math.max(1, capacity >> 1);
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: V): void {
    this.#young.set(key, value);
    if (this.#young.size < this.#generationSize) return;
    this.#old = this.#young;
    this.#young = new Map();
  }
}
