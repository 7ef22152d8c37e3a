import { ApiError } from '../../../api/index.ts';
import { byAge, specReplicas } from './replica-sets.ts';
import type { Rollout } from './rollout.ts';

/** Deletes the oldest empty ReplicaSets beyond revisionHistoryLimit. Upstream: sync.go cleanupDeployment */
export function cleanUpHistory(rollout: Rollout): void {
  const limit = rollout.deployment.spec.revisionHistoryLimit;
  if (limit === undefined || limit === 2 ** 31 - 1) return;
  const kept = rollout.older.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  for (const replicaSet of kept.toSorted(byAge).slice(0, Math.max(0, kept.length - limit))) {
    const { metadata, status } = replicaSet;
    const isEmpty = (status.replicas ?? 0) === 0 && specReplicas(replicaSet) === 0;
    if (!isEmpty || (metadata.generation ?? 0) > (status.observedGeneration ?? 0)) continue;
    try {
      rollout.replicaSetClient.delete(metadata.namespace ?? '', metadata.name);
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === 'NotFound')) throw error;
    }
  }
}
