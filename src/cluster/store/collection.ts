import type { KubeObject, ObjectKey } from '../../api/index.ts';
import { invariant } from '../../kernel/index.ts';
import { deepFreeze } from './deep-freeze.ts';
import { History } from './history.ts';
import type { Revisions } from './revisions.ts';
import { SortedKeys } from './sorted-keys.ts';
import { StoreConflict } from './store-conflict.ts';
import type { StoredEvent } from './stored-event.ts';

export type WatchListener<T extends KubeObject> = (event: StoredEvent<T>) => void;

/** Objects in the order of their keys, as they were at one revision. */
export interface Snapshot<T extends KubeObject> {
  readonly revision: number;
  /** How many there are in the asked namespace. */
  readonly count: number;
  readonly objects: Iterable<T>;
}

/** What only looks at a collection needs of it. */
export type ReadableCollection<T extends KubeObject = KubeObject> = Pick<
  Collection<T>,
  'get' | 'list' | 'listAt' | 'eventsAfter' | 'watch' | 'revision' | 'compactedRevision'
>;

/**
 * The keys under one prefix of etcd (`/registry/pods/`). Stored objects are immutable and shared by reference.
 * Watchers are called inside the write, before it returns; they must not write.
 * Upstream: apiserver/pkg/storage/etcd3/store.go and storage/cacher
 */
export class Collection<T extends KubeObject = KubeObject> {
  /** `/registry/pods/` */
  readonly prefix: string;
  readonly #revisions: Revisions;
  readonly #objects = new Map<ObjectKey, T>();
  readonly #keys = new SortedKeys();
  readonly #history = new History<T>();
  readonly #listeners = new Set<WatchListener<T>>();
  readonly #freeze: boolean;
  #isNotifying = false;

  constructor(prefix: string, revisions: Revisions, options: { readonly freeze: boolean }) {
    this.prefix = prefix;
    this.#revisions = revisions;
    this.#freeze = options.freeze;
  }

  get size(): number {
    return this.#objects.size;
  }

  /** The store's latest revision, whatever it was about. */
  get revision(): number {
    return this.#revisions.current;
  }

  get compactedRevision(): number {
    return this.#revisions.compacted;
  }

  get(key: ObjectKey): T | undefined {
    return this.#objects.get(key);
  }

  /**
   * @param before sees the object as it will be stored, before any watcher does
   * @returns the stored object, with its new resourceVersion. Throws StoreConflict when the key is taken.
   */
  create(key: ObjectKey, object: T, before?: (stored: T) => void): T {
    if (this.#objects.has(key)) throw new StoreConflict('exists', this.prefix + key);
    const revision = this.#revisions.next();
    const stored = this.#stamped(object, revision);
    before?.(stored);
    this.#objects.set(key, stored);
    this.#keys.add(key);
    this.#publish({ type: 'ADDED', revision, key, object: stored });
    return stored;
  }

  /** Throws StoreConflict when the key is gone or its revision is not `expected`. */
  update(key: ObjectKey, object: T, expected: string, before?: (stored: T) => void): T {
    const previous = this.#expect(key, expected);
    const revision = this.#revisions.next();
    const stored = this.#stamped(object, revision);
    before?.(stored);
    this.#objects.set(key, stored);
    this.#publish({ type: 'MODIFIED', revision, key, object: stored, previous });
    return stored;
  }

  /** @returns the last state, with the revision of the deletion. Throws as `update` does. */
  delete(key: ObjectKey, expected: string, lastState?: T, before?: (stored: T) => void): T {
    const previous = this.#expect(key, expected);
    const revision = this.#revisions.next();
    const object = this.#stamped(lastState ?? previous, revision);
    before?.(object);
    this.#objects.delete(key);
    this.#keys.delete(key);
    this.#publish({ type: 'DELETED', revision, key, object, previous });
    return object;
  }

  /** Everything as it is now. The objects are only valid until the next write. */
  list(namespace?: string): Snapshot<T> {
    return { revision: this.#revisions.current, count: this.#keys.count(namespace), objects: this.#listed(namespace) };
  }

  /** Everything as it was at `revision`, rebuilt backwards from the history. Throws StoreConflict once compacted. */
  listAt(revision: number, namespace?: string): Snapshot<T> {
    const later = this.eventsAfter(revision);
    if (later.length === 0) return { ...this.list(namespace), revision };
    const was = new Map<ObjectKey, T | undefined>();
    for (const event of later.toReversed()) was.set(event.key, event.previous);
    const keys = new SortedKeys();
    for (const key of this.#keys.in(namespace)) if (!was.has(key)) keys.add(key);
    for (const [key, object] of was) if (object && isIn(object, namespace)) keys.add(key);
    const objects = [...keys.in(namespace)].map((key) => was.get(key) ?? this.#objects.get(key)!);
    return { revision, count: objects.length, objects };
  }

  /** One object as it was at `revision`. */
  getAt(key: ObjectKey, revision: number): T | undefined {
    const next = this.eventsAfter(revision).find((event) => event.key === key);
    return next ? next.previous : this.#objects.get(key);
  }

  /** What happened after `revision`, oldest first. Throws StoreConflict when that has been compacted. */
  eventsAfter(revision: number): readonly StoredEvent<T>[] {
    if (revision < this.#revisions.compacted) throw new StoreConflict('compacted', this.prefix);
    return this.#history.after(revision);
  }

  /** Calls `listener` at every change from now on. Returns how to stop. */
  watch(listener: WatchListener<T>): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Forgets history up to `revision`; the Store calls it. */
  compact(revision: number): void {
    this.#history.compact(revision);
  }

  *#listed(namespace: string | undefined): Generator<T> {
    for (const key of this.#keys.in(namespace)) yield this.#objects.get(key)!;
  }

  #expect(key: ObjectKey, expected: string): T {
    const current = this.#objects.get(key);
    if (!current) throw new StoreConflict('missing', this.prefix + key);
    if (current.metadata.resourceVersion !== expected) throw new StoreConflict('changed', this.prefix + key);
    return current;
  }

  #stamped(object: T, revision: number): T {
    const resourceVersion = String(revision);
    // Whoever has foreseen the revision has made a fresh object already.
    const isStamped = object.metadata.resourceVersion === resourceVersion;
    const stored = isStamped ? object : { ...object, metadata: { ...object.metadata, resourceVersion } };
    return this.#freeze ? deepFreeze(stored) : stored;
  }

  #publish(event: StoredEvent<T>): void {
    invariant(!this.#isNotifying, `a watcher of ${this.prefix} does not write while it is told of a change`);
    this.#history.append(event);
    this.#isNotifying = true;
    try {
      for (const listener of this.#listeners) listener(event);
    } finally {
      this.#isNotifying = false;
    }
  }
}

/** All that a collection can do, for those who stand in front of one. */
export type CollectionView<T extends KubeObject = KubeObject> = Pick<Collection<T>, keyof Collection<T>>;

function isIn(object: KubeObject, namespace: string | undefined): boolean {
  return namespace === undefined || (object.metadata.namespace ?? '') === namespace;
}
