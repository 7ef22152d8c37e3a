import type { KubeObject, ObjectKey } from '../../api/index.ts';
import type { ResourceDefinition } from '../apiserver/resource-definition.ts';

/**
 * A component's view of one resource: what the watch has told it so far, a little behind the store.
 * One set of informers serves the controller manager, one the scheduler, one all kubelets together (see `kubelet/pod-feed.ts`).
 * Upstream: client-go/tools/cache
 */
export interface Informer<T extends KubeObject> {
  get(key: ObjectKey): T | undefined;
  list(namespace?: string): readonly T[];
  /** Objects whose `indexName` function gave `value`; insertion order. */
  byIndex(indexName: string, value: string): readonly T[];
  /** Adds an index; call it before the cluster starts. Adding the same name again is fine. */
  addIndex(indexName: string, valuesOf: (object: T) => readonly string[]): void;
  /** Handlers run in the order they were added, inside the clock event that delivers the watch event. */
  onChange(handler: InformerHandler<T>): void;
}

export interface InformerHandler<T> {
  added?(object: T): void;
  updated?(next: T, old: T): void;
  deleted?(object: T): void;
}

export interface InformerFactory {
  /** The informer of a resource: always the same one for the same factory. */
  informer<T extends KubeObject>(definition: ResourceDefinition<T>): Informer<T>;
}
