import type { Event } from '../../../api/generated/types.ts';
import { checkDns1123Subdomain, checkQualifiedName, invalid, required, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition, TableContext } from '../resource-definition.ts';
import { addInvalid } from './label-validation.ts';
import { column, sinceCell } from './table.ts';

/** Something that happened to something. Upstream: pkg/registry/core/event */
export const events: ResourceDefinition<Event> = {
  group: '',
  version: 'v1',
  resource: 'events',
  kind: 'Event',
  singular: 'event',
  shortNames: ['ev'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.Event',
  defaults: withUnsetTimes,
  validate: validateEvent,
  allowsCreateOnUpdate: true,
  selectableFields: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject?.kind ?? '',
    'involvedObject.namespace': ({ involvedObject }) => involvedObject?.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject?.name ?? '',
    'involvedObject.uid': ({ involvedObject }) => involvedObject?.uid ?? '',
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject?.apiVersion ?? '',
    'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject?.resourceVersion ?? '',
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject?.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingComponent: ({ reportingComponent }) => reportingComponent ?? '',
    source: ({ source, reportingComponent }) => source?.component || reportingComponent || '',
    type: ({ type }) => type ?? '',
  },
  columns: [
    column('Last Seen', 'string', 'When this was last noticed.'),
    column('Type', 'string', 'Normal, or something to look at.'),
    column('Reason', 'string', 'What happened, in a word.'),
    column('Object', 'string', 'What it happened to.'),
    column('Subobject', 'string', 'Which part of the object it happened to.', { wide: true }),
    column('Source', 'string', 'Who noticed.', { wide: true }),
    column('Message', 'string', 'What happened, in a sentence.'),
    column('First Seen', 'string', 'When this was first noticed.', { wide: true }),
    column('Count', 'string', 'How often it has happened.', { wide: true }),
    { ...column('Name', 'string', 'What the event itself is called.', { wide: true }), format: 'name' },
  ],
  row: (event, context) => {
    const { involvedObject, firstSeen, lastSeen, count } = { ...event, ...occurrencesOf(event, context) };
    const kind = (involvedObject?.kind ?? '').toLowerCase();
    return [
      lastSeen,
      event.type ?? '',
      event.reason ?? '',
      involvedObject?.name ? `${kind}/${involvedObject.name}` : kind,
      involvedObject?.fieldPath ?? '',
      sourceCell(event),
      (event.message ?? '').trim(),
      firstSeen,
      count,
      event.metadata.name,
    ];
  },
};

/** Its times are values in Go, not pointers: one that was never set is written as null. */
function withUnsetTimes(event: Event): Event {
  if (Object.keys(unsetTimes).every((field) => field in event)) return event;
  return { ...unsetTimes, ...event };
}

const unsetTimes = { eventTime: null, firstTimestamp: null, lastTimestamp: null } as unknown as Partial<Event>;

interface Occurrences {
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly count: number;
}

/** Old events count themselves; new ones have a series, or none when they happened once. */
function occurrencesOf(event: Event, context: TableContext): Occurrences {
  const firstSeen = sinceCell(event.firstTimestamp || event.eventTime, context);
  if (event.series) {
    const lastSeen = sinceCell(event.series.lastObservedTime, context);
    return { firstSeen, lastSeen, count: event.series.count ?? 0 };
  }
  const lastSeen = event.lastTimestamp ? sinceCell(event.lastTimestamp, context) : firstSeen;
  return { firstSeen, lastSeen, count: event.count || 1 };
}

function sourceCell({ source, reportingComponent, reportingInstance }: Event): string {
  const component = source?.component || reportingComponent || '';
  const instance = source?.host || reportingInstance || '';
  return instance ? `${component}, ${instance}` : component;
}

const nameLimit = 128;
const messageLimit = 1024;

/** Upstream: legacyValidateEvent in pkg/apis/core/validation/events.go */
function validateEvent(event: Event): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { involvedObject, metadata, reportingComponent = '', reportingInstance = '' } = event;
  const own = metadata.namespace ?? '';
  const involved = involvedObject?.namespace ?? '';
  const mismatch = (): void => {
    errors.push(invalid('involvedObject.namespace', involved, 'does not match event.namespace'));
  };
  if (!event.eventTime) {
    if (involved ? own !== involved : own !== '' && own !== 'default') mismatch();
  } else {
    if (!involved && own !== 'default' && own !== 'kube-system') mismatch();
    if (!reportingComponent) errors.push(required('reportingComponent'));
    addInvalid(errors, 'reportingComponent', reportingComponent, checkQualifiedName(reportingComponent));
    demand(errors, 'reportingInstance', reportingInstance, nameLimit);
    demand(errors, 'action', event.action ?? '', nameLimit);
    demand(errors, 'reason', event.reason ?? '', nameLimit);
    limit(errors, 'message', event.message ?? '', messageLimit);
  }
  addInvalid(errors, 'namespace', own, checkDns1123Subdomain(own));
  return errors;
}

function demand(errors: FieldError[], field: string, value: string, max: number): void {
  if (!value) errors.push(required(field));
  limit(errors, field, value, max);
}

function limit(errors: FieldError[], field: string, value: string, max: number): void {
  if (value.length > max) errors.push(invalid(field, '', `can have at most ${max} characters`));
}
