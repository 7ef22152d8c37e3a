import type { Event } from '../../api/generated/types.ts';
import { decodeObject, parseRfc3339 } from '../../api/index.ts';
import type { Command } from '../command/command.ts';
import { declareAllNamespacesFlag, declareChunkSizeFlag } from '../command/common-flags.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { ageOf } from '../describe/time.ts';
import { goSort } from '../go/sort.ts';
import { TabWriter } from '../go/tab-writer.ts';
import { declarePrintFlags, outputFormats, printerOf } from '../printers/print-flags.ts';
import type { JsonObject } from '../resource/json.ts';
import { patchSchemaOf } from '../resource/patch-schema.ts';
import { isList } from '../resource/unstructured.ts';
import { apiVersionOf } from '../rest/rest-mapper.ts';

/** Upstream: kubectl/pkg/cmd/events/events.go */
export const eventsCommand: Command = {
  name: 'events',
  short: 'List events',
  long: `Display events.

Prints a table of what matters most about events: those of a namespace, of all namespaces, or those about one resource.`,
  examples: `# Of the namespace
kubectl events

# Of all namespaces
kubectl events --all-namespaces

# About one pod, and then more as they come
kubectl events --for pod/web-pod-13je7 --watch

# As YAML
kubectl events -oyaml

# Of some types
kubectl events --types=Warning,Normal`,
  usage: `events [(-o|--output=)${outputFormats.join('|')}] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]`,
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.bool('watch', 'After the events that there are, print more as they come.', { short: 'w' });
    declareAllNamespacesFlag(flags);
    flags.string('for', 'Only events about this resource.');
    flags.stringSlice('types', 'Only events of these types.');
    flags.bool('no-headers', 'Leave out the headers of the table.');
    declareChunkSizeFlag(flags);
    declarePrintFlags(flags);
  },
  run: listEvents,
};

const kind = { group: '', version: 'v1', kind: 'Event' };

async function listEvents(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const ownNamespace = await invocation.namespace();
  const isEverywhere = flags.getBool('all-namespaces');
  const namespace = isEverywhere ? '' : ownNamespace;
  const fieldSelector = await subjectSelector(invocation);
  const print = await eventPrinter(invocation, isEverywhere);
  const types = flags.getStrings('types').map((type) => type.toLowerCase());
  if (types.some((type) => type !== 'normal' && type !== 'warning')) {
    throw new CommandError('valid --types are Normal or Warning');
  }
  const isWanted = (event: Event) => types.length === 0 || types.includes((event.type ?? '').toLowerCase());
  const client = await invocation.resource(await invocation.mappingForKind('', 'Event', 'v1'));
  const query = fieldSelector === '' ? {} : { fieldSelector };
  if (flags.getBool('watch')) {
    for await (const { type, object } of client.watch(namespace, { ...query, limit: 500 })) {
      const event = asEvent(object);
      if (type !== 'DELETED' && isWanted(event)) print([event], event);
    }
    return;
  }
  const found = (await client.listAll(namespace, query)).map(asEvent).filter(isWanted);
  if (found.length === 0) {
    invocation.complain(isEverywhere ? 'No events found.\n' : `No events found in ${ownNamespace} namespace.\n`);
    return;
  }
  const events = goSort(found, (a, b) => timeOf(a) < timeOf(b));
  print(events, { kind: 'EventList', apiVersion: 'v1', metadata: {}, items: events });
}

/** As a field selector, what `--for` names. */
async function subjectSelector(invocation: Invocation): Promise<string> {
  const subject = invocation.flags.getString('for');
  if (subject === '') return '';
  const [type, name, ...more] = subject.split('/');
  if (name === undefined) throw new CommandError('--for must be in resource/name form');
  if (more.length > 0) throw new CommandError('arguments in resource/name form may not have more than one slash');
  const mapping = await invocation.mappingFor(type!.toLowerCase());
  if (name === '') return '';
  return `involvedObject.kind=${mapping.kind},involvedObject.apiVersion=${apiVersionOf(mapping)},involvedObject.name=${name}`;
}

/** With all fields that Go writes. */
function asEvent(object: JsonObject): Event {
  const whole = { ...object, apiVersion: 'v1', kind: 'Event' };
  const times = { eventTime: null, firstTimestamp: null, lastTimestamp: null };
  return { ...times, ...decodeObject(whole, patchSchemaOf(kind)!).object } as unknown as Event;
}

type PrintEvents = (events: readonly Event[], object: unknown) => void;

async function eventPrinter(invocation: Invocation, showsNamespace: boolean): Promise<PrintEvents> {
  if (invocation.flags.getString('output') !== '') {
    const printer = await printerOf(invocation, { isTyped: true });
    const printsNames = invocation.flags.getString('output') === 'name';
    return (_, object) => {
      // Upstream's printer of names refuses typed lists, and nobody hears of it.
      if (!printsNames || !isList(object as JsonObject)) invocation.print(printer.print(object as JsonObject));
    };
  }
  const table = new TabWriter((text) => invocation.print(text));
  const namespaceCell = (text: string) => (showsNamespace ? `${text}\t` : '');
  let hasHeader = invocation.flags.getBool('no-headers');
  return (events) => {
    if (!hasHeader) table.write(`${namespaceCell('NAMESPACE')}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n`);
    hasHeader = true;
    for (const event of events) {
      const { metadata, type, reason, involvedObject, message } = event;
      const cells = [
        lastSeen(event, invocation.nowMs()),
        type,
        reason,
        `${involvedObject.kind ?? ''}/${involvedObject.name ?? ''}`,
        (message ?? '').trim(),
      ];
      table.write(`${namespaceCell(metadata.namespace ?? '')}${cells.map((cell) => cell ?? '').join('\t')}\n`);
    }
    table.flush();
  };
}

function lastSeen({ eventTime, firstTimestamp, lastTimestamp, count, series }: Event, nowMs: number): string {
  const first = ageOf(eventTime ?? firstTimestamp, nowMs);
  if (series) return `${ageOf(series.lastObservedTime, nowMs)} (x${series.count ?? 0} over ${first})`;
  return (count ?? 0) > 1 ? `${ageOf(lastTimestamp, nowMs)} (x${count} over ${first})` : first;
}

function timeOf({ series, lastTimestamp, eventTime }: Event): number {
  const time = series ? series.lastObservedTime : (lastTimestamp ?? eventTime);
  return (time ? parseRfc3339(time) : undefined) ?? Number.NEGATIVE_INFINITY;
}
