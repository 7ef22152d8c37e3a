import type {
  ControllerRevision,
  PersistentVolumeClaim,
  Pod,
  StatefulSet,
  StatefulSetStatus,
} from '../../api/generated/types.ts';
import { ApiError, keyOf } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { persistentVolumeClaims, pods, statefulSets } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { OwnedPods } from './owned-pods.ts';
import { RevisionHistories } from './revision-history.ts';
import type { RevisionHistory } from './revision-history.ts';
import { claimNames, claimOwners, claimsFor } from './stateful-set/claims.ts';
import { isAvailable, isRunningAndReady, nextSteps } from './stateful-set/next-step.ts';
import type { Step } from './stateful-set/next-step.ts';
import { ordinalOf } from './stateful-set/ordinal.ts';
import { revisionOf, statefulPod } from './stateful-set/stateful-pod.ts';
import { withoutZeros } from './without-zeros.ts';

/**
 * Runs pods with names that last, one after the other.
 * Upstream: pkg/controller/statefulset
 * Differs: adopts no pods, takes maxUnavailable for 1.
 */
export function startStatefulSetController(context: ComponentContext): void {
  new StatefulSetController(context).start();
}

class StatefulSetController {
  readonly #context: ComponentContext;
  readonly #cache: Informer<StatefulSet>;
  readonly #pods: OwnedPods<StatefulSet>;
  readonly #client: ResourceClient<StatefulSet>;
  readonly #podClient: ResourceClient<Pod>;
  readonly #claimClient: ResourceClient<PersistentVolumeClaim>;
  readonly #histories: RevisionHistories;
  readonly #queue: WorkQueue;

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#cache = context.informers.informer(statefulSets);
    this.#client = context.client.resource(statefulSets);
    this.#podClient = context.client.resource(pods);
    this.#claimClient = context.client.resource(persistentVolumeClaims);
    this.#histories = new RevisionHistories(context);
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key) });
    this.#pods = new OwnedPods(context, {
      kind: 'StatefulSet',
      owners: this.#cache,
      changed: (key) => this.#queue.add(key),
      // Its name was taken as long as the pod of the set before was there.
      leftBehind: (_pod, key) => this.#queue.add(key),
    });
  }

  start(): void {
    this.#pods.watch();
    const queue = (set: StatefulSet): void => this.#queue.add(keyOf(set));
    this.#cache.onChange({ added: queue, updated: queue });
  }

  #reconcile(key: ObjectKey): void {
    const set = this.#cache.get(key);
    if (!set || set.metadata.deletionTimestamp) return;
    const history = this.#histories.sync(set, statefulSets, set.spec.template, set.status?.collisionCount ?? 0);
    const update = history.current;
    const current = history.older.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update;
    const { nowMs } = this.#context.clock;
    this.#giveClaimsToOwners(set);
    for (const step of nextSteps(set, this.#pods.of(set), update.metadata.name, nowMs)) {
      this.#take(step, set, current, update);
    }
    this.#writeStatus(set, current, update);
    this.#trim(set, history);
    const { minReadySeconds = 0 } = set.spec;
    const isMaturing = this.#pods.of(set).some((pod) => isRunningAndReady(pod) && !isAvailable(pod, set, nowMs));
    if (isMaturing) this.#queue.addAfter(key, minReadySeconds * 1000);
  }

  #take(step: Step, set: StatefulSet, current: ControllerRevision, update: ControllerRevision): void {
    const { events } = this.#context;
    if (step.type === 'create') {
      this.#create(set, this.#isStillCurrent(set, step.ordinal) ? current : update, step.ordinal);
      return;
    }
    const { pod } = step;
    if (step.type === 'recreate') {
      const isFailed = pod.status.phase === 'Failed';
      const [type, reason, word] = isFailed
        ? (['Warning', 'RecreatingFailedPod', 'failed'] as const)
        : (['Normal', 'RecreatingTerminatedPod', 'terminated'] as const);
      const message = `StatefulSet ${keyOf(set)} is recreating ${word} Pod ${pod.metadata.name}`;
      events.record(set, type, reason, message);
    }
    this.#delete(set, pod);
  }

  #create(set: StatefulSet, revision: ControllerRevision, ordinal: number): void {
    const draft = statefulPod(set, revision, ordinal);
    const what = `create Pod ${draft.metadata.name} in StatefulSet ${set.metadata.name}`;
    this.#createClaims(set, ordinal, draft.metadata.name ?? '');
    try {
      this.#podClient.create(draft);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Ours, on its way through the watch, or the last one that has not quite gone.
      if (error.reason === 'AlreadyExists') return;
      this.#context.events.record(set, 'Warning', 'FailedCreate', `${what} failed error: ${error.message}`);
      throw error;
    }
    this.#context.events.record(set, 'Normal', 'SuccessfulCreate', `${what} successful`);
  }

  #createClaims(set: StatefulSet, ordinal: number, podName: string): void {
    for (const draft of claimsFor(set, ordinal)) {
      const { namespace = '', name = '' } = draft.metadata;
      if (this.#claimClient.get(namespace, name)) continue;
      const what = `create Claim ${name}`;
      try {
        this.#claimClient.create(draft);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const message = `${what} for Pod ${podName} in StatefulSet ${set.metadata.name} failed error: ${error.message}`;
        this.#context.events.record(set, 'Warning', 'FailedCreate', message);
        throw error;
      }
      const message = `${what} Pod ${podName} in StatefulSet ${set.metadata.name} success`;
      this.#context.events.record(set, 'Normal', 'SuccessfulCreate', message);
    }
  }

  #giveClaimsToOwners(set: StatefulSet): void {
    if (!set.spec.volumeClaimTemplates?.length) return;
    for (const pod of this.#pods.of(set)) {
      for (const name of claimNames(set, ordinalOf(pod, set) ?? -1)) {
        this.#claimClient.modify(set.metadata.namespace ?? '', name, (claim) => {
          const ownerReferences = claimOwners(claim, set, pod);
          if (jsonEqual(ownerReferences, claim.metadata.ownerReferences ?? [])) return claim;
          return { ...claim, metadata: { ...claim.metadata, ownerReferences } };
        });
      }
    }
  }

  #delete(set: StatefulSet, { metadata }: Pod): void {
    const { namespace = '', name, uid } = metadata;
    const stored = this.#podClient.get(namespace, name);
    if (stored?.metadata.uid !== uid || stored.metadata.deletionTimestamp) return;
    const what = `delete Pod ${name} in StatefulSet ${set.metadata.name}`;
    try {
      this.#podClient.delete(namespace, name, { preconditions: { uid } });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#context.events.record(set, 'Warning', 'FailedDelete', `${what} failed error: ${error.message}`);
      throw error;
    }
    this.#context.events.record(set, 'Normal', 'SuccessfulDelete', `${what} successful`);
  }

  /** Below the partition a pod keeps the version it had. */
  #isStillCurrent({ spec }: StatefulSet, ordinal: number): boolean {
    const { partition } = spec.updateStrategy?.rollingUpdate ?? {};
    return partition !== undefined && ordinal < (spec.ordinals?.start ?? 0) + partition;
  }

  #writeStatus(set: StatefulSet, current: ControllerRevision, update: ControllerRevision): void {
    const { nowMs } = this.#context.clock;
    const owned = this.#pods.of(set);
    const count = (counts: (pod: Pod) => boolean): number => owned.filter(counts).length;
    const stays = (pod: Pod): boolean => !pod.metadata.deletionTimestamp;
    const updated = count((pod) => stays(pod) && revisionOf(pod) === update.metadata.name);
    const ready = count(isRunningAndReady);
    const isRolledOut = updated === owned.length && ready === owned.length && owned.length === (set.spec.replicas ?? 1);
    const currentName = isRolledOut ? update.metadata.name : current.metadata.name;
    const { collisionCount, conditions } = set.status ?? {};
    const status: StatefulSetStatus = {
      replicas: owned.length,
      ...withoutZeros({
        observedGeneration: set.metadata.generation ?? 0,
        readyReplicas: ready,
        currentReplicas: count((pod) => stays(pod) && revisionOf(pod) === currentName),
        updatedReplicas: updated,
      }),
      availableReplicas: count((pod) => isAvailable(pod, set, nowMs)),
      currentRevision: currentName,
      updateRevision: update.metadata.name,
      collisionCount: collisionCount ?? 0,
      ...(conditions && { conditions }),
    };
    if (jsonEqual(set.status, status)) return;
    const { namespace = '', name, uid } = set.metadata;
    this.#client.modifyStatus(namespace, name, (fresh) => (fresh.metadata.uid === uid ? { ...fresh, status } : fresh));
  }

  #trim(set: StatefulSet, history: RevisionHistory): void {
    const inUse = new Set([set.status?.currentRevision, ...this.#pods.of(set).map(revisionOf)]);
    this.#histories.trim(history, set.spec.revisionHistoryLimit ?? 10, ({ metadata }) => inUse.has(metadata.name));
  }
}
