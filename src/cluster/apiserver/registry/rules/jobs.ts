import type { Job } from '../../../../api/generated/types.ts';
import { checkDns1123Label, formatLabelSelector, humanDuration, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules, TableContext } from '../../resource-definition.ts';
import { defaultJobSpec } from '../job/defaults.ts';
import { validateGeneratedSelector, withGeneratedSelector } from '../job/generated-selector.ts';
import { validateIndexedName, validateJobSpec, validateSelector } from '../job/spec-validation.ts';
import { validateJobStatus } from '../job/status-validation.ts';
import { validateJobUpdate } from '../job/update-validation.ts';
import { warningsForJob } from '../job/warnings.ts';
import { withField } from '../share.ts';
import { ageCell, ageColumn, column, containerCells, nameColumn } from '../table.ts';
import { asFirstGeneration, asNextGeneration, withOldSpec } from '../workload/generation.ts';

/** What a Job has to look like. */
export const jobRules: ResourceRules<Job> = {
  defaults: defaultJob,
  prepareForCreate: (job) => withGeneratedSelector(asFirstGeneration(job)),
  prepareForUpdate: asNextGeneration,
  validate: (job) => {
    const errors: FieldError[] = [];
    validateGeneratedSelector(errors, job);
    validateJobSpec(errors, job.spec, 'spec');
    validateSelector(errors, job.spec, 'spec');
    validateIndexedName(errors, job);
    return errors;
  },
  validateUpdate: validateJobUpdate,
  warnings: (next, old) => {
    if (old && old.metadata.generation === next.metadata.generation) return [];
    const problems = old ? [] : checkDns1123Label(next.metadata.name);
    const why = `this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`;
    const named = problems.length > 0 ? [`metadata.name: ${why}`] : [];
    return [...named, ...warningsForJob(next.spec, 'spec')];
  },
  status: { prepareForUpdate: withOldSpec, validateUpdate: validateJobStatus },
  columns: [
    nameColumn,
    column('Status', 'string', 'How far the job is.'),
    column('Completions', 'string', 'How many pods have succeeded, and how many should.'),
    column('Duration', 'string', 'How long the job took, or has run so far.'),
    ageColumn,
    column('Containers', 'string', 'The names of the containers in the template.', { wide: true }),
    column('Images', 'string', 'The images of the containers in the template.', { wide: true }),
    column('Selector', 'string', 'Which pods belong to the job.', { wide: true }),
  ],
  row: (job, context) => [
    job.metadata.name,
    statusCell(job),
    completionsCell(job),
    durationCell(job, context),
    ageCell(job, context),
    ...containerCells(job.spec.template?.spec?.containers),
    formatLabelSelector(job.spec.selector),
  ],
};

/** Labels of the template become those of a job that has none. */
function defaultJob(given: Job): Job {
  const job = withField(given, 'spec', defaultJobSpec(given.spec));
  const labels = job.spec?.template?.metadata?.labels;
  if (!labels || Object.keys(job.metadata?.labels ?? {}).length > 0) return job;
  return { ...job, metadata: { ...job.metadata, labels } };
}

function statusCell({ metadata, status }: Job): string {
  const isTrue = (type: string): boolean =>
    Boolean(status?.conditions?.some((condition) => condition.type === type && condition.status === 'True'));
  if (isTrue('Complete')) return 'Complete';
  if (isTrue('Failed')) return 'Failed';
  if (metadata.deletionTimestamp) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(isTrue) ?? 'Running';
}

function completionsCell({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function durationCell({ status }: Job, { nowMs }: TableContext): string {
  if (!status?.startTime) return '';
  const endMs = status.completionTime ? Date.parse(status.completionTime) : nowMs;
  return humanDuration(endMs - Date.parse(status.startTime));
}
