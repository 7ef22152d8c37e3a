import type { Pod, ReplicaSet } from '../../../api/generated/types.ts';
import { isPodTerminal } from '../pod-state.ts';
import { cleanUpHistory } from './history.ts';
import { wantedReplicas } from './limits.ts';
import { syncRevision } from './newest-replica-set.ts';
import { syncRolloutStatus } from './progress.ts';
import { activeOnes, sumOf } from './replica-sets.ts';
import type { Rollout } from './rollout.ts';
import { isComplete } from './status.ts';

/**
 * Ends all pods of the old versions before the first of the new one starts.
 * Upstream: pkg/controller/deployment/recreate.go
 */
export function recreate(
  rollout: Rollout,
  owned: readonly ReplicaSet[],
  podsOf: (replicaSet: ReplicaSet) => readonly Pod[],
): number | undefined {
  syncRevision(rollout, owned, false);
  let hasScaled = false;
  for (const old of activeOnes(rollout.older)) hasScaled = rollout.scale(old, 0) || hasScaled;
  if (hasScaled || oldPodsRun(rollout, podsOf)) return syncRolloutStatus(rollout);

  if (!rollout.newest) syncRevision(rollout, rollout.all, true);
  rollout.scale(rollout.newest!, wantedReplicas(rollout.deployment));
  if (isComplete(rollout.deployment, rollout.deployment.status)) cleanUpHistory(rollout);
  return syncRolloutStatus(rollout);
}

function oldPodsRun(rollout: Rollout, podsOf: (replicaSet: ReplicaSet) => readonly Pod[]): boolean {
  if (sumOf(rollout.older, ({ status }) => status.replicas) > 0) return true;
  return rollout.older.some((old) => podsOf(old).some((pod) => !isPodTerminal(pod)));
}
