import { keyOf, type KubeObject } from '../../api/index.ts';
import { Collection } from './collection.ts';
import { Revisions } from './revisions.ts';

export interface StoreOptions {
  /** Freezes every stored object: in tests and in development. */
  readonly freeze: boolean;
}

/**
 * The cluster's etcd: every object under its key, one revision that counts all writes, and the history since the last
 * compaction, from which watches start and older revisions are read.
 * Upstream: etcd's mvcc; apiserver/pkg/storage/etcd3
 */
export class Store {
  readonly #options: StoreOptions;
  readonly #collections = new Map<string, Collection>();
  readonly #revisions = new Revisions();

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  /** The revision of the latest write. */
  get revision(): number {
    return this.#revisions.current;
  }

  /** The oldest revision that can still be read and watched from. */
  get compactedRevision(): number {
    return this.#revisions.compacted;
  }

  /** The collection under `/registry/<name>/`; always the same one. */
  collection<T extends KubeObject>(name: string): Collection<T> {
    let collection = this.#collections.get(name);
    if (!collection) {
      collection = new Collection(`/registry/${name}/`, this.#revisions, this.#options);
      this.#collections.set(name, collection);
    }
    return collection as unknown as Collection<T>;
  }

  /** Forgets what came before `revision`. */
  compact(revision: number): void {
    this.#revisions.compactTo(revision);
    for (const collection of this.#collections.values()) collection.compact(this.#revisions.compacted);
  }

  /** Everything that is stored, by its key: for comparing two clusters. */
  *dump(): Generator<readonly [key: string, object: KubeObject]> {
    for (const name of [...this.#collections.keys()].sort()) {
      const collection = this.#collections.get(name)!;
      for (const object of collection.list().objects) yield [collection.prefix + keyOf(object), object];
    }
  }
}
