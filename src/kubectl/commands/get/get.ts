import type { Command } from '../../command/command.ts';
import { filenameOptions, hasFilenames } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { ApiError } from '../../../api/index.ts';
import { CommandError, ErrorList, flattened, joinErrors, throwJoined } from '../../errors/command-error.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { isTable } from '../../printers/table.ts';
import { buildResources, type BuilderOptions } from '../../resource/resource-builder.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { isObject, objectsAt, type JsonObject } from '../../resource/json.ts';
import { isList, itemsOf, resourceVersionOf } from '../../resource/unstructured.ts';
import { groupResourceOf } from '../../rest/rest-mapper.ts';
import { declareGetFlags, getFormats } from './get-flags.ts';
import { genericPrinter, isTableFormat, tablePrinter } from './get-printers.ts';
import { getRaw } from './get-raw.ts';
import { MissingFieldError, sortByPath } from './sort-objects.ts';
import { watchCommand } from './watch.ts';

/** Upstream: kubectl/pkg/cmd/get/get.go */
export const getCommand: Command = {
  name: 'get',
  short: 'Display one or many resources',
  long: `Display one or many resources.

Prints a table of what matters most about them. A label selector (--selector) narrows the list. Resources that live in namespaces are looked up in the current one unless another is named.

A JSONPath or custom columns (-o) pick out single attributes.

Use "kubectl api-resources" for a complete list of supported resources.`,
  examples: `# All pods of the current namespace
kubectl get pods

# The same with more columns, such as the node of each pod
kubectl get pods -o wide

# One replica set
kubectl get replicaset web

# Deployments of a certain version of the API, as JSON
kubectl get deployments.v1.apps -o json

# What a file names
kubectl get -f pod.yaml -o json

# One field of one pod
kubectl get pod web-pod-13je7 -o jsonpath='{.status.phase}'

# Columns of one's own
kubectl get pod test-pod -o custom-columns=CONTAINER:.spec.containers[0].name,IMAGE:.spec.containers[0].image

# Several types at once
kubectl get rs,services

# Objects of several types by name
kubectl get rs/web service/frontend pods/web-pod-13je7

# All pods of all namespaces
kubectl get pods --all-namespaces`,
  usage: `get [(-o|--output=)${getFormats.join('|')}] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]`,
  suggestedFor: ['list', 'ps'],
  declare: declareGetFlags,
  run: get,
};

/** What the server is asked to answer with. */
export const tableAccept =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

async function get(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  checkUsage(invocation);
  if (flags.getString('raw') !== '') return getRaw(invocation);
  if (flags.getBool('watch') || flags.getBool('watch-only'))
    return watchCommand(invocation, await builderOptions(invocation));
  const options = await builderOptions(invocation);
  const built = await buildResources(invocation, { ...options, flattens: true, continuesOnError: true });
  const error = withoutIgnored(invocation, built.error);
  if (isTableFormat(invocation)) await printTables(invocation, built.infos, error);
  else await printGeneric(invocation, built.infos, error, built.isSingleItem);
}

function checkUsage(invocation: Invocation): void {
  const { flags } = invocation;
  const isWatching = flags.getBool('watch') || flags.getBool('watch-only');
  const output = flags.getString('output');
  if (flags.getString('raw') !== '') {
    if (invocation.arguments.length > 0) throw new CommandError('arguments may not be passed when --raw is specified');
    if (isWatching || flags.getString('selector') !== '') {
      throw new CommandError(
        '--raw may not be specified with other flags that filter the server request or alter the output',
      );
    }
    if (output !== '') throw new CommandError('--raw and --output are mutually exclusive');
    return;
  }
  if (flags.getString('sort-by') !== '' && flags.getBool('watch')) {
    invocation.complain('warning: --watch requested, --sort-by will be ignored for watch events received\n');
  } else if (flags.getString('sort-by') !== '' && flags.getBool('watch-only')) {
    invocation.complain('warning: --watch-only requested, --sort-by will be ignored\n');
  } else if (!isWatching && invocation.arguments.length === 0 && !hasFilenames(flags)) {
    invocation.complain(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
    );
    throw invocation.usageError(
      'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
    );
  }
  if (flags.getBool('show-labels') && output !== '' && output !== 'wide') {
    throw new CommandError(`--show-labels option cannot be used with ${output} printer`);
  }
  if (flags.getBool('output-watch-events') && !isWatching) {
    throw new CommandError('--output-watch-events option can only be used with --watch or --watch-only');
  }
}

