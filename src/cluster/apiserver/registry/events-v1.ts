import type { Event, EventsEvent } from '../../../api/generated/types.ts';
import { invalid, required, type FieldError } from '../../../api/index.ts';
import type { VersionView } from '../resource-definition.ts';
import { events } from './events.ts';
import { immutable } from './meta-validation.ts';

const { row } = events;

/** Events under the names of their own group: the same objects as those of the core. Upstream: pkg/apis/events */
export const eventsV1: VersionView<EventsEvent, Event> = {
  stored: events,
  fromStored,
  toStored,
  validate: (next, old) => (old ? validateUpdate(toStored(next), toStored(old)) : validateNew(next)),
  definition: {
    group: 'events.k8s.io',
    version: 'v1',
    resource: 'events',
    kind: 'Event',
    singular: 'event',
    shortNames: ['ev'],
    isNamespaced: true,
    schema: 'io.k8s.api.events.v1.Event',
    selectableFields: {
      reason: ({ reason }) => reason ?? '',
      'regarding.kind': ({ regarding }) => regarding?.kind ?? '',
      'regarding.namespace': ({ regarding }) => regarding?.namespace ?? '',
      'regarding.name': ({ regarding }) => regarding?.name ?? '',
      'regarding.uid': ({ regarding }) => regarding?.uid ?? '',
      'regarding.apiVersion': ({ regarding }) => regarding?.apiVersion ?? '',
      'regarding.resourceVersion': ({ regarding }) => regarding?.resourceVersion ?? '',
      'regarding.fieldPath': ({ regarding }) => regarding?.fieldPath ?? '',
      reportingController: ({ reportingController }) => reportingController ?? '',
      type: ({ type }) => type ?? '',
    },
    columns: events.columns!,
    row: (event, context) => row!(toStored(event), context),
  },
};

/** How the fields are called here, and there. */
const renamed = [
  ['regarding', 'involvedObject'],
  ['note', 'message'],
  ['reportingController', 'reportingComponent'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
] as const;

function fromStored(event: Event): EventsEvent {
  return renameFields(
    event,
    'events.k8s.io/v1',
    renamed.map(([own, core]) => [core, own]),
  ) as EventsEvent;
}

function toStored(event: EventsEvent): Event {
  return { involvedObject: {}, ...renameFields(event, 'v1', renamed) } as Event;
}

function renameFields(object: object, apiVersion: string, names: readonly (readonly [string, string])[]): object {
  const byName = new Map(names);
  const entries = Object.entries(object).map(([field, value]) => [byName.get(field) ?? field, value]);
  return { ...Object.fromEntries(entries), apiVersion };
}

/** Upstream: ValidateEventCreate in pkg/apis/core/validation/events.go */
function validateNew(event: EventsEvent): readonly FieldError[] {
  const errors: FieldError[] = [];
  validateSeries(errors, event);
  if (!event.eventTime) errors.push(required('eventTime'));
  const { type = '', deprecatedSource: source } = event;
  if (type !== 'Normal' && type !== 'Warning') errors.push(invalid('type', '', `has invalid value: ${type}`));
  const unset = {
    firstTimestamp: event.deprecatedFirstTimestamp,
    lastTimestamp: event.deprecatedLastTimestamp,
    count: event.deprecatedCount,
    source: source?.component || source?.host,
  };
  for (const [field, value] of Object.entries(unset)) {
    if (value) errors.push(invalid(field, '', 'needs to be unset'));
  }
  return errors;
}

function validateSeries(errors: FieldError[], { series }: Pick<EventsEvent, 'series'>): void {
  if (!series) return;
  if ((series.count ?? 0) < 2) errors.push(invalid('series.count', '', 'should be at least 2'));
  if (!series.lastObservedTime) errors.push(required('series.lastObservedTime'));
}

const fixedFields = [
  ['involvedObject', 'involvedObject'],
  ['reason', 'reason'],
  ['message', 'message'],
  ['source', 'source'],
  ['firstTimestamp', 'firstTimestamp'],
  ['lastTimestamp', 'lastTimestamp'],
  ['count', 'count'],
  ['type', 'type'],
  ['eventTime', 'eventTime'],
  ['action', 'action'],
  ['related', 'related'],
  ['reportingComponent', 'reportingController'],
  ['reportingInstance', 'reportingInstance'],
] as const;

/** An event is what it is; only its series goes on. Upstream: ValidateEventUpdate */
function validateUpdate(next: Event, old: Event): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (JSON.stringify(next.series) !== JSON.stringify(old.series)) {
    validateSeries(errors, next as Pick<EventsEvent, 'series'>);
  }
  for (const [field, shown] of fixedFields) immutable(errors, next[field], old[field], shown);
  return errors;
}
