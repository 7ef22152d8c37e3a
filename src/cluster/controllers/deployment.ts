import type { Deployment, Pod, ReplicaSet } from '../../api/generated/types.ts';
import { controllerOf, keyOf } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { matchesLabels, queryFromLabelSelector } from '../../api/selectors/label-selector.ts';
import { jsonEqual } from '../../api/json.ts';
import { deployments, pods, replicaSets } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { cleanUpHistory } from './deployment/history.ts';
import { isRollingUpdate } from './deployment/limits.ts';
import { syncRevision } from './deployment/newest-replica-set.ts';
import { notePause } from './deployment/pause.ts';
import { recreate } from './deployment/recreate.ts';
import { rollingUpdate } from './deployment/rolling-update.ts';
import { Rollout } from './deployment/rollout.ts';
import { isScaling, scaleProportionally } from './deployment/scale.ts';
import { syncStatus } from './deployment/status.ts';
import { controllerReference, controllerUids, withOwner, withoutOwner } from './owner-reference.ts';

/** News of ReplicaSets within this time are dealt with together: about what a rate limit of 20 writes a second comes to. */
const batchMs = 50;

/**
 * Moves the ReplicaSets of each Deployment towards its template and its number of pods.
 * Upstream: pkg/controller/deployment/deployment_controller.go
 */
export function startDeploymentController(context: ComponentContext): void {
  new DeploymentController(context).start();
}

