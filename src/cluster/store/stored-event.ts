import type { KubeObject, ObjectKey } from '../../api/index.ts';

/** One change as the history keeps it and as watchers get it. */
export interface StoredEvent<T extends KubeObject = KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** The store's revision after the change. */
  readonly revision: number;
  readonly key: ObjectKey;
  /** The object after the change; for DELETED its last state, with the revision of the deletion. */
  readonly object: T;
  /** The object before the change: absent for ADDED. */
  readonly previous?: T;
}
