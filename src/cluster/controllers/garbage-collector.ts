import { ApiError, groupResourceName } from '../../api/index.ts';
import type { KubeObject, OwnerReference } from '../../api/index.ts';
import { customResourceDefinitions, resources } from '../apiserver/registry/index.ts';
import type { ResourceDefinition } from '../apiserver/resource-definition.ts';
import type { DeleteOptions } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { OwnerGraph } from './garbage-collector/owner-graph.ts';
import { withoutOwner } from './owner-reference.ts';

const orphanFinalizer = 'orphan';
const foregroundFinalizer = 'foregroundDeletion';
/** How often discovery is asked for what else there is. Upstream: the garbage collector's resync */
const discoveryIntervalMs = 30_000;
/** How often an object that the graph does not show through yet is looked at again. */
const recheckMs = 1_000;

/**
 * Deletes what belongs to objects that are gone, and does what a delete with `orphan` or `foreground` asks for.
 * Upstream: pkg/controller/garbagecollector
 */
export function startGarbageCollector(context: ComponentContext): void {
  new GarbageCollector(context).start();
}

class GarbageCollector {
  readonly #context: ComponentContext;
  readonly #graph = new OwnerGraph();
  readonly #definitions = new Map<string, ResourceDefinition>();
  readonly #byKind = new Map<string, ResourceDefinition>();
  readonly #queue: WorkQueue;
  #isLooking = false;

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key), workers: 20 });
  }

  start(): void {
    for (const definition of resources) this.#watch(definition);
    const look = (): void => this.#lookForResources();
    this.#context.informers.informer(customResourceDefinitions).onChange({ added: look, updated: look, deleted: look });
  }

  #watch(definition: ResourceDefinition): void {
    // Events name no owners and are many: upstream leaves them out too.
    if (definition.resource === 'events') return;
    const name = groupResourceName(definition);
    const isKnown = this.#definitions.has(name);
    this.#definitions.set(name, definition);
    this.#byKind.set(`${definition.group}/${definition.kind}`, definition);
    if (isKnown) return;
    this.#context.informers.informer(definition).onChange({
      added: (object) => this.#seen(name, object),
      updated: (object, old) => {
        if (object.metadata !== old.metadata) this.#seen(name, object);
      },
      deleted: (object) => this.#gone(object),
    });
  }

  /** Objects may have named owners of the kind before it was known; now it shows whether those are there. */
  #watchCustom(definition: ResourceDefinition): void {
    const isNew = !this.#definitions.has(groupResourceName(definition));
    this.#watch(definition);
    if (!isNew) return;
    const waiting = this.#graph.dependentsWith((owner) => this.#definitionOf(owner) === definition);
    for (const { key } of waiting) this.#queue.add(key);
  }

  /** Custom resources are found when discovery is asked again. */
  #lookForResources(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const { clock, component } = this.#context;
    const delayMs = discoveryIntervalMs - (clock.nowMs % discoveryIntervalMs);
    clock.schedule(delayMs, { component, action: 'discover' }, () => {
      this.#isLooking = false;
      const all = this.#context.client.definitions();
      for (const definition of all) if (definition.custom) this.#watchCustom(definition);
      const served = new Set(all.map(groupResourceName));
      for (const [name, definition] of this.#definitions) {
        if (definition.custom && !served.has(name)) {
          this.#definitions.delete(name);
          this.#byKind.delete(`${definition.group}/${definition.kind}`);
        }
      }
    });
  }

  #seen(resource: string, object: KubeObject): void {
    const { metadata } = object;
    const key = keyFor(resource, object);
    const newOwners = this.#graph.set(key, object);
    if (newOwners.some((owner) => !this.#isThere(owner, metadata.namespace))) this.#queue.add(key);
    if (metadata.deletionTimestamp && hasCollectorFinalizer(object)) this.#queue.add(key);
    // A dependent that no longer blocks its owner may have been the last to do so.
    if (metadata.deletionTimestamp && metadata.ownerReferences)
      this.#queueWaitingOwners(metadata.ownerReferences, metadata.namespace);
  }

  #gone({ metadata }: KubeObject): void {
    this.#graph.delete(metadata.uid);
    for (const dependent of this.#graph.dependentsOf(metadata.uid)) this.#queue.add(dependent.key);
    if (metadata.ownerReferences) this.#queueWaitingOwners(metadata.ownerReferences, metadata.namespace);
  }

  #queueWaitingOwners(owners: readonly OwnerReference[], namespace: string | undefined): void {
    for (const owner of owners) {
      const object = this.#ownerObject(owner, namespace);
      const resource = this.#definitionOf(owner);
      if (object && resource && isWaitingForDependents(object)) {
        this.#queue.add(keyFor(groupResourceName(resource), object));
      }
    }
  }

  #reconcile(key: string): void {
    const found = this.#find(key);
    if (!found) return;
    const { definition, object } = found;
    if (object.metadata.deletionTimestamp) {
      if (object.metadata.finalizers?.includes(orphanFinalizer)) this.#orphanDependents(definition, object);
      else if (isWaitingForDependents(object)) this.#deleteDependents(key, definition, object);
      return;
    }
    this.#attemptToDelete(definition, object);
  }

  /** Deletes an object when none of its owners is left; otherwise only strikes out those that are gone. */
  #attemptToDelete(definition: ResourceDefinition, object: KubeObject): void {
    const { ownerReferences = [], namespace, name, uid, finalizers } = object.metadata;
    if (ownerReferences.length === 0) return;
    const isSolid = (owner: OwnerReference): boolean => {
      const stored = this.#ownerObject(owner, namespace);
      return stored !== undefined && !isWaitingForDependents(stored);
    };
    const solid = ownerReferences.filter(isSolid);
    if (solid.length === ownerReferences.length) return;
    const api = this.#context.client.resource(definition);
    if (solid.length > 0) {
      const lost = ownerReferences.filter((owner) => !solid.includes(owner));
      api.modify(namespace ?? '', name, (fresh) => lost.reduce((next, owner) => withoutOwner(next, owner.uid), fresh));
      return;
    }
    const isWaitedFor = ownerReferences.some((owner) => this.#ownerObject(owner, namespace) !== undefined);
    const propagationPolicy = isWaitedFor && this.#graph.hasDependents(uid) ? 'Foreground' : policyOf(finalizers ?? []);
    this.#delete(definition, object, { propagationPolicy, preconditions: { uid } });
  }

  /** Foreground: the owner stays until those that block it are gone. */
  #deleteDependents(key: string, definition: ResourceDefinition, owner: KubeObject): void {
    const { uid } = owner.metadata;
    const blocking = this.#graph
      .dependentsOf(uid)
      .filter(({ owners }) => owners.some((reference) => reference.uid === uid && reference.blockOwnerDeletion));
    let isBlocked = false;
    for (const dependent of blocking) {
      const found = this.#find(dependent.key);
      if (!found || found.object.metadata.uid !== dependent.uid) continue;
      isBlocked = true;
      if (!found.object.metadata.deletionTimestamp) this.#queue.add(dependent.key);
    }
    if (!isBlocked) {
      this.#removeFinalizer(definition, owner, foregroundFinalizer);
      return;
    }
    for (const dependent of this.#graph.dependentsOf(uid)) {
      if (!blocking.includes(dependent)) this.#queue.add(dependent.key);
    }
    this.#queue.addAfter(key, recheckMs);
  }

  #orphanDependents(definition: ResourceDefinition, owner: KubeObject): void {
    const { uid } = owner.metadata;
    for (const dependent of this.#graph.dependentsOf(uid)) {
      const found = this.#find(dependent.key);
      if (!found || found.object.metadata.uid !== dependent.uid) continue;
      const { namespace = '', name } = found.object.metadata;
      this.#context.client.resource(found.definition).modify(namespace, name, (fresh) => withoutOwner(fresh, uid));
    }
    this.#removeFinalizer(definition, owner, orphanFinalizer);
  }

  #removeFinalizer(definition: ResourceDefinition, { metadata }: KubeObject, finalizer: string): void {
    this.#context.client.resource(definition).modify(metadata.namespace ?? '', metadata.name, (fresh) => {
      if (fresh.metadata.uid !== metadata.uid || !fresh.metadata.finalizers?.includes(finalizer)) return fresh;
      const finalizers = fresh.metadata.finalizers.filter((other) => other !== finalizer);
      return { ...fresh, metadata: { ...fresh.metadata, finalizers } };
    });
  }

  #delete(definition: ResourceDefinition, { metadata }: KubeObject, options: DeleteOptions): void {
    try {
      this.#context.client.resource(definition).delete(metadata.namespace ?? '', metadata.name, options);
    } catch (error) {
      if (!(error instanceof ApiError && (error.reason === 'NotFound' || error.reason === 'Conflict'))) throw error;
    }
  }

  /** The stored object of a key: the cache may be behind, and deleting by mistake cannot be undone. */
  #find(key: string): { readonly definition: ResourceDefinition; readonly object: KubeObject } | undefined {
    const [resource = '', ...rest] = key.split('/');
    const definition = this.#definitions.get(resource);
    if (!definition) return undefined;
    const [namespace, name] = rest.length === 2 ? [rest[0]!, rest[1]!] : ['', rest[0]!];
    const object = this.#context.client.resource(definition).get(namespace, name);
    return object && { definition, object };
  }

  #isThere(owner: OwnerReference, namespace: string | undefined): boolean {
    // An owner of a kind that is not served cannot be told to be gone.
    return !this.#definitionOf(owner) || this.#ownerObject(owner, namespace) !== undefined;
  }

  #ownerObject(owner: OwnerReference, namespace: string | undefined): KubeObject | undefined {
    const definition = this.#definitionOf(owner);
    if (!definition) return undefined;
    const object = this.#context.client
      .resource(definition)
      .get(definition.isNamespaced ? (namespace ?? '') : '', owner.name);
    return object?.metadata.uid === owner.uid ? object : undefined;
  }

  #definitionOf({ apiVersion, kind }: OwnerReference): ResourceDefinition | undefined {
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    return this.#byKind.get(`${group}/${kind}`);
  }
}

function keyFor(resource: string, { metadata }: KubeObject): string {
  return metadata.namespace ? `${resource}/${metadata.namespace}/${metadata.name}` : `${resource}/${metadata.name}`;
}

function isWaitingForDependents({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers?.includes(foregroundFinalizer) ?? false);
}

function hasCollectorFinalizer({ metadata }: KubeObject): boolean {
  return metadata.finalizers?.some((name) => name === orphanFinalizer || name === foregroundFinalizer) ?? false;
}

function policyOf(finalizers: readonly string[]): NonNullable<DeleteOptions['propagationPolicy']> {
  if (finalizers.includes(orphanFinalizer)) return 'Orphan';
  return finalizers.includes(foregroundFinalizer) ? 'Foreground' : 'Background';
}