async function builderOptions(invocation: Invocation): Promise<BuilderOptions> {
  const { flags } = invocation;
  const config = await invocation.config();
  const isAllNamespaces = flags.getBool('all-namespaces');
  const wantsTable = isTableFormat(invocation) && flags.getBool('server-print');
  const isSorting = flags.getString('sort-by') !== '';
  return {
    arguments: invocation.arguments,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit && !isAllNamespaces,
    isAllNamespaces,
    labelSelector: flags.getString('selector'),
    fieldSelector: flags.getString('field-selector'),
    allowsEmptySelector: true,
    fetchesLatest: true,
    chunkSize: isSorting ? 0 : flags.getNumber('chunk-size'),
    subresource: flags.getString('subresource'),
    ...(wantsTable && { accept: tableAccept }),
    ...(wantsTable && isSorting && { query: { includeObject: 'Object' } }),
  };
}

/** `--ignore-not-found` passes over what does not exist. */
function withoutIgnored(invocation: Invocation, error: Error | undefined): Error | undefined {
  if (!error || !invocation.flags.getBool('ignore-not-found')) return error;
  const rest = flattened([error]).filter((each) => !(each instanceof ApiError && each.reason === 'NotFound'));
  return joinErrors(rest);
}

async function printTables(
  invocation: Invocation,
  found: readonly ResourceInfo[],
  error: Error | undefined,
): Promise<void> {
  const { flags } = invocation;
  const isAllNamespaces = flags.getBool('all-namespaces');
  const infos = sorted(invocation, found);
  const withKind = new Set(infos.map((info) => `${groupResourceOf(info.mapping)}/${info.mapping.version}`)).size > 1;
  let written = 0;
  let needsSeparator = false;
  const writer = new TabWriter((text) => {
    if (needsSeparator) invocation.print('\n');
    needsSeparator = false;
    written += text.length;
    invocation.print(text);
  });
  let printer: ReturnType<typeof tablePrinter> | undefined;
  let last: string | undefined;
  let isAllNamespaced = !isAllNamespaces;
  for (const info of infos) {
    isAllNamespaced &&= info.mapping.isNamespaced;
    const resource = `${groupResourceOf(info.mapping)}/${info.mapping.version}`;
    if (!printer || resource !== last) {
      writer.flush();
      writer.forgetWidths();
      needsSeparator = last !== undefined && !flags.getBool('no-headers') && written > 0;
      printer = tablePrinter(invocation, info.mapping, {
        withNamespace: isAllNamespaces && info.mapping.isNamespaced,
        withKind,
      });
      last = resource;
    }
    const object = withSortedRows(info.object!, flags.getString('sort-by'));
    if (object) writer.write(printer.print(object));
  }
  writer.flush();
  if (written === 0 && !flags.getBool('ignore-not-found') && !error) {
    invocation.complain(
      isAllNamespaced ? `No resources found in ${await invocation.namespace()} namespace.\n` : 'No resources found\n',
    );
  }
  if (error) throw error;
}

/** Several tables are sorted like objects: by fields of the tables themselves, which hardly ever is what was meant. */
function sorted(invocation: Invocation, infos: readonly ResourceInfo[]): readonly ResourceInfo[] {
  const field = invocation.flags.getString('sort-by');
  return field === '' || infos.length < 2 ? infos : sortByPath(infos, field, (info) => info.object);
}

/** A table with its rows by `--sort-by`; undefined where they cannot be sorted, which upstream passes over in silence. */
function withSortedRows(object: JsonObject, field: string): JsonObject | undefined {
  const rows = objectsAt(object, 'rows');
  if (field === '' || !isTable(object) || rows.length < 2) return object;
  try {
    return { ...object, rows: [...sortByPath(rows, field, (row) => row['object'])] };
  } catch (error) {
    if (error instanceof MissingFieldError) return undefined;
    throw error;
  }
}

async function printGeneric(
  invocation: Invocation,
  infos: readonly ResourceInfo[],
  error: Error | undefined,
  isSingleItem: boolean,
): Promise<void> {
  if (error && isSingleItem) throw error;
  if (infos.length === 0 && invocation.flags.getBool('ignore-not-found')) {
    if (error) throw error;
    return;
  }
  const printer = await genericPrinter(invocation);
  const objects = infos.map((info) => info.object!);
  const [only] = objects;
  const object = isSingleItem && objects.length === 1 ? only! : asList(objects);
  invocation.print(printer.print(isList(object) ? sortedList(invocation, printedList(object)) : object));
  // Several failures read as one list of messages here.
  throwJoined(error instanceof ErrorList ? flattened([error]) : error ? [error] : []);
}

function asList(items: JsonObject[]): JsonObject {
  return { kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: '' }, items };
}

function printedList(list: JsonObject): JsonObject {
  return { ...asList(itemsOf(list)), metadata: { resourceVersion: resourceVersionOf(list) } };
}

function sortedList(invocation: Invocation, list: JsonObject): JsonObject {
  const field = invocation.flags.getString('sort-by');
  if (field === '' || itemsOf(list).length === 0) return list;
  return { ...list, items: [...sortByPath(itemsOf(list), field, (item) => (isObject(item) ? item : {}))] };
}
