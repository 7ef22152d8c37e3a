import type { Job, JobStatus } from '../../../../api/generated/types.ts';
import { duplicate, invalid, jsonEqual, required, type FieldError } from '../../../../api/index.ts';
import { invalidAs, invalidUnshown } from '../internal-form/shown.ts';
import { validateCounts } from '../workload/status-validation.ts';
import { countIndexes, firstShared, IndexesError } from './indexes.ts';

/**
 * Whoever runs jobs: what has changed must make sense.
 * Upstream: validateJobStatus, ValidateJobStatusUpdate in pkg/apis/batch/validation/validation.go
 */
export function validateJobStatus(next: Job, old: Job): readonly FieldError[] {
  const errors: FieldError[] = [];
  validateCounts(errors, next.status ?? {}, ['active', 'succeeded', 'failed', 'ready', 'terminating']);
  validateUncounted(errors, next.status ?? {});
  validateConditions(errors, next, old);
  validateTimes(errors, next, old);
  validateFinished(errors, next, old);
  validateIndexes(errors, next, old);
  validateProgress(errors, next, old);
  return errors;
}

function isTrue({ status }: Job, type: string): boolean {
  return Boolean(status?.conditions?.some((condition) => condition.type === type && condition.status === 'True'));
}

function isFinished(job: Job): boolean {
  return isTrue(job, 'Complete') || isTrue(job, 'Failed');
}

function hasChanged(next: Job, old: Job, field: keyof JobStatus): boolean {
  return !jsonEqual(next.status?.[field] ?? null, old.status?.[field] ?? null);
}

function validateUncounted(errors: FieldError[], { uncountedTerminatedPods: uncounted }: JobStatus): void {
  const seen = new Set<string>();
  for (const field of ['succeeded', 'failed'] as const) {
    uncounted?.[field]?.forEach((uid, at) => {
      const path = `status.uncountedTerminatedPods.${field}[${at}]`;
      if (!uid) errors.push(invalid(path, uid, 'must not be empty'));
      else if (seen.has(uid)) errors.push(duplicate(path, uid));
      seen.add(uid);
    });
  }
}

/** Two that exclude each other, with the text that says so. */
const exclusive = [
  ['Complete', 'Failed', 'cannot set Complete=True and Failed=true conditions'],
  ['Complete', 'FailureTarget', 'cannot set Complete=True and FailureTarget=true conditions'],
  ['SuccessCriteriaMet', 'Failed', 'cannot set SuccessCriteriaMet=True and Failed=true conditions'],
  ['SuccessCriteriaMet', 'FailureTarget', 'cannot set SuccessCriteriaMet=True and FailureTarget=true conditions'],
] as const;

/** One that needs another. */
const dependent = [
  ['Failed', 'FailureTarget', 'cannot set Failed=True condition without the FailureTarget=true condition'],
  [
    'Complete',
    'SuccessCriteriaMet',
    'cannot set Complete=True condition without the SuccessCriteriaMet=true condition',
  ],
] as const;

function validateConditions(errors: FieldError[], next: Job, old: Job): void {
  const isNew = (...types: readonly string[]): boolean =>
    types.some((type) => isTrue(next, type) !== isTrue(old, type));
  const complain = (detail: string): void => {
    errors.push(invalidUnshown('status.conditions', detail));
  };
  for (const [one, other, detail] of exclusive) {
    const isChecked = one === 'SuccessCriteriaMet' || isNew(one, other);
    if (isChecked && isTrue(next, one) && isTrue(next, other)) complain(detail);
  }
  for (const [type, needed, detail] of dependent) {
    if (isNew(type, needed) && isTrue(next, type) && !isTrue(next, needed)) complain(detail);
  }
  if (next.spec.successPolicy && !isTrue(next, 'SuccessCriteriaMet') && isTrue(next, 'Complete')) {
    complain('cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True');
  }
}

function validateTimes(errors: FieldError[], next: Job, old: Job): void {
  const { startTime, completionTime } = next.status ?? {};
  const path = 'status.completionTime';
  const isComplete = isTrue(next, 'Complete');
  const isNew = hasChanged(next, old, 'completionTime') || isComplete !== isTrue(old, 'Complete');
  if (isNew && completionTime && !isComplete) {
    const detail = 'cannot set completionTime when there is no Complete=True condition';
    errors.push(invalid(path, completionTime, detail));
  }
  if (isNew && !completionTime && isComplete) {
    errors.push(required(path, 'completionTime is required for Complete jobs'));
  }
  const isMoved = hasChanged(next, old, 'startTime') || hasChanged(next, old, 'completionTime');
  if (isMoved && startTime && completionTime && Date.parse(completionTime) < Date.parse(startTime)) {
    errors.push(invalid(path, completionTime, 'completionTime cannot be set before startTime'));
  }
}

