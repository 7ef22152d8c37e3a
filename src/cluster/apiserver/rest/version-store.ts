import { throwIfInvalid, type Draft, type KubeObject, type ObjectKey } from '../../../api/index.ts';
import type { ReadableCollection, Snapshot, StoredEvent, WatchListener } from '../../store/index.ts';
import type { FieldLedger } from '../managed-fields/field-ledger.ts';
import type { ResourceDefinition, VersionView } from '../resource-definition.ts';
import type { ObjectStore } from './object-store.ts';
import type { DeleteOptions, Deletion, UpdateOptions, WriteOptions } from './write-options.ts';

type Convert<S, T> = (stored: S) => T;

/**
 * Objects of one resource in a version other than the one they are stored in: converted on their way out and in.
 * Upstream: apimachinery/pkg/runtime/serializer/versioning
 * Differs: metadata.managedFields name the stored version for what was written in another one.
 */
export class VersionStore<T extends KubeObject, S extends KubeObject> implements ObjectStore<T> {
  readonly definition: ResourceDefinition<T>;
  readonly collection: ReadableCollection<T>;
  readonly #view: VersionView<T, S>;
  readonly #store: ObjectStore<S>;
  readonly #ledger: FieldLedger;
  /** What a stored object looks like: stored objects never change. */
  readonly #converted = new WeakMap<S, T>();

  constructor(view: VersionView<T, S>, store: ObjectStore<S>, ledger: FieldLedger) {
    this.definition = view.definition;
    this.#view = view;
    this.#store = store;
    this.#ledger = ledger;
    this.collection = new ConvertedCollection(store.collection, (stored) => this.#shown(stored));
  }

  get nowMs(): number {
    return this.#store.nowMs;
  }

  get(namespace: string, name: string): T {
    return this.#shown(this.#store.get(namespace, name));
  }

  create(namespace: string, object: Draft<T>, options: WriteOptions): T {
    const given = object as unknown as T;
    throwIfInvalid(this.definition, given.metadata.name ?? '', this.#view.validate?.(given, undefined) ?? []);
    return this.#shown(this.#store.create(namespace, this.#view.toStored(given) as unknown as Draft<S>, options));
  }

  update(
    namespace: string,
    name: string,
    change: (stored: T | undefined) => T,
    options: UpdateOptions,
  ): { readonly object: T; readonly isNew: boolean } {
    const changeStored = (stored: S | undefined): S => {
      const before = stored && this.#shown(stored);
      const after = change(before);
      if (stored && after === before) return stored;
      throwIfInvalid(this.definition, name, this.#view.validate?.(after, before) ?? []);
      return this.#view.toStored(after);
    };
    const { object, isNew } = this.#store.update(namespace, name, changeStored, options);
    return { object: this.#shown(object), isNew };
  }

  delete(namespace: string, name: string, options: DeleteOptions): Deletion<T> {
    const deletion = this.#store.delete(namespace, name, options);
    return { ...deletion, object: this.#shown(deletion.object) };
  }

  #shown(stored: S): T {
    let shown = this.#converted.get(stored);
    if (!shown) {
      shown = this.#view.fromStored(stored);
      this.#ledger.inherit(shown, stored);
      this.#converted.set(stored, shown);
    }
    return shown;
  }
}

class ConvertedCollection<T extends KubeObject, S extends KubeObject> implements ReadableCollection<T> {
  readonly #collection: ReadableCollection<S>;
  readonly #convert: Convert<S, T>;

  constructor(collection: ReadableCollection<S>, convert: Convert<S, T>) {
    this.#collection = collection;
    this.#convert = convert;
  }

  get revision(): number {
    return this.#collection.revision;
  }

  get compactedRevision(): number {
    return this.#collection.compactedRevision;
  }

  get(key: ObjectKey): T | undefined {
    const stored = this.#collection.get(key);
    return stored && this.#convert(stored);
  }

  list(namespace?: string): Snapshot<T> {
    return this.#snapshot(this.#collection.list(namespace));
  }

  listAt(revision: number, namespace?: string): Snapshot<T> {
    return this.#snapshot(this.#collection.listAt(revision, namespace));
  }

  eventsAfter(revision: number): readonly StoredEvent<T>[] {
    return this.#collection.eventsAfter(revision).map((event) => this.#event(event));
  }

  watch(listener: WatchListener<T>): () => void {
    return this.#collection.watch((event) => listener(this.#event(event)));
  }

  #snapshot({ objects, ...rest }: Snapshot<S>): Snapshot<T> {
    return { ...rest, objects: converted(objects, this.#convert) };
  }

  #event({ object, previous, ...rest }: StoredEvent<S>): StoredEvent<T> {
    return { ...rest, object: this.#convert(object), ...(previous && { previous: this.#convert(previous) }) };
  }
}

/** One after another, as they are asked for. */
function* converted<S, T>(objects: Iterable<S>, convert: Convert<S, T>): Generator<T> {
  for (const object of objects) yield convert(object);
}
