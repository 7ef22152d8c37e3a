import type { Pod, ReplicaSet } from '../../api/generated/types.ts';
import { ApiError, controllerOf, keyOf } from '../../api/index.ts';
import type { ObjectKey, OwnerReference } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { matchesLabels, queryFromLabelSelector } from '../../api/selectors/label-selector.ts';
import { pods, replicaSets } from '../apiserver/registry/index.ts';
import type { ResourceDefinition } from '../apiserver/resource-definition.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { Expectations } from './expectations.ts';
import { controllerReference, controllerUids, withOwner, withoutOwner } from './owner-reference.ts';
import { isNamespaceTerminating, PodControl } from './pod-control.ts';
import { podsToDelete } from './pod-ranking.ts';
import { isPodActive } from './pod-state.ts';
import { isSameReplicaSetStatus, replicaSetStatus } from './replica-set-status.ts';
import { ReplicaTally } from './replica-tally.ts';

/** Most pods that one pass creates or deletes. */
const burstReplicas = 500;
/** Pods that change within this time are reported together: about what a rate limit of 20 writes a second comes to. */
const batchMs = 50;

/**
 * Keeps as many pods running as each ReplicaSet asks for.
 * Upstream: pkg/controller/replicaset/replica_set.go
 * Differs: waits for no API rate limit between the pods of one pass.
 */
export function startReplicaSetController(context: ComponentContext): void {
  startReplicaController(context, {
    definition: replicaSets,
    cache: context.informers.informer(replicaSets),
    client: context.client.resource(replicaSets),
  });
}

/** What counts pods: ReplicaSets, or what can be seen as one. */
export interface ReplicaSource {
  readonly definition: Pick<ResourceDefinition, 'group' | 'version' | 'kind'>;
  readonly cache: Informer<ReplicaSet>;
  readonly client: Pick<ResourceClient<ReplicaSet>, 'get' | 'modifyStatus'>;
}

export function startReplicaController(context: ComponentContext, source: ReplicaSource): void {
  new ReplicaSetController(context, source).start();
}

class ReplicaSetController {
  readonly #context: ComponentContext;
  readonly #queue: WorkQueue;
  readonly #cache: Informer<ReplicaSet>;
  readonly #pods: Informer<Pod>;
  readonly #podClient: ResourceClient<Pod>;
  readonly #client: ReplicaSource['client'];
  readonly #definition: ReplicaSource['definition'];
  readonly #podControl: PodControl;
  readonly #expectations: Expectations;
  /** By the uid of the ReplicaSet: pods may be known before it is. */
  readonly #tallies = new Map<string, ReplicaTally>();
  /** Pods without a controller that a ReplicaSet's selector matches. */
  readonly #orphans = new Map<ObjectKey, Set<ObjectKey>>();

