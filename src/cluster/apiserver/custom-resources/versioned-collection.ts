import type { KubeObject, ObjectKey } from '../../../api/index.ts';
import type { CollectionView, Snapshot, StoredEvent, WatchListener } from '../../store/index.ts';

export interface Versions<T extends KubeObject> {
  /** A stored object as this version shows it. */
  read(stored: T): T;
  /** An object of this version as it is stored. */
  write(object: T): T;
}

/**
 * The objects of a custom resource in one of its versions: what is stored in another one, or under an older schema, is
 * shown as this version has it.
 * Upstream: the storage codec of apiextensions-apiserver/pkg/apiserver/customresource_handler.go
 */
export class VersionedCollection<T extends KubeObject> implements CollectionView<T> {
  readonly #stored: CollectionView<T>;
  readonly #versions: Versions<T>;
  /** What has been read already, so that a stored object always shows as the same object. */
  readonly #shown = new WeakMap<T, T>();

  constructor(stored: CollectionView<T>, versions: Versions<T>) {
    this.#stored = stored;
    this.#versions = versions;
  }

  get prefix(): string {
    return this.#stored.prefix;
  }

  get size(): number {
    return this.#stored.size;
  }

  get revision(): number {
    return this.#stored.revision;
  }

  get compactedRevision(): number {
    return this.#stored.compactedRevision;
  }

  get(key: ObjectKey): T | undefined {
    const stored = this.#stored.get(key);
    return stored && this.#show(stored);
  }

  create(key: ObjectKey, object: T, before?: (stored: T) => void): T {
    return this.#show(this.#stored.create(key, this.#versions.write(object), before));
  }

  update(key: ObjectKey, object: T, expected: string, before?: (stored: T) => void): T {
    return this.#show(this.#stored.update(key, this.#versions.write(object), expected, before));
  }

  delete(key: ObjectKey, expected: string, lastState?: T, before?: (stored: T) => void): T {
    const last = lastState && this.#versions.write(lastState);
    return this.#show(this.#stored.delete(key, expected, last, before));
  }

  list(namespace?: string): Snapshot<T> {
    return this.#shownSnapshot(this.#stored.list(namespace));
  }

  listAt(revision: number, namespace?: string): Snapshot<T> {
    return this.#shownSnapshot(this.#stored.listAt(revision, namespace));
  }

  getAt(key: ObjectKey, revision: number): T | undefined {
    const stored = this.#stored.getAt(key, revision);
    return stored && this.#show(stored);
  }

  eventsAfter(revision: number): readonly StoredEvent<T>[] {
    return this.#stored.eventsAfter(revision).map((event) => this.#shownEvent(event));
  }

  watch(listener: WatchListener<T>): () => void {
    return this.#stored.watch((event) => listener(this.#shownEvent(event)));
  }

  compact(revision: number): void {
    this.#stored.compact(revision);
  }

  #show(stored: T): T {
    let shown = this.#shown.get(stored);
    if (!shown) this.#shown.set(stored, (shown = this.#versions.read(stored)));
    return shown;
  }

  #shownSnapshot(snapshot: Snapshot<T>): Snapshot<T> {
    const show = (stored: T): T => this.#show(stored);
    return {
      ...snapshot,
      objects: {
        *[Symbol.iterator]() {
          for (const stored of snapshot.objects) yield show(stored);
        },
      },
    };
  }

  #shownEvent(event: StoredEvent<T>): StoredEvent<T> {
    const { previous } = event;
    return { ...event, object: this.#show(event.object), ...(previous && { previous: this.#show(previous) }) };
  }
}
