import type { ReplicaSet, ReplicaSetCondition, ReplicaSetStatus } from '../../api/generated/types.ts';
import type { ApiError } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { rfc3339 } from '../../api/time.ts';
import { findCondition, removeCondition, setCondition } from './conditions.ts';
import type { ReplicaTally } from './replica-tally.ts';
import { withoutZeros } from './without-zeros.ts';

/** How this pass went: the refusal that stopped it, and how many pods too many (or, below 0, too few) there were. */
export interface PassResult {
  readonly failure: ApiError | undefined;
  readonly surplus: number;
}

/** Upstream: pkg/controller/replicaset/replica_set_utils.go calculateStatus */
export function replicaSetStatus(
  replicaSet: ReplicaSet,
  tally: ReplicaTally,
  result: PassResult,
  nowMs: number,
): ReplicaSetStatus {
  const conditions = failureConditions(replicaSet.status.conditions, result, nowMs);
  return {
    replicas: tally.active,
    ...withoutZeros({
      fullyLabeledReplicas: tally.fullyLabeled,
      readyReplicas: tally.ready,
      availableReplicas: tally.availableAt(nowMs),
      observedGeneration: replicaSet.metadata.generation ?? 0,
    }),
    terminatingReplicas: tally.terminating,
    ...(conditions && conditions.length > 0 && { conditions }),
  };
}

function failureConditions(
  conditions: readonly ReplicaSetCondition[] | undefined,
  { failure, surplus }: PassResult,
  nowMs: number,
): readonly ReplicaSetCondition[] | undefined {
  if (!failure) return removeCondition(conditions, 'ReplicaFailure');
  // The first failure stays until all is well again, so that its time and message do not flicker.
  if (findCondition(conditions, 'ReplicaFailure')) return conditions;
  return setCondition(conditions, {
    type: 'ReplicaFailure',
    status: 'True',
    reason: surplus < 0 ? 'FailedCreate' : 'FailedDelete',
    message: failure.message,
    lastTransitionTime: rfc3339(nowMs),
  });
}

/** Whether writing `next` would tell anybody anything. */
export function isSameReplicaSetStatus({ metadata, status }: ReplicaSet, next: ReplicaSetStatus): boolean {
  return (
    (status.replicas ?? 0) === next.replicas &&
    status.fullyLabeledReplicas === next.fullyLabeledReplicas &&
    status.readyReplicas === next.readyReplicas &&
    status.availableReplicas === next.availableReplicas &&
    status.terminatingReplicas === next.terminatingReplicas &&
    metadata.generation === status.observedGeneration &&
    jsonEqual(status.conditions ?? [], next.conditions ?? [])
  );
}
