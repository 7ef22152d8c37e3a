export {
  Collection,
  type CollectionView,
  type ReadableCollection,
  type Snapshot,
  type WatchListener,
} from './collection.ts';
export { Store, type StoreOptions } from './store.ts';
export { StoreConflict } from './store-conflict.ts';
export type { StoredEvent } from './stored-event.ts';
