import type { Draft, KubeObject } from '../../../api/index.ts';
import type { ReadableCollection } from '../../store/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import type { DeleteOptions, Deletion, UpdateOptions, WriteOptions } from './write-options.ts';

/** What the verbs of HTTP need of a resource, wherever and in whatever form its objects are kept. */
export interface ObjectStore<T extends KubeObject = KubeObject> {
  readonly definition: ResourceDefinition<T>;
  readonly collection: ReadableCollection<T>;
  readonly nowMs: number;
  get(namespace: string, name: string): T;
  create(namespace: string, object: Draft<T>, options: WriteOptions): T;
  update(
    namespace: string,
    name: string,
    change: (stored: T | undefined) => T,
    options: UpdateOptions,
  ): { readonly object: T; readonly isNew: boolean };
  delete(namespace: string, name: string, options: DeleteOptions): Deletion<T>;
}
