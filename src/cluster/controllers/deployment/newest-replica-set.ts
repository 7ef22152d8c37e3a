import type { Deployment, LabelSelector, ReplicaSet } from '../../../api/generated/types.ts';
import { ApiError, controllerOf } from '../../../api/index.ts';
import type { Draft } from '../../../api/index.ts';
import { deployments } from '../../apiserver/registry/index.ts';
import { findCondition, setCondition } from '../conditions.ts';
import { controllerReference } from '../owner-reference.ts';
import { isNamespaceTerminating } from '../pod-control.ts';
import { isRollingUpdate, maxSurge, wantedReplicas } from './limits.ts';
import { hasProgressDeadline } from './progress.ts';
import { findNewest, hashLabel, isSameTemplate, specReplicas, sumOf } from './replica-sets.ts';
import { annotationsOfNewest, maxRevision, revisionAnnotation, withReplicaAnnotations } from './revision.ts';
import type { Rollout } from './rollout.ts';
import { templateHash } from './template-hash.ts';

/**
 * Tells the newest ReplicaSet from the older ones, brings revisions up to date, and creates the newest if asked to.
 * Upstream: pkg/controller/deployment/sync.go getAllReplicaSetsAndSyncRevision, getNewReplicaSet
 */
export function syncRevision(rollout: Rollout, owned: readonly ReplicaSet[], mayCreate: boolean): void {
  const newest = findNewest(rollout.deployment, owned);
  rollout.newest = newest;
  rollout.older = owned.filter((replicaSet) => replicaSet.metadata.uid !== newest?.metadata.uid);
  const revision = maxRevision(rollout.older) + 1;
  if (newest) adoptAsNewest(rollout, newest, revision);
  else if (mayCreate) rollout.newest = createNewest(rollout, revision);
}

function adoptAsNewest(rollout: Rollout, newest: ReplicaSet, revision: number): void {
  const { deployment } = rollout;
  const { metadata, spec } = newest;
  const annotations = annotationsOfNewest(deployment, metadata.annotations, revision);
  const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
  if (annotations !== metadata.annotations || (spec.minReadySeconds ?? 0) !== minReadySeconds) {
    const { minReadySeconds: _, ...otherSpec } = spec;
    rollout.updateReplicaSet({
      ...newest,
      metadata: { ...metadata, annotations },
      spec: { ...otherSpec, ...(minReadySeconds !== 0 && { minReadySeconds }) },
    });
    return;
  }
  const isProgressUnknown =
    hasProgressDeadline(deployment) && !findCondition(deployment.status.conditions, 'Progressing');
  const found = rollout.condition(
    'Progressing',
    'True',
    'FoundNewReplicaSet',
    `Found new replica set "${metadata.name}"`,
  );
  const noted = withRevision(deployment, metadata.annotations?.[revisionAnnotation] ?? '');
  const next = isProgressUnknown ? withCondition(noted, found) : noted;
  if (next !== deployment) rollout.writeStatus(next);
}

function createNewest(rollout: Rollout, revision: number): ReplicaSet {
  const { deployment } = rollout;
  const draft = draftOfNewest(rollout, revision);
  const name = draft.metadata.name!;
  const replicas = draft.spec.replicas ?? 0;
  let created: ReplicaSet;
  let isNew = true;
  try {
    created = rollout.replicaSetClient.create(draft);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.reason !== 'AlreadyExists') throw reportFailedCreate(rollout, name, error);
    const existing = rollout.replicaSetClient.get(deployment.metadata.namespace ?? '', name);
    if (!existing || !isOurs(deployment, existing)) throw countCollision(rollout, error);
    created = existing;
    isNew = false;
  }
  if (isNew && replicas > 0) {
    rollout.record('Normal', 'ScalingReplicaSet', `Scaled up replica set ${name} from 0 to ${replicas}`);
  }
  const noted = withRevision(deployment, String(revision));
  const condition = rollout.condition(
    'Progressing',
    'True',
    'NewReplicaSetCreated',
    `Created new replica set "${name}"`,
  );
  const next = isNew && hasProgressDeadline(deployment) ? withCondition(noted, condition) : noted;
  if (next !== deployment) rollout.writeStatus(next);
  return created;
}

function draftOfNewest(rollout: Rollout, revision: number): Draft<ReplicaSet> {
  const { deployment } = rollout;
  const { metadata, spec } = deployment;
  const hash = templateHash(spec.template, deployment.status.collisionCount);
  const labels = { ...spec.template.metadata?.labels, [hashLabel]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      // The name follows from the template, so that doing this twice does it once.
      name: `${metadata.name}-${hash}`,
      namespace: metadata.namespace,
      labels,
      annotations: withReplicaAnnotations(deployment, annotationsOfNewest(deployment, undefined, revision)),
      ownerReferences: [controllerReference(deployment, deployments)],
    },
    spec: {
      replicas: newestReplicas(rollout, undefined),
      ...(spec.minReadySeconds && { minReadySeconds: spec.minReadySeconds }),
      selector: selectorWith(spec.selector, hash),
      template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
    },
  };
}

/** How many pods the newest ReplicaSet may have now. Upstream: NewRSNewReplicas */
export function newestReplicas({ deployment, all }: Rollout, newest: ReplicaSet | undefined): number {
  const wanted = wantedReplicas(deployment);
  if (!isRollingUpdate(deployment)) return wanted;
  const current = newest ? specReplicas(newest) : 0;
  const room = wanted + maxSurge(deployment) - sumOf(all, specReplicas);
  return room <= 0 ? current : current + Math.min(room, wanted - current);
}

function isOurs(deployment: Deployment, replicaSet: ReplicaSet): boolean {
  const { template } = replicaSet.spec;
  const isOwned = controllerOf(replicaSet)?.uid === deployment.metadata.uid;
  return isOwned && template !== undefined && isSameTemplate(template, deployment.spec.template);
}

/** Another ReplicaSet has the name: the count goes into the hash, and the next pass tries again. */
function countCollision(rollout: Rollout, error: ApiError): ApiError {
  const { deployment } = rollout;
  const collisionCount = (deployment.status.collisionCount ?? 0) + 1;
  rollout.writeStatus({ ...deployment, status: { ...deployment.status, collisionCount } });
  return error;
}

function reportFailedCreate(rollout: Rollout, name: string, error: ApiError): ApiError {
  if (isNamespaceTerminating(error)) return error;
  const message = `Failed to create new replica set "${name}": ${error.message}`;
  if (hasProgressDeadline(rollout.deployment)) {
    const condition = rollout.condition('Progressing', 'False', 'ReplicaSetCreateError', message);
    rollout.writeStatus(withCondition(rollout.deployment, condition));
  }
  rollout.record('Warning', 'ReplicaSetCreateError', message);
  return error;
}

function withRevision(deployment: Deployment, revision: string): Deployment {
  const { metadata } = deployment;
  if (metadata.annotations?.[revisionAnnotation] === revision) return deployment;
  const annotations = { ...metadata.annotations, [revisionAnnotation]: revision };
  return { ...deployment, metadata: { ...metadata, annotations } };
}

function withCondition(deployment: Deployment, condition: ReturnType<Rollout['condition']>): Deployment {
  const conditions = setCondition(deployment.status.conditions, condition);
  return { ...deployment, status: { ...deployment.status, conditions } };
}

function selectorWith(selector: LabelSelector, hash: string): LabelSelector {
  return { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } };
}
