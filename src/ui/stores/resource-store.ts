import { createStore, type StoreApi } from 'zustand/vanilla';
import { keyOf, type KubeObject, type ObjectKey } from '../../api/index.ts';
import type { KubeApi } from '../../client/index.ts';
import { createFrameBatch } from './frame-batch.ts';
import { collectionPath, type Kind } from './kinds.ts';
import { watchResource, type WatchPhase } from './watch-resource.ts';

export interface Change<T> {
  readonly key: ObjectKey;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

export interface ResourceState<T> {
  /** Counts the batches; the map below is the same one throughout, so compare this. */
  readonly revision: number;
  readonly objects: ReadonlyMap<ObjectKey, T>;
  /** What the latest batch brought: readers that keep something of their own follow these instead of reading all. */
  readonly changes: readonly Change<T>[];
  readonly phase: WatchPhase;
}

export interface ResourceStore<T extends KubeObject> extends StoreApi<ResourceState<T>> {
  readonly kind: Kind;
  start(): void;
  stop(): void;
  /** Forgets the revision and lists anew: after time was turned back. */
  restart(): void;
}

/** The objects of one kind, kept by a list and a watch. Changes are published once a frame. */
export function createResourceStore<T extends KubeObject>(api: KubeApi, kind: Kind): ResourceStore<T> {
  const objects = new Map<ObjectKey, T>();
  /** What each changed object was at the last publication. */
  const pending = new Map<ObjectKey, T | undefined>();
  const store = createStore<ResourceState<T>>(() => ({ revision: 0, objects, changes: [], phase: 'loading' }));
  let abort: AbortController | undefined;

  const batch = createFrameBatch(() => {
    const changes: Change<T>[] = [];
    for (const [key, before] of pending) {
      const after = objects.get(key);
      if (before !== after) changes.push({ key, before, after });
    }
    pending.clear();
    const { revision, phase } = store.getState();
    if (changes.length > 0 || phase === 'loading') store.setState({ revision: revision + 1, changes });
  });

  function put(key: ObjectKey, after: T | undefined) {
    const before = objects.get(key);
    if (!pending.has(key)) pending.set(key, before);
    if (after) objects.set(key, after);
    else objects.delete(key);
  }

  const sink = {
    replace(list: readonly T[]) {
      const kept = new Set<ObjectKey>();
      for (const object of list) {
        const key = keyOf(object);
        kept.add(key);
        if (objects.get(key)?.metadata.resourceVersion !== object.metadata.resourceVersion) put(key, object);
      }
      // Deleting from a map while walking over it is fine.
      for (const key of objects.keys()) if (!kept.has(key)) put(key, undefined);
      batch.flushNow();
    },
    upsert(object: T) {
      put(keyOf(object), object);
      batch.request();
    },
    remove(object: T) {
      put(keyOf(object), undefined);
      batch.request();
    },
    setPhase(phase: WatchPhase) {
      if (store.getState().phase !== phase) store.setState({ phase, changes: [] });
    },
  };

  const stop = () => abort?.abort();
  function start() {
    stop();
    abort = new AbortController();
    void watchResource<T>(api, sink, { path: collectionPath(kind), signal: abort.signal });
  }

  return Object.assign(store, { kind, start, stop, restart: start });
}
