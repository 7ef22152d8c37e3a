import type { Job } from '../../api/generated/types.ts';
import { controllerOf, formatLabelSelector, humanDuration, parseRfc3339 } from '../../api/index.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';
import { writePodTemplate } from './pod-template.ts';
import { rfc1123 } from './time.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeJob */
export const describeJob: Describer<Job> = async (job, context) => {
  const { metadata, spec } = job;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'Selector', formatLabelSelector(spec.selector));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  const owner = controllerOf(job);
  if (owner) page.field(0, 'Controlled By', `${owner.kind}/${owner.name}`);
  if (spec.parallelism !== undefined) page.field(0, 'Parallelism', spec.parallelism);
  page.field(0, 'Completions', spec.completions ?? '<unset>');
  if (spec.completionMode !== undefined) page.field(0, 'Completion Mode', spec.completionMode);
  if (spec.suspend !== undefined) page.field(0, 'Suspend', spec.suspend);
  if (spec.backoffLimit !== undefined) page.field(0, 'Backoff Limit', spec.backoffLimit);
  if (spec.ttlSecondsAfterFinished !== undefined) {
    page.field(0, 'TTL Seconds After Finished', spec.ttlSecondsAfterFinished);
  }
  writeTimes(page, job);
  if (spec.activeDeadlineSeconds !== undefined) {
    page.field(0, 'Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  }
  writeCounts(page, job);
  writePodTemplate(page, spec.template);
  await writeEventsAbout(page, context, aboutObject(job));
  return page.end();
};

function writeTimes(page: DescribePage, { status }: Job): void {
  const { startTime, completionTime } = status;
  if (startTime) page.field(0, 'Start Time', rfc1123(startTime));
  if (completionTime) page.field(0, 'Completed At', rfc1123(completionTime));
  if (!startTime || !completionTime) return;
  const lastedMs = (parseRfc3339(completionTime) ?? 0) - (parseRfc3339(startTime) ?? 0);
  page.field(0, 'Duration', humanDuration(lastedMs));
}

function writeCounts(page: DescribePage, { spec, status }: Job): void {
  const { active = 0, ready, succeeded = 0, failed = 0, completedIndexes = '' } = status;
  const readiness = ready === undefined ? '' : ` (${ready} Ready)`;
  page.field(0, 'Pods Statuses', `${active} Active${readiness} / ${succeeded} Succeeded / ${failed} Failed`);
  if (spec.completionMode === 'Indexed') page.field(0, 'Completed Indexes', shortened(completedIndexes));
}

const shownIndexes = 50;

/** Cut at the first comma after fifty characters. */
function shortened(indexes: string): string {
  if (indexes === '') return '<none>';
  const comma = indexes.indexOf(',', shownIndexes);
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`;
}
