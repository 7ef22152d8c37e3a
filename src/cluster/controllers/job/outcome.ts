import type { Job, JobCondition, Pod } from '../../../api/generated/types.ts';
import { parseRfc3339 } from '../../../api/time.ts';
import { findCondition } from '../conditions.ts';

/** Why a job ends. */
export interface Outcome {
  readonly type: 'Complete' | 'Failed';
  readonly reason: string;
  readonly message: string;
}

const failed = (reason: string, message: string): Outcome => ({ type: 'Failed', reason, message });

export function finishedCondition({ status }: Job): JobCondition | undefined {
  return status?.conditions?.find(
    ({ type, status: is }) => (type === 'Complete' || type === 'Failed') && is === 'True',
  );
}

/** A verdict that waits for the last pods to end. */
export function pendingOutcome({ status }: Job): Outcome | undefined {
  const target = findCondition(status?.conditions, 'FailureTarget');
  if (target?.status === 'True') return failed(target.reason ?? '', target.message ?? '');
  const met = findCondition(status?.conditions, 'SuccessCriteriaMet');
  return met?.status === 'True'
    ? { type: 'Complete', reason: met.reason ?? '', message: met.message ?? '' }
    : undefined;
}

/** Upstream: pkg/controller/job/job_controller.go syncJob */
export function outcomeOf(
  job: Job,
  counts: { readonly succeeded: number; readonly failed: number; readonly active: readonly Pod[] },
  nowMs: number,
): Outcome | undefined {
  const { backoffLimit = 6, completions } = job.spec;
  const limitMessage = 'Job has reached the specified backoff limit';
  if (counts.failed > backoffLimit || isPastLimitOnFailure(job, counts.active, backoffLimit)) {
    return failed('BackoffLimitExceeded', limitMessage);
  }
  const deadlineMs = deadlineOf(job);
  if (deadlineMs !== undefined && nowMs >= deadlineMs) {
    return failed('DeadlineExceeded', 'Job was active longer than specified deadline');
  }
  const isDone =
    completions === undefined ? counts.succeeded > 0 && counts.active.length === 0 : counts.succeeded >= completions;
  return isDone
    ? { type: 'Complete', reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' }
    : undefined;
}

/** When the job will have been active for too long, if there is such a time. */
export function deadlineOf({ spec, status }: Job): number | undefined {
  if (spec.activeDeadlineSeconds === undefined || !status?.startTime || spec.suspend) return undefined;
  return (parseRfc3339(status.startTime) ?? 0) + spec.activeDeadlineSeconds * 1000;
}

/** Pods that restart their containers themselves never fail: their restarts count instead. */
function isPastLimitOnFailure({ spec }: Job, active: readonly Pod[], backoffLimit: number): boolean {
  if (spec.template.spec?.restartPolicy !== 'OnFailure') return false;
  const restarts = active
    .filter(({ status }) => status.phase === 'Running' || status.phase === 'Pending')
    .flatMap(({ status }) => [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  return backoffLimit === 0 ? restarts > 0 : restarts >= backoffLimit;
}
