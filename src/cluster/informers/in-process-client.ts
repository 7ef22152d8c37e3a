import { notFound, type Draft, type KubeObject, type TracePlace } from '../../api/index.ts';
import type { Binding, Eviction, Namespace, Pod, TokenRequestSpec } from '../../api/generated/types.ts';
import { ApiError } from '../../api/index.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { ComponentPermissions } from '../apiserver/auth/component-permissions.ts';
import { namespaces, pods, serviceAccounts } from '../apiserver/registry/index.ts';
import type { ResourceDefinition, UserInfo } from '../apiserver/resource-definition.ts';
import { keyIn, type ResourceStore } from '../apiserver/rest/resource-store.ts';
import { tracedRequest } from '../apiserver/traced-request.ts';
import type { DeleteOptions as StoreDeleteOptions, WriteOptions } from '../apiserver/rest/write-options.ts';
import type { Trace } from '../trace.ts';
import type { ApiClient, DeleteOptions, ResourceClient } from './api-client.ts';

export interface ClientIdentity {
  readonly user: UserInfo;
  /** `kube-controller-manager`, `kube-scheduler`, `kubelet` */
  readonly fieldManager: string;
  readonly place: TracePlace;
}

/** The API server as a component of the cluster sees it: plain calls under the component's own name. */
export class InProcessClient implements ApiClient {
  readonly #apiServer: ApiServer;
  readonly #identity: ClientIdentity;
  readonly #trace: Trace;
  readonly #clients = new Map<string, ResourceClient<KubeObject>>();
  readonly #pods: ComponentPermissions;
  readonly #namespaces: ComponentPermissions;
  readonly #accounts: ComponentPermissions;

  constructor(apiServer: ApiServer, identity: ClientIdentity, trace: Trace) {
    this.#apiServer = apiServer;
    this.#pods = new ComponentPermissions(apiServer.policy, identity.user, pods);
    this.#namespaces = new ComponentPermissions(apiServer.policy, identity.user, namespaces);
    this.#accounts = new ComponentPermissions(apiServer.policy, identity.user, serviceAccounts);
    this.#identity = identity;
    this.#trace = trace;
  }

  resource<T extends KubeObject>(definition: ResourceDefinition<T>): ResourceClient<T> {
    const name = `${definition.group}/${definition.resource}`;
    let client = this.#clients.get(name);
    if (!client) {
      const made = new InProcessResourceClient<T>(
        this.#storeOf(definition),
        this.#calls(),
        new ComponentPermissions(this.#apiServer.policy, this.#identity.user, definition),
      );
      client = made as unknown as ResourceClient<KubeObject>;
      this.#clients.set(name, client);
    }
    return client as unknown as ResourceClient<T>;
  }

  definitions(): readonly ResourceDefinition[] {
    return this.#apiServer.definitions();
  }

  bind(binding: Draft<Binding & KubeObject>): void {
    const { namespace = '', name = '' } = binding.metadata;
    this.#pods.require(mayBind, namespace, name);
    this.#calls().request('bind', `pods/${keyIn(namespace, name)}`, () =>
      this.#apiServer.bindPod(namespace, name, binding as Binding, this.#options()),
    );
  }

  evict(eviction: Draft<Eviction & KubeObject>): void {
    const { namespace = '', name = '' } = eviction.metadata;
    this.#pods.require(mayEvict, namespace, name);
    this.#calls().request('evict', `pods/${keyIn(namespace, name)}`, () =>
      this.#apiServer.evictPod(namespace, name, eviction as unknown as Eviction, this.#options()),
    );
  }

  requestToken(namespace: string, serviceAccount: string, spec: TokenRequestSpec): string {
    this.#accounts.require(mayRequestToken, namespace, serviceAccount);
    return this.#request('create', `serviceaccounts/${keyIn(namespace, serviceAccount)}/token`, () =>
      this.#apiServer.requestToken(namespace, serviceAccount, spec),
    ).token;
  }

  finalizeNamespace(namespace: Namespace): void {
    this.#namespaces.require(mayFinalize, '', namespace.metadata.name);
    this.#request('finalize', `namespaces/${namespace.metadata.name}`, () =>
      this.#apiServer.finalizeNamespace(namespace, this.#options()),
    );
  }

  finishPodDeletion(pod: Pod): void {
    const { namespace = '', name, uid } = pod.metadata;
    try {
      this.resource<Pod>(pods).delete(namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
    } catch (error) {
      // Somebody else was faster, or the name belongs to a new pod already: either way this one is gone.
      if (!(error instanceof ApiError) || (error.reason !== 'NotFound' && error.reason !== 'Conflict')) throw error;
    }
  }

  /** That of a custom resource changes with its definition, and is empty once that is gone. */
  #storeOf<T extends KubeObject>(definition: ResourceDefinition<T>): () => ResourceStore<T> {
    let store = this.#apiServer.storeFor(definition);
    if (!definition.custom) return () => store;
    return () => (store = this.#apiServer.findStore(definition) ?? store);
  }

  #calls(): Calls {
    return { options: () => this.#options(), request: (verb, subject, run) => this.#request(verb, subject, run) };
  }

  #options(): WriteOptions {
    return { context: this.#apiServer.contextFor(this.#identity.user), fieldManager: this.#identity.fieldManager };
  }

  #request<R>(verb: string, subject: string, run: () => R): R {
    const { place } = this.#identity;
    return tracedRequest(this.#trace, { place, nowMs: this.#apiServer.nowMs, verb, subject }, run);
  }
}

