import type { ReplicaSet } from '../../../api/generated/types.ts';
import { cleanUpHistory } from './history.ts';
import { maxUnavailable, wantedReplicas } from './limits.ts';
import { newestReplicas, syncRevision } from './newest-replica-set.ts';
import { syncRolloutStatus } from './progress.ts';
import { activeOnes, byAge, specReplicas, sumOf } from './replica-sets.ts';
import type { Rollout } from './rollout.ts';
import { isComplete } from './status.ts';

/**
 * Moves pods from the old versions to the new one, a few at a time: never more than maxSurge too many, never more than
 * maxUnavailable too few.
 * Upstream: pkg/controller/deployment/rolling.go
 */
export function rollingUpdate(rollout: Rollout, owned: readonly ReplicaSet[]): number | undefined {
  syncRevision(rollout, owned, true);
  if (scaleNewest(rollout) || scaleOlder(rollout)) return syncRolloutStatus(rollout);
  if (isComplete(rollout.deployment, rollout.deployment.status)) cleanUpHistory(rollout);
  return syncRolloutStatus(rollout);
}

function scaleNewest(rollout: Rollout): boolean {
  const newest = rollout.newest!;
  const wanted = wantedReplicas(rollout.deployment);
  if (specReplicas(newest) === wanted) return false;
  return rollout.scale(newest, specReplicas(newest) > wanted ? wanted : newestReplicas(rollout, newest));
}

function scaleOlder(rollout: Rollout): boolean {
  const { deployment } = rollout;
  const newest = rollout.newest!;
  if (sumOf(rollout.older, specReplicas) === 0) return false;
  const minAvailable = wantedReplicas(deployment) - maxUnavailable(deployment);
  // New pods that are not available yet may need the old ones to stay: they count as if they were taken already.
  const newUnavailable = specReplicas(newest) - (newest.status.availableReplicas ?? 0);
  const mayRemove = sumOf(rollout.all, specReplicas) - minAvailable - newUnavailable;
  if (mayRemove <= 0) return false;
  const unhealthy = removeUnhealthy(rollout, mayRemove);
  return unhealthy + removeHealthy(rollout, minAvailable) > 0;
}

/** Old pods that are not available go first: losing them costs nothing, and they could block the rollout for ever. */
function removeUnhealthy(rollout: Rollout, most: number): number {
  let removed = 0;
  for (const old of activeOnes(rollout.older).toSorted(byAge)) {
    if (removed >= most) break;
    const unhealthy = specReplicas(old) - (old.status.availableReplicas ?? 0);
    if (unhealthy <= 0) continue;
    const count = Math.min(most - removed, unhealthy);
    rollout.scale(old, specReplicas(old) - count);
    removed += count;
  }
  return removed;
}

function removeHealthy(rollout: Rollout, minAvailable: number): number {
  const surplus = sumOf(rollout.all, ({ status }) => status.availableReplicas) - minAvailable;
  let removed = 0;
  for (const old of activeOnes(rollout.older).toSorted(byAge)) {
    if (removed >= surplus) break;
    const count = Math.min(specReplicas(old), surplus - removed);
    rollout.scale(old, specReplicas(old) - count);
    removed += count;
  }
  return removed;
}