function validateFinished(errors: FieldError[], next: Job, old: Job): void {
  const { active = 0, terminating = 0, startTime, uncountedTerminatedPods: uncounted } = next.status ?? {};
  if (!isFinished(next)) return;
  const isNew = !isFinished(old);
  if (active > 0 && (isNew || hasChanged(next, old, 'active'))) {
    errors.push(invalid('status.active', active, 'active>0 is invalid for finished job'));
  }
  if (!startTime && (isNew || hasChanged(next, old, 'startTime'))) {
    errors.push(required('status.startTime', 'startTime is required for finished job'));
  }
  const count = (uncounted?.failed?.length ?? 0) + (uncounted?.succeeded?.length ?? 0);
  if (count > 0 && (isNew || hasChanged(next, old, 'uncountedTerminatedPods'))) {
    const detail = 'uncountedTerminatedPods needs to be empty for finished job';
    errors.push(invalidAs('status.uncountedTerminatedPods', uncounted, '*UncountedTerminatedPods', detail));
  }
  if (terminating > 0 && (isNew || hasChanged(next, old, 'terminating'))) {
    errors.push(invalid('status.terminating', terminating, 'terminating>0 is invalid for finished job'));
  }
}

function validateIndexes(errors: FieldError[], next: Job, old: Job): void {
  const { completions, completionMode, backoffLimitPerIndex } = next.spec;
  const { completedIndexes = '', failedIndexes, active = 0, ready = 0 } = next.status ?? {};
  const isNewCompleted = hasChanged(next, old, 'completedIndexes');
  const isNewFailed = hasChanged(next, old, 'failedIndexes');
  if (completions !== undefined) {
    if (isNewCompleted) validateFormat(errors, completedIndexes, completions, 'completedIndexes');
    if (isNewFailed && backoffLimitPerIndex !== undefined && failedIndexes !== undefined) {
      validateFormat(errors, failedIndexes, completions, 'failedIndexes');
    }
  }
  if (isNewCompleted && completedIndexes && completionMode !== 'Indexed') {
    const detail = 'cannot set non-empty completedIndexes when non-indexed completion mode';
    errors.push(invalid('status.completedIndexes', completedIndexes, detail));
  }
  if (isNewFailed && failedIndexes !== undefined && backoffLimitPerIndex === undefined) {
    const detail = 'cannot set non-null failedIndexes when backoffLimitPerIndex is null';
    errors.push(invalid('status.failedIndexes', failedIndexes, detail));
  }
  if ((isNewCompleted || isNewFailed) && completions !== undefined && failedIndexes) {
    const shared = firstShared(completedIndexes, failedIndexes, completions);
    const detail = `failedIndexes and completedIndexes overlap at index: ${shared}`;
    if (shared !== undefined) errors.push(invalid('status.failedIndexes', failedIndexes, detail));
  }
  const isCounted = hasChanged(next, old, 'ready') || hasChanged(next, old, 'active');
  if (isCounted && ready > active) {
    errors.push(invalid('status.ready', ready, 'cannot set more ready pods than active'));
  }
}

function validateFormat(errors: FieldError[], text: string, completions: number, field: string): void {
  try {
    countIndexes(text, completions);
  } catch (error) {
    if (!(error instanceof IndexesError)) throw error;
    errors.push(invalid(`status.${field}`, text, `error parsing ${field}: ${error.message}`));
  }
}

/** What never goes back. */
function validateProgress(errors: FieldError[], next: Job, old: Job): void {
  for (const type of ['Failed', 'Complete', 'FailureTarget']) {
    if (!isTrue(old, type) || isTrue(next, type)) continue;
    errors.push(invalidUnshown('status.conditions', `cannot disable the terminal ${type}=True condition`));
  }
  const { failed = 0, succeeded = 0, completionTime, startTime } = next.status ?? {};
  const before = old.status ?? {};
  if (failed < (before.failed ?? 0)) {
    errors.push(invalid('status.failed', failed, 'cannot decrease the failed counter'));
  }
  const { completionMode, completions, parallelism, suspend } = next.spec;
  const isElastic = completionMode === 'Indexed' && completions === parallelism;
  if (!isElastic && succeeded < (before.succeeded ?? 0)) {
    errors.push(invalid('status.succeeded', succeeded, 'cannot decrease the succeeded counter'));
  }
  if (completionTime && before.completionTime && completionTime !== before.completionTime) {
    errors.push(invalid('status.completionTime', completionTime, 'completionTime cannot be mutated'));
  }
  if (before.startTime && startTime !== before.startTime && !suspend) {
    errors.push(required('status.startTime', 'startTime cannot be removed for unsuspended job'));
  }
  const wasMet = isTrue(old, 'SuccessCriteriaMet');
  const isMet = isTrue(next, 'SuccessCriteriaMet');
  if (wasMet && !isMet) {
    errors.push(invalidUnshown('status.conditions', 'cannot disable the SuccessCriteriaMet=True condition'));
  }
  if (isTrue(old, 'Complete') && !wasMet && isMet) {
    const detail = 'cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions';
    errors.push(invalidUnshown('status.conditions', detail));
  }
}
