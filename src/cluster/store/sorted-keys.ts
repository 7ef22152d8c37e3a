import { splitKey, type ObjectKey } from '../../api/index.ts';

/**
 * The keys of one resource in the order in which etcd lists them: by namespace, then by name, byte by byte.
 * Sorting is put off until somebody lists; what was added since is merged into what was sorted before.
 */
export class SortedKeys {
  readonly #namespaces = new Map<string, Bucket>();
  #names: readonly string[] | undefined;

  add(key: ObjectKey): void {
    const { namespace } = splitKey(key);
    let bucket = this.#namespaces.get(namespace);
    if (!bucket) {
      bucket = new Bucket();
      this.#namespaces.set(namespace, bucket);
      this.#names = undefined;
    }
    bucket.add(key);
  }

  delete(key: ObjectKey): void {
    this.#namespaces.get(splitKey(key).namespace)?.delete(key);
  }

  /** How many keys there are, in one namespace or in all. */
  count(namespace?: string): number {
    if (namespace !== undefined) return this.#namespaces.get(namespace)?.size ?? 0;
    let count = 0;
    for (const bucket of this.#namespaces.values()) count += bucket.size;
    return count;
  }

  /** The keys of `namespace`, or all of them. */
  *in(namespace?: string): Generator<ObjectKey> {
    if (namespace !== undefined) {
      yield* this.#namespaces.get(namespace)?.sorted() ?? [];
      return;
    }
    // The slash counts: `a-b/x` comes before `a/x`.
    this.#names ??= [...this.#namespaces.keys()].sort((a, b) => (`${a}/` < `${b}/` ? -1 : 1));
    for (const name of this.#names) yield* this.#namespaces.get(name)!.sorted();
  }
}

/** The keys of one namespace. */
class Bucket {
  readonly #present = new Set<ObjectKey>();
  #sorted: ObjectKey[] = [];
  #added: ObjectKey[] = [];
  #hasDeleted = false;

  get size(): number {
    return this.#present.size;
  }

  add(key: ObjectKey): void {
    this.#present.add(key);
    this.#added.push(key);
  }

  delete(key: ObjectKey): void {
    this.#present.delete(key);
    this.#hasDeleted = true;
  }

  sorted(): readonly ObjectKey[] {
    if (this.#added.length === 0 && !this.#hasDeleted) return this.#sorted;
    // A key may have gone and come back, so it can stand in both lists.
    const keys = this.#hasDeleted
      ? new Set([...this.#sorted, ...this.#added].filter((key) => this.#present.has(key)))
      : [...this.#sorted, ...this.#added];
    this.#sorted = [...keys].sort(byCodeUnit);
    this.#added = [];
    this.#hasDeleted = false;
    return this.#sorted;
  }
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