class DeploymentController {
  readonly #context: ComponentContext;
  readonly #queue: WorkQueue;
  readonly #cache: Informer<Deployment>;
  readonly #replicaSets: Informer<ReplicaSet>;
  readonly #pods: Informer<Pod>;
  readonly #client: ResourceClient<Deployment>;
  readonly #replicaSetClient: ResourceClient<ReplicaSet>;

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#cache = context.informers.informer(deployments);
    this.#replicaSets = context.informers.informer(replicaSets);
    this.#pods = context.informers.informer(pods);
    this.#client = context.client.resource(deployments);
    this.#replicaSetClient = context.client.resource(replicaSets);
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key) });
  }

  start(): void {
    this.#replicaSets.addIndex('controller', controllerUids);
    this.#replicaSets.addIndex('orphan', (replicaSet) =>
      controllerOf(replicaSet) ? [] : [replicaSet.metadata.namespace ?? ''],
    );
    this.#pods.addIndex('controller', controllerUids);
    const queue = (deployment: Deployment): void => this.#queue.add(keyOf(deployment));
    this.#cache.onChange({ added: queue, updated: queue, deleted: queue });
    this.#replicaSets.onChange({
      added: (replicaSet) => this.#queueOwner(replicaSet, true),
      updated: (next, old) => {
        const hasNewOwner = controllerOf(next)?.uid !== controllerOf(old)?.uid;
        if (hasNewOwner) this.#queueOwner(old, false);
        this.#queueOwner(next, hasNewOwner || !jsonEqual(next.metadata.labels, old.metadata.labels));
      },
      deleted: (replicaSet) => this.#queueOwner(replicaSet, false),
    });
    this.#pods.onChange({ deleted: (pod) => this.#podDeleted(pod) });
  }

  /** @param maybeOrphan whether, without an owner, it should be offered to the Deployments whose selector matches */
  #queueOwner(replicaSet: ReplicaSet, maybeOrphan: boolean): void {
    const owner = this.#ownerOf(replicaSet);
    if (owner) this.#queue.addAfter(keyOf(owner), batchMs);
    if (controllerOf(replicaSet) || !maybeOrphan) return;
    for (const deployment of this.#cache.list(replicaSet.metadata.namespace)) {
      const selector = queryFromLabelSelector(deployment.spec.selector);
      if (matchesLabels(selector, replicaSet.metadata.labels)) this.#queue.add(keyOf(deployment));
    }
  }

  /** Recreate waits until the last old pod is gone. */
  #podDeleted(pod: Pod): void {
    const controller = controllerOf(pod);
    if (controller?.kind !== 'ReplicaSet') return;
    const replicaSet = this.#replicaSets.get(`${pod.metadata.namespace}/${controller.name}`);
    const owner = replicaSet?.metadata.uid === controller.uid ? this.#ownerOf(replicaSet) : undefined;
    if (owner && !isRollingUpdate(owner)) this.#queue.add(keyOf(owner));
  }

  #ownerOf(replicaSet: ReplicaSet): Deployment | undefined {
    const controller = controllerOf(replicaSet);
    if (controller?.kind !== 'Deployment') return undefined;
    const owner = this.#cache.get(`${replicaSet.metadata.namespace}/${controller.name}`);
    return owner?.metadata.uid === controller.uid ? owner : undefined;
  }

  #reconcile(key: ObjectKey): void {
    const deployment = this.#cache.get(key);
    if (!deployment) return;
    const rollout = new Rollout(this.#context, deployment);
    if (selectsEverything(deployment)) {
      this.#refuse(rollout);
      return;
    }
    const owned = this.#claim(deployment);
    if (deployment.metadata.deletionTimestamp) {
      syncRevision(rollout, owned, false);
      syncStatus(rollout);
      return;
    }
    notePause(rollout);
    syncRevision(rollout, owned, false);
    if (rollout.deployment.spec.paused || isScaling(rollout)) {
      scaleProportionally(rollout);
      if (rollout.deployment.spec.paused) cleanUpHistory(rollout);
      syncStatus(rollout);
      return;
    }
    const recheckMs = isRollingUpdate(deployment)
      ? rollingUpdate(rollout, rollout.all)
      : recreate(rollout, rollout.all, (old) => this.#pods.byIndex('controller', old.metadata.uid));
    if (recheckMs !== undefined) this.#queue.addAfter(key, recheckMs);
  }

  #refuse(rollout: Rollout): void {
    const { deployment } = rollout;
    const { generation = 0 } = deployment.metadata;
    const message = 'This deployment is selecting all pods. A non-empty selector is required.';
    rollout.record('Warning', 'SelectingAll', message);
    if ((deployment.status.observedGeneration ?? 0) >= generation) return;
    rollout.writeStatus({ ...deployment, status: { ...deployment.status, observedGeneration: generation } });
  }

  /** Its ReplicaSets, after adopting those that match and letting go of those that match no longer. */
  #claim(deployment: Deployment): readonly ReplicaSet[] {
    const { uid, namespace = '', deletionTimestamp } = deployment.metadata;
    const selector = queryFromLabelSelector(deployment.spec.selector);
    const matches = (replicaSet: ReplicaSet): boolean => matchesLabels(selector, replicaSet.metadata.labels);
    const owned: ReplicaSet[] = [];
    for (const replicaSet of this.#replicaSets.byIndex('controller', uid)) {
      if (matches(replicaSet)) owned.push(replicaSet);
      else if (!deletionTimestamp) {
        this.#replicaSetClient.modify(namespace, replicaSet.metadata.name, (fresh) => withoutOwner(fresh, uid));
      }
    }
    if (deletionTimestamp) return owned;
    for (const orphan of this.#replicaSets.byIndex('orphan', namespace)) {
      if (!matches(orphan) || orphan.metadata.deletionTimestamp || !this.#mayAdopt(deployment)) continue;
      const reference = controllerReference(deployment, deployments);
      const adopted = this.#replicaSetClient.modify(namespace, orphan.metadata.name, (fresh) =>
        controllerOf(fresh) || !matches(fresh) ? fresh : withOwner(fresh, reference),
      );
      if (adopted && controllerOf(adopted)?.uid === uid) owned.push(adopted);
    }
    return owned;
  }

  /** The cache may be behind: an owner that is gone or going must not adopt. */
  #mayAdopt({ metadata }: Deployment): boolean {
    const fresh = this.#client.get(metadata.namespace ?? '', metadata.name);
    return fresh?.metadata.uid === metadata.uid && !fresh.metadata.deletionTimestamp;
  }
}

function selectsEverything({ spec: { selector } }: Deployment): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}
