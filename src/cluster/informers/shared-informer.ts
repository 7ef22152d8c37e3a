import { keyOf, type KubeObject, type ObjectKey } from '../../api/index.ts';
import type { Informer, InformerHandler } from './informer.ts';
import { ObjectIndex } from './object-index.ts';

/** A change as a watch brings it. */
export interface Delivery<T extends KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly key: ObjectKey;
  readonly object: T;
}

/** The index that every informer has. */
const namespaceIndex = 'namespace';

/**
 * The cache of one resource, its indexes, and who wants to know of changes. The factory feeds it.
 * Upstream: client-go/tools/cache/shared_informer.go, thread_safe_store.go
 */
export class SharedInformer<T extends KubeObject> implements Informer<T> {
  readonly #objects = new Map<ObjectKey, T>();
  readonly #indexes = new Map<string, ObjectIndex<T>>();
  readonly #handlers: InformerHandler<T>[] = [];
  readonly #replay: (run: () => void) => void;

  /** @param replay runs what brings a late handler up to date, as an event of its own */
  constructor(objects: Iterable<T>, replay: (run: () => void) => void) {
    this.#replay = replay;
    this.addIndex(namespaceIndex, (object) => [object.metadata.namespace ?? '']);
    for (const object of objects) this.#put(keyOf(object), object, undefined);
  }

  get(key: ObjectKey): T | undefined {
    return this.#objects.get(key);
  }

  list(namespace?: string): readonly T[] {
    return namespace === undefined ? [...this.#objects.values()] : this.byIndex(namespaceIndex, namespace);
  }

  byIndex(indexName: string, value: string): readonly T[] {
    const index = this.#indexes.get(indexName);
    if (!index) throw new RangeError(`no index ${indexName}`);
    return index.get(value);
  }

  addIndex(indexName: string, valuesOf: (object: T) => readonly string[]): void {
    if (this.#indexes.has(indexName)) return;
    const index = new ObjectIndex(valuesOf);
    for (const [key, object] of this.#objects) index.put(key, object, undefined);
    this.#indexes.set(indexName, index);
  }

  onChange(handler: InformerHandler<T>): void {
    this.#handlers.push(handler);
    const known = this.list();
    if (known.length > 0 && handler.added) this.#replay(() => this.#replayTo(handler, known));
  }

  /** Takes over one change and tells the handlers. */
  deliver({ type, key, object }: Delivery<T>): void {
    const old = this.#objects.get(key);
    if (type === 'DELETED') {
      if (!old) return;
      this.#objects.delete(key);
      for (const index of this.#indexes.values()) index.remove(key, old);
      for (const handler of this.#handlers) handler.deleted?.(object);
    } else {
      this.#put(key, object, old);
      for (const handler of this.#handlers) {
        if (old) handler.updated?.(object, old);
        else handler.added?.(object);
      }
    }
  }

  #put(key: ObjectKey, object: T, old: T | undefined): void {
    this.#objects.set(key, object);
    for (const index of this.#indexes.values()) index.put(key, object, old);
  }

  /** What changed or went meanwhile has been told already. */
  #replayTo(handler: InformerHandler<T>, known: readonly T[]): void {
    for (const object of known) if (this.#objects.get(keyOf(object)) === object) handler.added?.(object);
  }
}
