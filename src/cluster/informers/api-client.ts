import type { KubeObject, Draft } from '../../api/index.ts';
import type { Binding, Eviction, Namespace, Pod, TokenRequestSpec } from '../../api/generated/types.ts';
import type { ResourceDefinition } from '../apiserver/resource-definition.ts';

/**
 * The in-process way to the API server for controllers, scheduler and kubelets: the same admission, validation and
 * storage as a request over HTTP, without serialising. Every refusal is a thrown ApiError. Calls return at the same
 * virtual instant; what takes time is the watch that brings the change to others.
 */
export interface ApiClient {
  resource<T extends KubeObject>(definition: ResourceDefinition<T>): ResourceClient<T>;
  /** Everything that is stored at the moment, custom resources included, each in one version. */
  definitions(): readonly ResourceDefinition[];
  /** The `binding` sub-resource of a pod. */
  bind(binding: Draft<Binding & KubeObject>): void;
  /** The `eviction` sub-resource of a pod. */
  evict(eviction: Draft<Eviction & KubeObject>): void;
  /** The `token` sub-resource of a service account. @returns the token; throws NotFound. Its code must have been awaited. */
  requestToken(namespace: string, serviceAccount: string, spec: TokenRequestSpec): string;
  /** The `finalize` sub-resource of a namespace: takes over its `spec.finalizers`. With the last of them a deleted namespace goes. */
  finalizeNamespace(namespace: Namespace): void;
  /** Removes a finished pod for good: what a kubelet does once its containers are gone (grace period 0, by uid). */
  finishPodDeletion(pod: Pod): void;
}

export interface ResourceClient<T extends KubeObject> {
  /** Straight from the store (not a cache); undefined when there is none. */
  get(namespace: string, name: string): T | undefined;
  /** All of them, or those of one namespace. */
  list(namespace?: string): readonly T[];
  create(object: Draft<T>): T;
  /** Throws Conflict when `metadata.resourceVersion` is not the stored one. */
  update(object: T): T;
  updateStatus(object: T): T;
  /** Reads the stored object, changes it, writes it; undefined when it is gone. Returning the same object writes nothing. */
  modify(namespace: string, name: string, change: (object: T) => T): T | undefined;
  modifyStatus(namespace: string, name: string, change: (object: T) => T): T | undefined;
  delete(namespace: string, name: string, options?: DeleteOptions): void;
}

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}
