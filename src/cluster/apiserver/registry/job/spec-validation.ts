import type { Job, JobSpec } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  goQuote,
  invalid,
  matchesLabels,
  notSupported,
  queryFromLabelSelector,
  required,
  SelectorError,
  tooLong,
  type FieldError,
} from '../../../../api/index.ts';
import { validateDomainPrefixedPath } from '../domain-path.ts';
import { validateNonNegative } from '../int-or-percent.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { validateLabelSelector } from '../label-validation.ts';
import { byteLength } from '../meta-validation.ts';
import { validatePodTemplate } from '../pod-spec/validate-pod-spec.ts';
import { validateFailurePolicy } from './failure-policy-validation.ts';
import { validateSuccessPolicy } from './success-policy-validation.ts';

/** Of jobs and of the templates in CronJobs. Upstream: validateJobSpec in pkg/apis/batch/validation/validation.go */
export function validateJobSpec(errors: FieldError[], spec: JobSpec, path: string): void {
  for (const field of numberFields) validateNonNegative(errors, spec[field], `${path}.${field}`);
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined) {
    errors.push(required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified'));
  }
  if (spec.managedBy !== undefined) {
    validateDomainPrefixedPath(errors, spec.managedBy, `${path}.managedBy`);
    if (byteLength(spec.managedBy) > maxManagedByBytes) errors.push(tooLong(`${path}.managedBy`, maxManagedByBytes));
  }
  validateCompletionMode(errors, spec, path);
  const { podFailurePolicy, successPolicy, podReplacementPolicy: replacement } = spec;
  if (podFailurePolicy) validateFailurePolicy(errors, spec, podFailurePolicy, `${path}.podFailurePolicy`);
  if (successPolicy) {
    if (spec.completionMode === 'Indexed') {
      validateSuccessPolicy(errors, spec, successPolicy, `${path}.successPolicy`);
    } else {
      const detail = 'requires indexed completion mode';
      errors.push(invalidAs(`${path}.successPolicy`, successPolicy, 'SuccessPolicy', detail));
    }
  }
  const replacements = podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  if (replacement !== undefined && !replacements.includes(replacement)) {
    errors.push(notSupported(`${path}.podReplacementPolicy`, replacement, replacements));
  }
  validatePodTemplate(errors, spec.template, `${path}.template`);
  validateRestartPolicy(errors, spec, `${path}.template.spec.restartPolicy`);
}

const numberFields = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

const maxManagedByBytes = 63;
const maxParallelism = 100_000;
const maxFailed = 100_000;
/** More completions than this limit the rest. */
const manyCompletions = 100_000;
const maxAmongMany = 10_000;

function validateCompletionMode(errors: FieldError[], spec: JobSpec, path: string): void {
  const { completionMode: mode, backoffLimitPerIndex, maxFailedIndexes } = spec;
  const modes = ['NonIndexed', 'Indexed'];
  if (mode !== undefined && !modes.includes(mode)) errors.push(notSupported(`${path}.completionMode`, mode, modes));
  if (mode === 'Indexed') validateIndexed(errors, spec, path);
  if (mode !== undefined && mode !== 'NonIndexed') return;
  const detail = 'requires indexed completion mode';
  if (backoffLimitPerIndex !== undefined) {
    errors.push(invalid(`${path}.backoffLimitPerIndex`, backoffLimitPerIndex, detail));
  }
  if (maxFailedIndexes !== undefined) errors.push(invalid(`${path}.maxFailedIndexes`, maxFailedIndexes, detail));
}

function validateIndexed(errors: FieldError[], spec: JobSpec, path: string): void {
  const { completions, parallelism = 0, backoffLimitPerIndex, maxFailedIndexes } = spec;
  const failedPath = `${path}.maxFailedIndexes`;
  const parallelismPath = `${path}.parallelism`;
  if (completions === undefined) errors.push(required(`${path}.completions`, 'when completion mode is Indexed'));
  if (parallelism > maxParallelism) {
    const detail = `must be less than or equal to ${maxParallelism} when completion mode is Indexed`;
    errors.push(invalid(parallelismPath, parallelism, detail));
  }
  if (completions !== undefined && maxFailedIndexes !== undefined && maxFailedIndexes > completions) {
    errors.push(invalid(failedPath, maxFailedIndexes, 'must be less than or equal to completions'));
  }
  if (maxFailedIndexes !== undefined && maxFailedIndexes > maxFailed) {
    errors.push(invalid(failedPath, maxFailedIndexes, `must be less than or equal to ${maxFailed}`));
  }
  if (completions === undefined || completions <= manyCompletions || backoffLimitPerIndex === undefined) return;
  const detail = `must be less than or equal to ${maxAmongMany} when completions are above ${manyCompletions} and used with backoff limit per index`;
  if (maxFailedIndexes === undefined) {
    errors.push(required(failedPath, `must be specified when completions is above ${manyCompletions}`));
  }
  if (parallelism > maxAmongMany) errors.push(invalid(parallelismPath, parallelism, detail));
  if (maxFailedIndexes !== undefined && maxFailedIndexes > maxAmongMany) {
    errors.push(invalid(failedPath, maxFailedIndexes, detail));
  }
}

function validateRestartPolicy(errors: FieldError[], { template, podFailurePolicy }: JobSpec, path: string): void {
  const policy = template?.spec?.restartPolicy ?? '';
  const policies = ['OnFailure', 'Never'];
  if (policy === 'Always' || policy === '') {
    errors.push(required(path, `valid values: ${policies.map(goQuote).join(', ')}`));
  } else if (!policies.includes(policy)) {
    errors.push(notSupported(path, policy, policies));
  } else if (podFailurePolicy && policy !== 'Never') {
    errors.push(invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified'));
  }
}

export function validateSelector(errors: FieldError[], spec: JobSpec, path: string): void {
  if (!spec.selector) errors.push(required(`${path}.selector`));
  else validateLabelSelector(errors, spec.selector, `${path}.selector`);
  const labels = spec.template?.metadata?.labels;
  try {
    if (matchesLabels(queryFromLabelSelector(spec.selector), labels ?? {})) return;
    const detail = '`selector` does not match template `labels`';
    errors.push(invalid(`${path}.template.metadata.labels`, labels ?? null, detail));
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
  }
}

/** Pods of an indexed job are named after it. */
export function validateIndexedName(errors: FieldError[], { metadata, spec }: Job): void {
  if (spec.completionMode !== 'Indexed' || !spec.completions) return;
  const longest = `${metadata.name}-${spec.completions - 1}`;
  if (checkDns1123Label(longest).length === 0) return;
  const detail = `will not able to create pod with invalid DNS label: ${longest}`;
  errors.push(invalid('metadata.name', metadata.name, detail));
}
