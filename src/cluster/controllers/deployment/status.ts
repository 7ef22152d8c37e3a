import type { Deployment, DeploymentStatus, ReplicaSet } from '../../../api/generated/types.ts';
import { jsonEqual } from '../../../api/json.ts';
import { setCondition } from '../conditions.ts';
import { withoutZeros } from '../without-zeros.ts';
import { maxUnavailable, wantedReplicas } from './limits.ts';
import { specReplicas, sumOf } from './replica-sets.ts';
import type { Rollout } from './rollout.ts';

/** The sums over the ReplicaSets and the Available condition. Upstream: pkg/controller/deployment/sync.go calculateStatus */
export function calculatedStatus(rollout: Rollout): DeploymentStatus {
  const { deployment, all, newest } = rollout;
  const available = sumOf(all, ({ status }) => status.availableReplicas);
  const isAvailable = available >= wantedReplicas(deployment) - maxUnavailable(deployment);
  const condition = isAvailable
    ? rollout.condition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.')
    : rollout.condition(
        'Available',
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
      );
  const { collisionCount, conditions } = deployment.status;
  const terminatingReplicas = terminatingOf(all);
  return {
    conditions: setCondition(conditions, condition),
    ...withoutZeros({
      observedGeneration: deployment.metadata.generation ?? 0,
      replicas: sumOf(all, ({ status }) => status.replicas),
      updatedReplicas: newest?.status.replicas ?? 0,
      readyReplicas: sumOf(all, ({ status }) => status.readyReplicas),
      availableReplicas: available,
      unavailableReplicas: Math.max(0, sumOf(all, specReplicas) - available),
    }),
    ...(terminatingReplicas !== undefined && { terminatingReplicas }),
    ...(collisionCount !== undefined && { collisionCount }),
  };
}

/** Without any look at the progress: after a scaling, while paused, while being deleted. */
export function syncStatus(rollout: Rollout): void {
  const status = calculatedStatus(rollout);
  if (!jsonEqual(rollout.deployment.status, status)) rollout.writeStatus({ ...rollout.deployment, status });
}

/** All wanted pods are of the newest version and available, and no others are left. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const wanted = wantedReplicas(deployment);
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

/** Unknown as long as one ReplicaSet has not said. */
function terminatingOf(replicaSets: readonly ReplicaSet[]): number | undefined {
  if (replicaSets.some(({ status }) => status.terminatingReplicas === undefined)) return undefined;
  return sumOf(replicaSets, ({ status }) => status.terminatingReplicas);
}
