/**
 * Seeded chance. Every component forks a stream of its own by name, so that a new consumer shifts nobody else.
 * The generator is sfc32, seeded through an FNV-1a hash of the path of names.
 */
export class RandomStream {
  readonly #path: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param path the seed, then the names of the forks, joined by `/` */
  constructor(path: string) {
    this.#path = path;
    this.#a = hash(path, 0x811c9dc5);
    this.#b = hash(path, 0x9e3779b9);
    this.#c = hash(path, 0x85ebca6b);
    for (let round = 0; round < 12; round++) this.#next();
  }

  /** A stream that depends on the seed and the name alone, not on what was drawn before. */
  fork(name: string): RandomStream {
    return new RandomStream(`${this.#path}/${name}`);
  }

  /** A number from 0 up to, but not including, 1. */
  number(): number {
    return this.#next() / 0x1_0000_0000;
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.number() * (high - low + 1));
  }

  /** A number from `low` up to `high`. */
  between(low: number, high: number): number {
    return low + this.number() * (high - low);
  }

  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length - 1)]!;
  }

  /** `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string {
    const codes: number[] = [];
    for (let n = 0; n < length; n++) codes.push(alphabet.charCodeAt(this.integer(0, alphabet.length - 1)));
    // In one piece: texts that grow by a character each keep all their beginnings alive.
    return String.fromCharCode(...codes);
  }

  /** A version 4 UUID. */
  uuid(): string {
    const [a, b, c, d] = [this.#hex(), this.#hex(), this.#hex(), this.#hex()];
    const variant = '89ab'[parseInt(c[0]!, 16) & 3];
    // Joined, not concatenated: a flat text takes a fraction of the memory, and every object keeps one.
    return [a, b.slice(0, 4), `4${b.slice(5)}`, `${variant}${c.slice(1, 4)}`, c.slice(4) + d].join('-');
  }

  /** Eight digits. */
  #hex(): string {
    return this.#next().toString(16).padStart(8, '0');
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }
}

function hash(text: string, basis: number): number {
  let value = basis;
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  return value;
}
