import { ApiError, type KubeObject, type ObjectKey } from '../../../api/index.ts';
import type { ReadableCollection, Snapshot, StoredEvent } from '../../store/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { methodNotAllowed } from '../response/server-errors.ts';
import { keyIn } from './resource-store.ts';
import type { ObjectStore } from './object-store.ts';

/** Objects that nobody writes: the API server makes them up when it is asked, and etcd has never heard of them. */
export class FixedStore<T extends KubeObject> implements ObjectStore<T> {
  readonly definition: ResourceDefinition<T>;
  readonly collection: ReadableCollection<T>;
  readonly #clock: { readonly nowMs: number };

  constructor(definition: ResourceDefinition<T>, objects: readonly T[], clock: { readonly nowMs: number }) {
    this.definition = definition;
    this.collection = new FixedCollection(objects);
    this.#clock = clock;
  }

  get nowMs(): number {
    return this.#clock.nowMs;
  }

  get(namespace: string, name: string): T {
    const found = this.collection.get(keyIn(namespace, name));
    // Upstream's answer is an error without a reason.
    if (!found) throw new ApiError(500, '', `Component not found: ${name}`);
    return found;
  }

  create(): never {
    throw methodNotAllowed();
  }

  update(): never {
    throw methodNotAllowed();
  }

  delete(): never {
    throw methodNotAllowed();
  }
}

class FixedCollection<T extends KubeObject> implements ReadableCollection<T> {
  readonly revision = 0;
  readonly compactedRevision = 0;
  readonly #objects: readonly T[];

  constructor(objects: readonly T[]) {
    this.#objects = objects;
  }

  get(key: ObjectKey): T | undefined {
    return this.#objects.find(({ metadata }) => keyIn(metadata.namespace ?? '', metadata.name) === key);
  }

  list(): Snapshot<T> {
    return { revision: this.revision, count: this.#objects.length, objects: this.#objects };
  }

  listAt(): Snapshot<T> {
    return this.list();
  }

  eventsAfter(): readonly StoredEvent<T>[] {
    return [];
  }

  watch(): () => void {
    return () => {};
  }
}
