import type { KubeObject } from '../../api/index.ts';
import type { Binding, Eviction, Namespace, Pod, Service } from '../../api/generated/types.ts';
import { invariant, type RandomStream, type VirtualClock } from '../../kernel/index.ts';
import type { Store } from '../store/index.ts';
import type { Trace } from '../trace.ts';
import { Admission } from './admission/admission.ts';
import { namespaceLifecycle } from './admission/namespace-lifecycle.ts';
import { namespaces, pods, resources, services } from './registry/index.ts';
import type { RequestContext, ResourceDefinition, UserInfo } from './resource-definition.ts';
import { ResourceStore } from './rest/resource-store.ts';
import { ServiceAddresses } from './rest/service-addresses.ts';
import { storagePrefix } from './rest/storage-prefix.ts';
import type { WriteOptions } from './rest/write-options.ts';
import { bindPod } from './subresources/binding.ts';
import { evictPod } from './subresources/eviction.ts';
import { finalizeNamespace } from './subresources/finalize.ts';

export interface ApiServerParts {
  readonly clock: VirtualClock;
  readonly random: RandomStream;
  readonly trace: Trace;
  readonly store: Store;
}

/**
 * The API server: the only one who talks to the store.
 * Upstream: cmd/kube-apiserver, apiserver/pkg/server
 */
export class ApiServer {
  readonly #clock: VirtualClock;
  readonly #stores = new Map<string, ResourceStore>();
  #now = { second: Number.NaN, text: '' };

  constructor({ clock, random, trace, store }: ApiServerParts) {
    this.#clock = clock;
    const collectionOf = <T extends KubeObject>(definition: ResourceDefinition<T>) =>
      store.collection<T>(storagePrefix(definition));
    const parts = {
      clock,
      trace,
      random: random.fork('apiserver'),
      admission: new Admission([namespaceLifecycle(collectionOf<Namespace>(namespaces))]),
      allocator: new ServiceAddresses(collectionOf<Service>(services), random.fork('apiserver/services')),
    };
    for (const definition of resources) {
      this.#stores.set(nameOf(definition), new ResourceStore(definition, collectionOf(definition), parts));
    }
  }

  get nowMs(): number {
    return this.#clock.nowMs;
  }

  /** Where the objects of a resource are read and written. */
  storeFor<T extends KubeObject>(definition: ResourceDefinition<T>): ResourceStore<T> {
    const store = this.#stores.get(nameOf(definition));
    invariant(store, `the API server serves ${nameOf(definition)}`);
    return store as unknown as ResourceStore<T>;
  }

  /** What the rest of the pipeline needs to know of a request by `user` at this moment. */
  contextFor(user: UserInfo): RequestContext {
    const { nowMs } = this.#clock;
    const second = Math.floor(nowMs / 1000);
    if (second !== this.#now.second) {
      this.#now = { second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` };
    }
    return { user, nowMs, now: this.#now.text };
  }

  bindPod(namespace: string, name: string, binding: Binding, options: WriteOptions): void {
    bindPod(this.storeFor<Pod>(pods), namespace, name, binding, options);
  }

  evictPod(namespace: string, name: string, eviction: Eviction, options: WriteOptions): void {
    evictPod(this.storeFor<Pod>(pods), namespace, name, eviction, options);
  }

  finalizeNamespace(namespace: Namespace, options: WriteOptions): Namespace {
    return finalizeNamespace(this.storeFor<Namespace>(namespaces), namespace, options);
  }
}

function nameOf({ group, resource }: Pick<ResourceDefinition, 'group' | 'resource'>): string {
  return group ? `${resource}.${group}` : resource;
}
