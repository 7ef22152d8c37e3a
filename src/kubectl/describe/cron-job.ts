import type { CronJob } from '../../api/generated/types.ts';
import { formatLabelSelector } from '../../api/index.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { goBool, writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';
import { writePodTemplate } from './pod-template.ts';
import { rfc1123 } from './time.ts';

const unset = '<unset>';

/** Upstream: kubectl/pkg/describe/describe.go describeCronJob */
export const describeCronJob: Describer<CronJob> = async (cronJob, context) => {
  const { metadata, spec, status } = cronJob;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Schedule', spec.schedule);
  page.field(0, 'Concurrency Policy', spec.concurrencyPolicy ?? '');
  page.field(0, 'Suspend', goBool(spec.suspend));
  page.field(0, 'Successful Job History Limit', spec.successfulJobsHistoryLimit ?? unset);
  page.field(0, 'Failed Job History Limit', spec.failedJobsHistoryLimit ?? unset);
  page.field(0, 'Starting Deadline Seconds', withSeconds(spec.startingDeadlineSeconds) ?? unset);
  writeJobTemplate(page, cronJob);
  page.field(0, 'Last Schedule Time', status.lastScheduleTime ? rfc1123(status.lastScheduleTime) : unset);
  page.field(0, 'Active Jobs', status.active?.map((job) => job.name).join(', ') || '<none>');
  await writeEventsAbout(page, context, aboutObject(cronJob));
  return page.end();
};

function writeJobTemplate(page: DescribePage, { spec }: CronJob): void {
  const job = spec.jobTemplate.spec;
  page.field(0, 'Selector', job?.selector ? formatLabelSelector(job.selector) : unset);
  page.field(0, 'Parallelism', job?.parallelism ?? unset);
  page.field(0, 'Completions', job?.completions ?? unset);
  const deadline = withSeconds(job?.activeDeadlineSeconds);
  if (deadline !== undefined) page.field(0, 'Active Deadline Seconds', deadline);
  writePodTemplate(page, job?.template ?? {});
}

function withSeconds(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : `${seconds}s`;
}
