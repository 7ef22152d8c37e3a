import type { CronJob, CronJobSpec } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  formatLabelSelector,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { parseSchedule, ScheduleError } from '../../../cron/schedule.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateTimeZone } from '../cron-job/time-zone.ts';
import { validateNonNegative } from '../int-or-percent.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { defaultJobPods } from '../job/defaults.ts';
import { validateJobSpec } from '../job/spec-validation.ts';
import { warningsForJob } from '../job/warnings.ts';
import { Change, isZero, withField } from '../share.ts';
import { ageCell, ageColumn, column, containerCells, nameColumn, sinceCell } from '../table.ts';
import { asFirstGeneration, asNextGeneration, withOldSpec } from '../workload/generation.ts';

/** What a CronJob has to look like. */
export const cronJobRules: ResourceRules<CronJob> = {
  defaults: (cronJob) => withField(cronJob, 'spec', defaultSpec(cronJob.spec)),
  prepareForCreate: (cronJob) => asFirstGeneration(cronJob),
  prepareForUpdate: asNextGeneration,
  validate: ({ spec }) => {
    const errors: FieldError[] = [];
    validateSpec(errors, spec, 'spec');
    return errors;
  },
  validateCreate: ({ metadata, spec }) => {
    const errors: FieldError[] = [];
    validateZoneInSchedule(errors, spec, undefined, 'spec.schedule');
    validateTimeZone(errors, spec.timeZone, 'spec.timeZone');
    // Jobs are named after it, with eleven more characters.
    if (metadata.name.length > maxNameLength) {
      errors.push(invalid('metadata.name', metadata.name, 'must be no more than 52 characters'));
    }
    return errors;
  },
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    validateZoneInSchedule(errors, next.spec, old.spec, 'spec.schedule');
    if (next.spec.timeZone !== old.spec.timeZone) validateTimeZone(errors, next.spec.timeZone, 'spec.timeZone');
    return errors;
  },
  warnings,
  status: { prepareForUpdate: withOldSpec, validateUpdate: () => [] },
  columns: [
    nameColumn,
    column('Schedule', 'string', 'When jobs start, as in a crontab.'),
    column('Timezone', 'string', 'The time zone that the schedule is in.'),
    column('Suspend', 'boolean', 'Whether no more jobs start.'),
    column('Active', 'integer', 'How many jobs are running.'),
    column('Last Schedule', 'string', 'How long ago the last job started.'),
    ageColumn,
    column('Containers', 'string', 'The names of the containers in the template.', { wide: true }),
    column('Images', 'string', 'The images of the containers in the template.', { wide: true }),
    column('Selector', 'string', 'Which pods belong to the jobs.', { wide: true }),
  ],
  row: (cronJob, context) => {
    const { spec, status } = cronJob;
    const { suspend, jobTemplate } = spec;
    const suspendedCell = suspend ? 'True' : 'False';
    return [
      cronJob.metadata.name,
      spec.schedule,
      spec.timeZone ?? '<none>',
      suspend === undefined ? '<unset>' : suspendedCell,
      status?.active?.length ?? 0,
      status?.lastScheduleTime ? sinceCell(status.lastScheduleTime, context) : '<none>',
      ageCell(cronJob, context),
      ...containerCells(jobTemplate?.spec?.template?.spec?.containers),
      formatLabelSelector(jobTemplate?.spec?.selector),
    ];
  },
};

const maxNameLength = 52;

/** The job itself is filled in when it is made; only its pods are now. Upstream: pkg/apis/batch/v1/defaults.go */
function defaultSpec(given: CronJobSpec): CronJobSpec {
  if (!given) return given;
  const spec = new Change(given);
  spec.fill({ concurrencyPolicy: 'Allow' }, isZero);
  spec.fill({ suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
  const { jobTemplate } = given;
  if (jobTemplate?.spec) {
    spec.set('jobTemplate', withField(jobTemplate, 'spec', defaultJobPods(jobTemplate.spec)));
  }
  return spec.result;
}

function validateSpec(errors: FieldError[], spec: CronJobSpec, path: string): void {
  const { schedule, concurrencyPolicy: policy } = spec;
  const problem = schedule && scheduleProblem(schedule);
  if (!schedule) errors.push(required(`${path}.schedule`));
  else if (problem) errors.push(invalid(`${path}.schedule`, schedule, problem));
  validateNonNegative(errors, spec.startingDeadlineSeconds, `${path}.startingDeadlineSeconds`);

  const policies = ['Allow', 'Forbid', 'Replace'];
  if (!policy) errors.push(required(`${path}.concurrencyPolicy`));
  else if (!policies.includes(policy)) errors.push(notSupported(`${path}.concurrencyPolicy`, policy, policies));
  validateTemplate(errors, spec, `${path}.jobTemplate.spec`);
  validateNonNegative(errors, spec.successfulJobsHistoryLimit, `${path}.successfulJobsHistoryLimit`);
  validateNonNegative(errors, spec.failedJobsHistoryLimit, `${path}.failedJobsHistoryLimit`);
}

function scheduleProblem(schedule: string): string | undefined {
  try {
    parseSchedule(schedule);
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
}

function validateTemplate(errors: FieldError[], { jobTemplate }: CronJobSpec, path: string): void {
  const job = jobTemplate?.spec;
  if (!job) {
    errors.push(required(path));
    return;
  }
  validateJobSpec(errors, job, path);
  if (job.selector) {
    const detail = '`selector` will be auto-generated';
    errors.push(invalidAs(`${path}.selector`, job.selector, '*LabelSelector', detail));
  }
  if (job.manualSelector) errors.push(notSupported(`${path}.manualSelector`, true, ['nil', 'false']));
}

function validateZoneInSchedule(
  errors: FieldError[],
  { schedule = '', timeZone }: CronJobSpec,
  old: CronJobSpec | undefined,
  path: string,
): void {
  if (!schedule.includes('TZ')) return;
  if (!old?.schedule.includes('TZ')) {
    const detail = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
    errors.push(invalid(path, schedule, detail));
  } else if (timeZone !== undefined) {
    errors.push(invalid(path, schedule, 'cannot use both timeZone field and TZ or CRON_TZ in schedule'));
  }
}

function warnings(next: CronJob, old: CronJob | undefined): readonly string[] {
  const problems = old ? [] : checkDns1123Label(next.metadata.name);
  const why = `this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`;
  const named = problems.length > 0 ? [`metadata.name: ${why}`] : [];
  const isChanged = old?.metadata.generation !== next.metadata.generation;
  const ofJob = isChanged ? warningsForJob(next.spec.jobTemplate.spec!, 'spec.jobTemplate.spec') : [];
  const hasZone = next.spec.schedule.includes('TZ');
  const zoned =
    'CRON_TZ or TZ used in schedule is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details';
  return [...named, ...ofJob, ...(hasZone ? [`spec.schedule: ${zoned}`] : [])];
}
