import type { Deployment, ReplicaSet } from '../../../api/generated/types.ts';
import { isRollingUpdate, maxSurge, wantedReplicas } from './limits.ts';
import { activeOnes, byAge, bySizeNewer, bySizeOlder, specReplicas, sumOf } from './replica-sets.ts';
import { desiredReplicasOf, maxReplicasOf } from './revision.ts';
import type { Rollout } from './rollout.ts';

/** Whether the number of pods has been changed since the ReplicaSets were last given theirs. */
export function isScaling({ deployment, all }: Rollout): boolean {
  return activeOnes(all).some((replicaSet) => {
    const desired = desiredReplicasOf(replicaSet);
    return desired !== undefined && desired !== wantedReplicas(deployment);
  });
}

/**
 * Hands a new number of pods to the ReplicaSets. In the middle of a rollout each gets its share, so that scaling does
 * not hasten the rollout: a bad new version gets no more than its proportion.
 * Upstream: pkg/controller/deployment/sync.go scale
 */
export function scaleProportionally(rollout: Rollout): void {
  const { deployment } = rollout;
  const wanted = wantedReplicas(deployment);
  const only = onlyActiveOrLatest(rollout);
  if (only) {
    if (specReplicas(only) !== wanted) rollout.scale(only, wanted);
    return;
  }
  if (rollout.newest && isSaturated(deployment, rollout.newest)) {
    for (const old of activeOnes(rollout.older)) rollout.scale(old, 0);
    return;
  }
  if (!isRollingUpdate(deployment)) return;
  for (const [replicaSet, replicas] of proportionalSizes(deployment, rollout.all)) rollout.scale(replicaSet, replicas);
}

/** The number for each active ReplicaSet when the whole changes: largest first, rounding errors to the largest. */
export function proportionalSizes(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
): readonly (readonly [ReplicaSet, number])[] {
  const active = activeOnes(replicaSets);
  const wanted = wantedReplicas(deployment);
  const allowed = wanted > 0 ? wanted + maxSurge(deployment) : 0;
  const toAdd = allowed - sumOf(active, specReplicas);
  const sorted = toAdd > 0 ? active.toSorted(bySizeNewer) : toAdd < 0 ? active.toSorted(bySizeOlder) : active;
  let added = 0;
  const sizes = sorted.map((replicaSet) => {
    const share = shareOf(replicaSet, deployment, toAdd, added);
    added += share;
    return specReplicas(replicaSet) + share;
  });
  if (toAdd !== 0 && sizes.length > 0) sizes[0] = Math.max(0, sizes[0]! + toAdd - added);
  return sorted.map((replicaSet, index) => [replicaSet, sizes[index]!]);
}

function shareOf(replicaSet: ReplicaSet, deployment: Deployment, toAdd: number, added: number): number {
  if (specReplicas(replicaSet) === 0 || toAdd === 0 || toAdd === added) return 0;
  const fraction = fractionOf(replicaSet, deployment);
  return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
}

function fractionOf(replicaSet: ReplicaSet, deployment: Deployment): number {
  const size = specReplicas(replicaSet);
  const wanted = wantedReplicas(deployment);
  if (wanted === 0) return -size;
  const before = maxReplicasOf(replicaSet) || deployment.status.replicas;
  if (!before) return 0;
  return roundHalfAway((size * (wanted + maxSurge(deployment))) / before) - size;
}

/** The only one with pods; without any, the newest. */
function onlyActiveOrLatest({ newest, older, all }: Rollout): ReplicaSet | undefined {
  const active = activeOnes(all);
  if (active.length > 1) return undefined;
  return active[0] ?? newest ?? older.toSorted(byAge).at(-1);
}

/** The newest has all the pods it can ever have, and all are available. */
function isSaturated(deployment: Deployment, replicaSet: ReplicaSet): boolean {
  const wanted = wantedReplicas(deployment);
  return (
    specReplicas(replicaSet) === wanted &&
    desiredReplicasOf(replicaSet) === wanted &&
    (replicaSet.status.availableReplicas ?? 0) === wanted
  );
}

function roundHalfAway(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}
