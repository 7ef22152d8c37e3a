import type { CronJob, Job } from '../../../api/generated/types.ts';
import type { Draft } from '../../../api/index.ts';
import { cronJobs } from '../../apiserver/registry/index.ts';
import { zonedRfc3339 } from '../../cron/time-zone.ts';
import { controllerReference } from '../owner-reference.ts';

const timestampAnnotation = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** `backup-29462400`: the minute that it is for is in its name, so that it is not made twice. */
export function jobNameAt({ metadata }: CronJob, scheduledMs: number): string {
  return `${metadata.name}-${Math.floor(scheduledMs / 60_000)}`;
}

/** The job of one time. Upstream: getJobFromTemplate2 in pkg/controller/cronjob/utils.go */
export function jobAt(cronJob: CronJob, scheduledMs: number): Draft<Job> {
  const { metadata = {}, spec } = cronJob.spec.jobTemplate;
  const timestamp = zonedRfc3339(scheduledMs, cronJob.spec.timeZone ?? '');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobNameAt(cronJob, scheduledMs),
      namespace: cronJob.metadata.namespace,
      ...(metadata.labels && { labels: metadata.labels }),
      annotations: { ...metadata.annotations, [timestampAnnotation]: timestamp },
      ownerReferences: [controllerReference(cronJob, cronJobs)],
    },
    spec: spec!,
  };
}
