import type { Event } from '../../api/generated/types.ts';
import { parseRfc3339, type KubeObject } from '../../api/index.ts';
import type { DescribeContext } from './describer.ts';
import type { DescribePage } from './page.ts';
import { ageOf } from './time.ts';

/** Which events are about an object. Fields that are absent are not asked for. */
export interface EventQuery {
  readonly namespace: string | undefined;
  readonly name: string;
  readonly kind?: string;
  readonly uid?: string;
}

export function aboutObject({ kind, metadata }: KubeObject): EventQuery {
  return { namespace: metadata.namespace, name: metadata.name, kind, uid: metadata.uid };
}

/** Upstream: kubectl/pkg/describe/describe.go searchEvents */
export function findEvents(context: DescribeContext, query: EventQuery): Promise<readonly Event[]> {
  const terms = [
    `involvedObject.name=${query.name}`,
    `involvedObject.namespace=${query.namespace ?? ''}`,
    ...(query.kind ? [`involvedObject.kind=${query.kind}`] : []),
    ...(query.uid ? [`involvedObject.uid=${query.uid}`] : []),
  ];
  const path = query.namespace ? `/api/v1/namespaces/${query.namespace}/events` : '/api/v1/events';
  return context.list<Event>(path, { fieldSelector: terms.join(',') });
}

/** Looks up and writes the events about an object, if they are wanted. An error means that there are none to show. */
export async function writeEventsAbout(page: DescribePage, context: DescribeContext, query: EventQuery): Promise<void> {
  if (!context.showsEvents) return;
  const events = await findEvents(context, query).catch(() => []);
  writeEvents(page, events, context.nowMs);
}

export function writeEvents(page: DescribePage, events: readonly Event[], nowMs: number): void {
  if (events.length === 0) {
    page.write(0, 'Events:\t<none>\n');
    return;
  }
  page.flush();
  const lastMs = (event: Event) => parseRfc3339(event.lastTimestamp ?? '') ?? Number.NEGATIVE_INFINITY;
  const sorted = [...events].sort((a, b) => lastMs(a) - lastMs(b) || 0);
  page.write(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage\n');
  page.write(1, '----\t------\t----\t----\t-------\n');
  for (const event of sorted) {
    const source = event.source?.component || event.reportingComponent || '';
    const { fieldPath } = event.involvedObject;
    const message = (fieldPath ? `${fieldPath}: ` : '') + (event.message ?? '').trim();
    page.write(1, `${event.type ?? ''}\t${event.reason ?? ''}\t${interval(event, nowMs)}\t${source}\t${message}\n`);
  }
}

function interval(event: Event, nowMs: number): string {
  const first = ageOf(event.eventTime ?? event.firstTimestamp, nowMs);
  if (event.series) return `${ageOf(event.series.lastObservedTime, nowMs)} (x${event.series.count ?? 0} over ${first})`;
  if ((event.count ?? 0) > 1) return `${ageOf(event.lastTimestamp, nowMs)} (x${event.count} over ${first})`;
  return first;
}
