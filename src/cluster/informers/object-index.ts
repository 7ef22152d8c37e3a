import type { KubeObject, ObjectKey } from '../../api/index.ts';

const none: readonly never[] = [];

/** The objects of a cache by what `valuesOf` says of them. */
export class ObjectIndex<T extends KubeObject> {
  readonly valuesOf: (object: T) => readonly string[];
  readonly #buckets = new Map<string, Map<ObjectKey, T>>();

  constructor(valuesOf: (object: T) => readonly string[]) {
    this.valuesOf = valuesOf;
  }

  /** Insertion order. */
  get(value: string): readonly T[] {
    const bucket = this.#buckets.get(value);
    return bucket ? [...bucket.values()] : none;
  }

  put(key: ObjectKey, next: T, old: T | undefined): void {
    const values = this.valuesOf(next);
    if (old) for (const value of this.valuesOf(old)) if (!values.includes(value)) this.#remove(value, key);
    for (const value of values) {
      let bucket = this.#buckets.get(value);
      if (!bucket) this.#buckets.set(value, (bucket = new Map()));
      bucket.set(key, next);
    }
  }

  remove(key: ObjectKey, object: T): void {
    for (const value of this.valuesOf(object)) this.#remove(value, key);
  }

  #remove(value: string, key: ObjectKey): void {
    const bucket = this.#buckets.get(value);
    bucket?.delete(key);
    if (bucket?.size === 0) this.#buckets.delete(value);
  }
}
