/**
 * Go's sort.Sort, which is not stable: equal items end up where its pattern-defeating quicksort leaves them. Up to twelve items it is
 * an insertion sort, and kubectl's output depends on it.
 * Upstream: Go's sort package, zsortinterface.go
 */
export function goSort<T>(items: readonly T[], isLess: (a: T, b: T) => boolean): T[] {
  const data = [...items];
  new PatternDefeatingSort(data, isLess).sort(0, data.length, Math.floor(Math.log2(Math.max(1, data.length))) + 1);
  return data;
}

type Hint = 'unknown' | 'increasing' | 'decreasing';

class PatternDefeatingSort<T> {
  readonly #data: T[];
  readonly #isLess: (a: T, b: T) => boolean;

  constructor(data: T[], isLess: (a: T, b: T) => boolean) {
    this.#data = data;
    this.#isLess = isLess;
  }

  sort(from: number, to: number, badLimit: number): void {
    let a = from;
    let b = to;
    let limit = badLimit;
    let wasBalanced = true;
    let wasPartitioned = true;
    for (;;) {
      const length = b - a;
      if (length <= 12) return this.#insertionSort(a, b);
      if (limit === 0) return this.#heapSort(a, b);
      if (!wasBalanced) {
        this.#breakPatterns(a, b);
        limit--;
      }
      let [pivot, hint] = this.#choosePivot(a, b);
      if (hint === 'decreasing') {
        this.#reverse(a, b);
        pivot = b - 1 - (pivot - a);
        hint = 'increasing';
      }
      if (wasBalanced && wasPartitioned && hint === 'increasing' && this.#partialInsertionSort(a, b)) return;
      if (a > 0 && !this.#less(a - 1, pivot)) {
        a = this.#partitionEqual(a, b, pivot);
        continue;
      }
      const [middle, isPartitioned] = this.#partition(a, b, pivot);
      wasPartitioned = isPartitioned;
      const left = middle - a;
      const right = b - middle;
      const threshold = Math.floor(length / 8);
      if (left < right) {
        wasBalanced = left >= threshold;
        this.sort(a, middle, limit);
        a = middle + 1;
      } else {
        wasBalanced = right >= threshold;
        this.sort(middle + 1, b, limit);
        b = middle;
      }
    }
  }

  #less(i: number, j: number): boolean {
    return this.#isLess(this.#data[i]!, this.#data[j]!);
  }

  #swap(i: number, j: number): void {
    const kept = this.#data[i]!;
    this.#data[i] = this.#data[j]!;
    this.#data[j] = kept;
  }

  #insertionSort(a: number, b: number): void {
    for (let i = a + 1; i < b; i++) for (let j = i; j > a && this.#less(j, j - 1); j--) this.#swap(j, j - 1);
  }

  #siftDown(low: number, high: number, first: number): void {
    let root = low;
    for (;;) {
      let child = 2 * root + 1;
      if (child >= high) return;
      if (child + 1 < high && this.#less(first + child, first + child + 1)) child++;
      if (!this.#less(first + root, first + child)) return;
      this.#swap(first + root, first + child);
      root = child;
    }
  }

  #heapSort(a: number, b: number): void {
    const high = b - a;
    for (let i = Math.floor((high - 1) / 2); i >= 0; i--) this.#siftDown(i, high, a);
    for (let i = high - 1; i >= 0; i--) {
      this.#swap(a, a + i);
      this.#siftDown(0, i, a);
    }
  }

  #partition(a: number, b: number, pivot: number): [number, boolean] {
    this.#swap(a, pivot);
    let i = a + 1;
    let j = b - 1;
    while (i <= j && this.#less(i, a)) i++;
    while (i <= j && !this.#less(j, a)) j--;
    if (i > j) {
      this.#swap(j, a);
      return [j, true];
    }
    this.#swap(i++, j--);
    for (;;) {
      while (i <= j && this.#less(i, a)) i++;
      while (i <= j && !this.#less(j, a)) j--;
      if (i > j) break;
      this.#swap(i++, j--);
    }
    this.#swap(j, a);
    return [j, false];
  }

  #partitionEqual(a: number, b: number, pivot: number): number {
    this.#swap(a, pivot);
    let i = a + 1;
    let j = b - 1;
    for (;;) {
      while (i <= j && !this.#less(a, i)) i++;
      while (i <= j && this.#less(a, j)) j--;
      if (i > j) return i;
      this.#swap(i++, j--);
    }
  }

  #partialInsertionSort(a: number, b: number): boolean {
    let i = a + 1;
    for (let step = 0; step < 5; step++) {
      while (i < b && !this.#less(i, i - 1)) i++;
      if (i === b) return true;
      if (b - a < 50) return false;
      this.#swap(i, i - 1);
      if (i - a >= 2) for (let j = i - 1; j >= 1 && this.#less(j, j - 1); j--) this.#swap(j, j - 1);
      if (b - i >= 2) for (let j = i + 1; j < b && this.#less(j, j - 1); j++) this.#swap(j, j - 1);
    }
    return false;
  }

  /** Scatters some items with a fixed xorshift, as Go does. */
  #breakPatterns(a: number, b: number): void {
    const length = b - a;
    if (length < 8) return;
    let random = BigInt(length);
    const modulus = 2 ** Math.ceil(Math.log2(length + 1));
    const index = a + Math.floor(length / 4) * 2 - 1;
    for (let i = 0; i < 3; i++) {
      random = BigInt.asUintN(64, random ^ (random << 13n));
      random ^= random >> 7n;
      random = BigInt.asUintN(64, random ^ (random << 17n));
      let other = Number(random & BigInt(modulus - 1));
      if (other >= length) other -= length;
      this.#swap(index + i, a + other);
    }
  }

  #choosePivot(a: number, b: number): [number, Hint] {
    const length = b - a;
    let swaps = 0;
    let i = a + Math.floor(length / 4);
    let j = a + Math.floor(length / 4) * 2;
    let k = a + Math.floor(length / 4) * 3;
    const median = (x: number, y: number, z: number): number => {
      let [p, q, r] = [x, y, z];
      if (this.#less(q, p)) [p, q, swaps] = [q, p, swaps + 1];
      if (this.#less(r, q)) [q, r, swaps] = [r, q, swaps + 1];
      if (this.#less(q, p)) [p, q, swaps] = [q, p, swaps + 1];
      return q;
    };
    if (length >= 8) {
      if (length >= 50) {
        i = median(i - 1, i, i + 1);
        j = median(j - 1, j, j + 1);
        k = median(k - 1, k, k + 1);
      }
      j = median(i, j, k);
    }
    if (swaps === 0) return [j, 'increasing'];
    return swaps === 12 ? [j, 'decreasing'] : [j, 'unknown'];
  }

  #reverse(a: number, b: number): void {
    for (let i = a, j = b - 1; i < j; i++, j--) this.#swap(i, j);
  }
}
