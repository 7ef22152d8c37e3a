import type { Deployment, DeploymentCondition, DeploymentStatus } from '../../../api/generated/types.ts';
import { jsonEqual } from '../../../api/json.ts';
import { parseRfc3339 } from '../../../api/time.ts';
import { findCondition, removeCondition, setCondition } from '../conditions.ts';
import type { Rollout } from './rollout.ts';
import { calculatedStatus, isComplete } from './status.ts';

/** What upstream takes for "no deadline". */
const noDeadlineSeconds = 2 ** 31 - 1;

export function hasProgressDeadline({ spec }: Deployment): boolean {
  return spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== noDeadlineSeconds;
}

/**
 * Writes the status of a rollout: whether it gets on, is done, or has been stuck for longer than its deadline.
 * Upstream: pkg/controller/deployment/progress.go syncRolloutStatus
 * @returns in how many milliseconds to look again, because silence then means that it is stuck
 */
export function syncRolloutStatus(rollout: Rollout): number | undefined {
  const { deployment } = rollout;
  const calculated = calculatedStatus(rollout);
  const progressed = withProgress(rollout, calculated);
  const status = { ...progressed, conditions: withReplicaFailure(rollout, progressed.conditions ?? []) };
  if (jsonEqual(deployment.status, status)) return recheckDelayMs(rollout, status);
  rollout.writeStatus({ ...deployment, status });
  return undefined;
}

function withProgress(rollout: Rollout, status: DeploymentStatus): DeploymentStatus {
  const { deployment, newest } = rollout;
  if (!hasProgressDeadline(deployment)) {
    return { ...status, conditions: removeCondition(status.conditions, 'Progressing') };
  }
  const current = findCondition(deployment.status.conditions, 'Progressing');
  const isDone =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === 'NewReplicaSetAvailable';
  if (isDone) return status;

  const subject = newest ? `ReplicaSet "${newest.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const set = (condition: DeploymentCondition, conditions = status.conditions): DeploymentStatus => ({
    ...status,
    conditions: setCondition(conditions, condition),
  });
  if (isComplete(deployment, status)) {
    const message = `${subject} has successfully progressed.`;
    return set(rollout.condition('Progressing', 'True', 'NewReplicaSetAvailable', message));
  }
  if (hasProgressed(deployment.status, status)) {
    const condition = rollout.condition('Progressing', 'True', 'ReplicaSetUpdated', `${subject} is progressing.`);
    const lastTransitionTime = current?.status === 'True' ? current.lastTransitionTime : condition.lastTransitionTime;
    // Taken out first, because each bit of progress must move lastUpdateTime although the reason stays the same.
    return set({ ...condition, lastTransitionTime }, removeCondition(status.conditions, 'Progressing'));
  }
  if (hasTimedOut(rollout, findCondition(status.conditions, 'Progressing'))) {
    const message = `${subject} has timed out progressing.`;
    return set(rollout.condition('Progressing', 'False', 'ProgressDeadlineExceeded', message));
  }
  return status;
}

/** More new, ready or available pods, or fewer old ones, than the last time. */
function hasProgressed(before: DeploymentStatus, after: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus): number => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

function hasTimedOut(rollout: Rollout, condition: DeploymentCondition | undefined): boolean {
  if (!condition || condition.reason === 'NewReplicaSetAvailable') return false;
  if (condition.reason === 'ProgressDeadlineExceeded') return true;
  return deadlineMs(rollout.deployment, condition) < rollout.nowMs;
}

function deadlineMs({ spec }: Deployment, condition: DeploymentCondition): number {
  return (parseRfc3339(condition.lastUpdateTime ?? '') ?? 0) + (spec.progressDeadlineSeconds ?? 0) * 1000;
}

/** Passes on why a ReplicaSet cannot create or delete pods: the newest one's reason before the others'. */
function withReplicaFailure(
  { newest, all }: Rollout,
  conditions: readonly DeploymentCondition[],
): readonly DeploymentCondition[] {
  const failure = [...(newest ? [newest] : []), ...all]
    .map(({ status }) => findCondition(status.conditions, 'ReplicaFailure'))
    .find((condition) => condition !== undefined);
  if (!failure) return removeCondition(conditions, 'ReplicaFailure') ?? [];
  return setCondition(conditions, { ...failure, lastUpdateTime: failure.lastTransitionTime });
}

function recheckDelayMs(rollout: Rollout, status: DeploymentStatus): number | undefined {
  const { deployment, nowMs } = rollout;
  const current = findCondition(deployment.status.conditions, 'Progressing');
  if (!hasProgressDeadline(deployment) || !current) return undefined;
  if (isComplete(deployment, status) || current.reason === 'ProgressDeadlineExceeded') return undefined;
  // A rollout that was done once cannot time out any more, whatever becomes of its pods.
  if (current.reason === 'NewReplicaSetAvailable') return undefined;
  // A second more than the deadline: times in conditions are whole seconds.
  return Math.max(0, deadlineMs(deployment, current) - nowMs) + 1000;
}