  constructor(context: ComponentContext, { definition, cache, client }: ReplicaSource) {
    this.#context = context;
    this.#definition = definition;
    this.#cache = cache;
    this.#pods = context.informers.informer(pods);
    this.#client = client;
    this.#podClient = context.client.resource(pods);
    this.#podControl = new PodControl(context);
    this.#expectations = new Expectations(context.clock);
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key) });
  }

  start(): void {
    // Siblings are the ReplicaSets with the same controller: upstream looks them up to see where their pods crowd.
    this.#cache.addIndex('controller', controllerUids);
    this.#pods.addIndex('orphan', (pod) => (controllerOf(pod) ? [] : [pod.metadata.namespace ?? '']));
    this.#cache.onChange({
      added: (replicaSet) => this.#queueWithOrphans(replicaSet),
      updated: (next, old) => {
        if (next.metadata.uid !== old.metadata.uid) this.#forget(old);
        if (jsonEqual(next.spec.selector, old.spec.selector)) this.#queue.add(keyOf(next));
        else this.#queueWithOrphans(next);
      },
      deleted: (replicaSet) => this.#forget(replicaSet),
    });
    this.#pods.onChange({
      added: (pod) => this.#podAdded(pod),
      updated: (next, old) => this.#podUpdated(next, old),
      deleted: (pod) => this.#podDeleted(pod),
    });
  }

  #podAdded(pod: Pod): void {
    const owner = this.#ownerOf(pod);
    if (!owner) {
      this.#offerOrphan(pod);
      return;
    }
    this.#tallyOf(owner.uid).set(pod);
    const key = this.#keyOfOwner(pod, owner);
    if (key === undefined) return;
    if (pod.metadata.deletionTimestamp) this.#expectations.deletionObserved(key, keyOf(pod));
    else this.#expectations.creationsObserved(key);
    this.#queue.add(key);
  }

  #podUpdated(next: Pod, old: Pod): void {
    const [owner, oldOwner] = [this.#ownerOf(next), this.#ownerOf(old)];
    if (oldOwner && oldOwner.uid !== owner?.uid) {
      this.#tallies.get(oldOwner.uid)?.remove(old);
      const key = this.#keyOfOwner(old, oldOwner);
      if (key !== undefined) this.#queue.add(key);
    }
    if (!owner) {
      const isNews = Boolean(oldOwner) || !jsonEqual(next.metadata.labels, old.metadata.labels);
      if (isNews) this.#offerOrphan(next);
      return;
    }
    this.#tallyOf(owner.uid).set(next);
    const key = this.#keyOfOwner(next, owner);
    if (key === undefined) return;
    if (next.metadata.deletionTimestamp) {
      this.#expectations.deletionObserved(key, keyOf(next));
      this.#queue.add(key);
    } else {
      this.#queue.addAfter(key, batchMs);
    }
  }

  #podDeleted(pod: Pod): void {
    const owner = this.#ownerOf(pod);
    if (!owner) return;
    const tally = this.#tallies.get(owner.uid);
    tally?.remove(pod);
    const key = this.#keyOfOwner(pod, owner);
    if (key !== undefined) {
      this.#expectations.deletionObserved(key, keyOf(pod));
      this.#queue.add(key);
    } else if (tally?.size === 0) {
      this.#tallies.delete(owner.uid);
    }
  }

  #reconcile(key: ObjectKey): void {
    const replicaSet = this.#cache.get(key);
    if (!replicaSet) return;
    const tally = this.#tallyOf(replicaSet.metadata.uid);
    tally.judgeBy({
      selector: replicaSet.spec.selector,
      templateLabels: replicaSet.spec.template?.metadata?.labels,
      minReadySeconds: replicaSet.spec.minReadySeconds ?? 0,
    });
    const isDeleting = replicaSet.metadata.deletionTimestamp !== undefined;
    if (!isDeleting) this.#claim(replicaSet, tally);

    const before = tally.active;
    const failure = !isDeleting && this.#expectations.areMet(key) ? this.#manage(replicaSet, tally) : undefined;
    const status = replicaSetStatus(replicaSet, tally, { failure, surplus: before - wanted(replicaSet) }, this.#nowMs);
    this.#writeStatus(replicaSet, status);
    const nextAvailableMs = tally.nextAvailableMs;
    if (nextAvailableMs !== undefined && nextAvailableMs < Infinity) {
      this.#queue.addAfter(key, Math.max(0, nextAvailableMs - this.#nowMs));
    }
    if (failure) throw failure;
  }

  /** Adopts pods that match and have no controller, lets go of those that match no longer. */
  #claim(replicaSet: ReplicaSet, tally: ReplicaTally): void {
    const { uid } = replicaSet.metadata;
    for (const stray of tally.strays()) {
      if (!isPodActive(stray)) continue;
      const { namespace = '', name } = stray.metadata;
      this.#podClient.modify(namespace, name, (pod) => withoutOwner(pod, uid));
    }
    const key = keyOf(replicaSet);
    const orphans = this.#orphans.get(key);
    if (!orphans) return;
    this.#orphans.delete(key);
    // The cache may be behind: an owner that is gone or going must not adopt.
    const fresh = this.#client.get(replicaSet.metadata.namespace ?? '', replicaSet.metadata.name);
    if (fresh?.metadata.uid !== uid || fresh.metadata.deletionTimestamp) return;
    const selector = queryFromLabelSelector(replicaSet.spec.selector);
    const reference = controllerReference(replicaSet, this.#definition);
    for (const orphanKey of orphans) {
      const orphan = this.#pods.get(orphanKey);
      if (!orphan) continue;
      this.#podClient.modify(orphan.metadata.namespace ?? '', orphan.metadata.name, (pod) => {
        const mayAdopt = !controllerOf(pod) && isPodActive(pod) && matchesLabels(selector, pod.metadata.labels);
        return mayAdopt ? withOwner(pod, reference) : pod;
      });
    }
  }

  /** Creates what is missing or deletes what is too much. @returns the refusal that stopped it, if one did */
  #manage(replicaSet: ReplicaSet, tally: ReplicaTally): ApiError | undefined {
    const surplus = tally.active - wanted(replicaSet);
    if (surplus < 0) return this.#createPods(replicaSet, Math.min(-surplus, burstReplicas));
    if (surplus > 0) return this.#deletePods(replicaSet, tally, Math.min(surplus, burstReplicas));
    return undefined;
  }

  /** In batches of 1, 2, 4, …: when all pods are going to be refused, only a few are tried. */
  #createPods(replicaSet: ReplicaSet, count: number): ApiError | undefined {
    const key = keyOf(replicaSet);
    const reference = controllerReference(replicaSet, this.#definition);
    this.#expectations.expectCreations(key, count);
    let failure: ApiError | undefined;
    let created = 0;
    let remaining = count;
    for (let batch = 1; batch > 0 && !failure; batch = Math.min(2 * batch, remaining)) {
      for (let n = 0; n < batch; n++) {
        try {
          this.#podControl.create(replicaSet.spec.template!, replicaSet, reference);
          created++;
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          if (isNamespaceTerminating(error)) created++;
          else failure ??= error;
        }
      }
      remaining -= batch;
    }
    this.#expectations.creationsObserved(key, count - created);
    return failure;
  }

  #deletePods(replicaSet: ReplicaSet, tally: ReplicaTally, count: number): ApiError | undefined {
    const key = keyOf(replicaSet);
    const chosen = podsToDelete(tally.activePods(), this.#relatedPods(replicaSet), count, this.#nowMs);
    this.#expectations.expectDeletions(key, chosen.map(keyOf));
    let failure: ApiError | undefined;
    for (const pod of chosen) {
      try {
        this.#podControl.delete(pod, replicaSet);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        this.#expectations.deletionObserved(key, keyOf(pod));
        if (error.reason !== 'NotFound') failure ??= error;
      }
    }
    return failure;
  }

  #relatedPods(replicaSet: ReplicaSet): readonly Pod[] {
    const controller = controllerOf(replicaSet);
    const siblings = controller ? this.#cache.byIndex('controller', controller.uid) : [replicaSet];
    return siblings.flatMap((sibling) => this.#tallies.get(sibling.metadata.uid)?.activePods() ?? []);
  }

  #writeStatus(replicaSet: ReplicaSet, status: ReplicaSet['status']): void {
    const { namespace = '', name, uid } = replicaSet.metadata;
    if (isSameReplicaSetStatus(replicaSet, status)) return;
    this.#client.modifyStatus(namespace, name, (fresh) => (fresh.metadata.uid === uid ? { ...fresh, status } : fresh));
  }

  #queueWithOrphans(replicaSet: ReplicaSet): void {
    const selector = queryFromLabelSelector(replicaSet.spec.selector);
    for (const pod of this.#pods.byIndex('orphan', replicaSet.metadata.namespace ?? '')) {
      if (isPodActive(pod) && matchesLabels(selector, pod.metadata.labels)) this.#remember(keyOf(replicaSet), pod);
    }
    this.#queue.add(keyOf(replicaSet));
  }

  #offerOrphan(pod: Pod): void {
    if (controllerOf(pod) || !isPodActive(pod)) return;
    for (const replicaSet of this.#cache.list(pod.metadata.namespace)) {
      if (!matchesLabels(queryFromLabelSelector(replicaSet.spec.selector), pod.metadata.labels)) continue;
      this.#remember(keyOf(replicaSet), pod);
      this.#queue.add(keyOf(replicaSet));
    }
  }

  #remember(key: ObjectKey, orphan: Pod): void {
    const orphans = this.#orphans.get(key) ?? new Set();
    this.#orphans.set(key, orphans.add(keyOf(orphan)));
  }

  #forget(replicaSet: ReplicaSet): void {
    const key = keyOf(replicaSet);
    this.#expectations.forget(key);
    this.#orphans.delete(key);
    if (this.#tallies.get(replicaSet.metadata.uid)?.size === 0) this.#tallies.delete(replicaSet.metadata.uid);
  }

  #tallyOf(uid: string): ReplicaTally {
    let tally = this.#tallies.get(uid);
    if (!tally) this.#tallies.set(uid, (tally = new ReplicaTally()));
    return tally;
  }

  /** The key of the ReplicaSet that a pod names as its controller, if it is that one and not a later namesake. */
  #keyOfOwner(pod: Pod, owner: OwnerReference): ObjectKey | undefined {
    const key = `${pod.metadata.namespace}/${owner.name}`;
    return this.#cache.get(key)?.metadata.uid === owner.uid ? key : undefined;
  }

  #ownerOf(pod: Pod): OwnerReference | undefined {
    const controller = controllerOf(pod);
    return controller?.kind === this.#definition.kind ? controller : undefined;
  }

  get #nowMs(): number {
    return this.#context.clock.nowMs;
  }
}

function wanted(replicaSet: ReplicaSet): number {
  return replicaSet.spec.replicas ?? 1;
}