const mayBind = ['create/binding'];
const mayEvict = ['create/eviction'];
const mayRequestToken = ['create/token'];
const mayFinalize = ['update/finalize'];
/** Who may list may read one of the list: controllers read what their caches hold. */
const mayGet = ['get', 'list'];
const mayList = ['list'];
const mayCreate = ['create'];
const mayDelete = ['delete'];
/** What is read, changed and written goes as an update or as a patch, whichever the component may send. */
const mayChange = ['update', 'patch'];
const mayChangeStatus = ['update/status', 'patch/status'];

interface Calls {
  options(): WriteOptions;
  request<R>(verb: string, subject: string, run: () => R): R;
}

class InProcessResourceClient<T extends KubeObject> implements ResourceClient<T> {
  readonly #storeNow: () => ResourceStore<T>;
  readonly #calls: Calls;
  readonly #permissions: ComponentPermissions;

  constructor(store: () => ResourceStore<T>, calls: Calls, permissions: ComponentPermissions) {
    this.#storeNow = store;
    this.#calls = calls;
    this.#permissions = permissions;
  }

  get #store(): ResourceStore<T> {
    return this.#storeNow();
  }

  get(namespace: string, name: string): T | undefined {
    this.#permissions.require(mayGet, namespace, name);
    return this.#store.collection.get(keyIn(namespace, name));
  }

  list(namespace?: string): readonly T[] {
    this.#permissions.require(mayList, namespace ?? '', '');
    return [...this.#store.collection.list(namespace).objects];
  }

  create(object: Draft<T>): T {
    const { namespace = '', name, generateName } = object.metadata;
    this.#permissions.require(mayCreate, namespace, name ?? '');
    const subject = this.#subject(namespace, name ?? generateName ?? '');
    return this.#calls.request('create', subject, () => this.#store.create(namespace, object, this.#calls.options()));
  }

  update(object: T): T {
    return this.#write(object.metadata.namespace ?? '', object.metadata.name, '', () => object);
  }

  updateStatus(object: T): T {
    return this.#write(object.metadata.namespace ?? '', object.metadata.name, 'status', () => object);
  }

  modify(namespace: string, name: string, change: (object: T) => T): T | undefined {
    return this.#modify(namespace, name, '', change);
  }

  modifyStatus(namespace: string, name: string, change: (object: T) => T): T | undefined {
    return this.#modify(namespace, name, 'status', change);
  }

  delete(namespace: string, name: string, options: DeleteOptions = {}): void {
    this.#permissions.require(mayDelete, namespace, name);
    this.#calls.request('delete', this.#subject(namespace, name), () => {
      const asked: StoreDeleteOptions = { ...this.#calls.options(), ...options };
      this.#store.delete(namespace, name, asked);
    });
  }

  #modify(namespace: string, name: string, subresource: string, change: (object: T) => T): T | undefined {
    const stored = this.#store.collection.get(keyIn(namespace, name));
    if (!stored) return undefined;
    const next = change(stored);
    return next === stored ? stored : this.#write(namespace, name, subresource, () => next);
  }

  #write(namespace: string, name: string, subresource: string, change: (stored: T) => T): T {
    this.#permissions.require(subresource === '' ? mayChange : mayChangeStatus, namespace, name);
    return this.#calls.request('update', this.#subject(namespace, name), () => {
      const options = { subresource, ...this.#calls.options() };
      const changed = (stored: T | undefined) => {
        if (!stored) throw notFound(this.#store.definition, name);
        return change(stored);
      };
      return this.#store.update(namespace, name, changed, options).object;
    });
  }

  #subject(namespace: string, name: string): string {
    return `${this.#store.definition.resource}/${keyIn(namespace, name)}`;
  }
}
