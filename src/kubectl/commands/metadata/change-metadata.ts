import { createMergePatch, goQuote, type JsonObject as ApiJsonObject } from '../../../api/index.ts';
import {
  declareAllNamespacesFlag,
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareFieldSelectorFlag,
  declareFilenameFlags,
  declareSelectorFlag,
  filenameOptions,
  hasFilenames,
} from '../../command/common-flags.ts';
import type { DryRun, Invocation } from '../../command/invocation.ts';
import { CommandError, flattened, joinErrors } from '../../errors/command-error.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { cloneJson, deleteAt, setAt, stringAt, stringMapAt, type JsonObject } from '../../resource/json.ts';
import { buildResources } from '../../resource/resource-builder.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { nameOf } from '../../resource/unstructured.ts';

/** What `label` and `annotate` do not share. */
export interface MetadataChange {
  /** `labels` or `annotations` */
  readonly field: 'labels' | 'annotations';
  /** `label` or `annotation` */
  readonly noun: string;
  readonly fieldManager: string;
  /** An example of a file for messages: `pod.yaml` */
  readonly fileExample: string;
  readonly parse: (specs: readonly string[]) => Changes;
  /** What is wrong with changing values that are there already. */
  readonly overwriteProblem: (current: Readonly<Record<string, string>>, changes: Changes) => Error | undefined;
  /** What is said of a change: `labeled`. */
  readonly verb: (before: JsonObject, after: JsonObject, isOverwriting: boolean) => string;
  /** Whether removing what is not there is remarked on. */
  readonly reportsMissing: boolean;
}

export interface Changes {
  readonly added: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

export function declareMetadataFlags(flags: FlagSet, { noun, field, fieldManager }: MetadataChange): void {
  declarePrintFlags(flags);
  declareDryRunFlag(flags);
  declareFilenameFlags(flags, `Files, directories or URLs that name the objects to change`);
  declareFieldManagerFlag(flags, fieldManager);
  declareSelectorFlag(flags);
  declareFieldSelectorFlag(flags);
  declareAllNamespacesFlag(flags, 'Work on the objects of every namespace.');
  flags.bool('all', 'All objects of the types in the namespace');
  flags.bool('list', `Show the ${field} of the objects.`);
  flags.bool('local', 'Change files only; no server is asked.');
  flags.bool('overwrite', `Change ${field} that are there already; without it that is refused.`);
  flags.string(
    'resource-version',
    `Change the ${noun} only if this is the object's current version. For a single object only.`,
  );
}

/** Upstream: kubectl/pkg/cmd/label/label.go, kubectl/pkg/cmd/annotate/annotate.go */
export async function changeMetadata(invocation: Invocation, change: MetadataChange): Promise<void> {
  const { flags } = invocation;
  const dryRun = invocation.dryRun();
  const { resources, specs } = splitArguments(invocation.arguments, change.noun);
  const changes = change.parse(specs);
  check(invocation, change, changes, resources, dryRun);
  const config = await invocation.config();
  const isLocal = flags.getBool('local');
  const built = await buildResources(invocation, {
    arguments: isLocal ? [] : resources,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    flattens: true,
    continuesOnError: true,
    isLocal,
    ...(!isLocal && {
      isAllNamespaces: flags.getBool('all-namespaces'),
      labelSelector: flags.getString('selector'),
      fieldSelector: flags.getString('field-selector'),
      allowsEmptySelector: flags.getBool('all'),
      fetchesLatest: true,
    }),
  });
  if (built.infos.length === 0 && built.error) throw built.error;
  if (!built.isSingleItem && flags.getString('resource-version') !== '') {
    throw new CommandError('--resource-version may only be used with a single resource');
  }
  const errors = built.error ? [...flattened([built.error])] : [];
  for (const info of built.infos) {
    try {
      await changeOne(invocation, change, changes, info, { dryRun, isSingle: built.isSingleItem });
    } catch (error) {
      if (invocation.io.signal.aborted) throw error;
      errors.push(error as Error);
    }
  }
  const error = joinErrors(errors);
  if (error) throw error;
}

/** Resources first, then `key=value` and `key-`. */
export function splitArguments(
  argv: readonly string[],
  noun: string,
): { readonly resources: string[]; readonly specs: string[] } {
  const resources: string[] = [];
  const specs: string[] = [];
  for (const argument of argv) {
    const isSpec =
      (argument.includes('=') && !argument.startsWith('=')) || (argument.endsWith('-') && argument !== '-');
    if (isSpec) specs.push(argument);
    else if (specs.length === 0) resources.push(argument);
    else throw new CommandError(`all resources must be specified before ${noun} changes: ${argument}`);
  }
  return { resources, specs };
}

function check(
  invocation: Invocation,
  { noun, fileExample }: MetadataChange,
  changes: Changes,
  resources: readonly string[],
  dryRun: DryRun,
): void {
  const { flags } = invocation;
  const fail = (message: string) => {
    throw new CommandError(message);
  };
  const json = fileExample.replace('.yaml', '.json');
  if (flags.getBool('list') && flags.getString('output') !== '')
    fail('--list and --output may not be specified together');
  if (flags.getBool('all') && flags.getString('selector')) fail('cannot set --all and --selector at the same time');
  if (flags.getBool('all') && flags.getString('field-selector')) {
    fail('cannot set --all and --field-selector at the same time');
  }
  if (flags.getBool('local')) {
    if (dryRun === 'server') fail('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
    if (resources.length > 0) {
      fail(`can only use local files by -f ${fileExample} or --filename=${json} when --local=true is set`);
    }
    if (!hasFilenames(flags)) fail(`one or more files must be specified as -f ${fileExample} or --filename=${json}`);
  } else if (resources.length === 0 && !hasFilenames(flags)) {
    fail('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (changes.added.size + changes.removed.length === 0 && !flags.getBool('list')) {
    fail(`at least one ${noun} update is required`);
  }
}

async function changeOne(
  invocation: Invocation,
  change: MetadataChange,
  changes: Changes,
  info: ResourceInfo,
  { dryRun, isSingle }: { readonly dryRun: DryRun; readonly isSingle: boolean },
): Promise<void> {
  const { flags } = invocation;
  const before = info.object!;
  const current = stringMapAt(before, 'metadata', change.field);
  const isOverwriting = flags.getBool('overwrite');
  const isSent = dryRun !== 'client' && !flags.getBool('local') && !flags.getBool('list');
  if (isSent && change.reportsMissing) {
    for (const key of changes.removed) {
      if (current[key] === undefined) invocation.print(`label ${goQuote(key)} not found.\n`);
    }
  }
  if (!isOverwriting) {
    const problem = change.overwriteProblem(current, changes);
    if (problem) throw problem;
  }
  const after = changed(before, change.field, current, changes);
  const version = flags.getString('resource-version');
  if (version !== '') {
    deleteAt(before, 'metadata', 'resourceVersion');
    setAt(after, version, 'metadata', 'resourceVersion');
  }
  const verb = change.verb(before, after, isOverwriting);
  info.object = after;
  if (isSent) {
    const client = await invocation.resource(info.mapping);
    const patch = createMergePatch(before as ApiJsonObject, after as ApiJsonObject);
    const answer = await client.patch(info.namespace, info.name, 'merge', patch, {
      fieldManager: flags.getString('field-manager'),
      isDryRun: dryRun === 'server',
    });
    if (change.field === 'annotations') info.object = answer;
  }
  if (flags.getBool('list')) return list(invocation, change.field, info, isSingle);
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const printer = await printerOf(invocation, { operation: verb + suffix });
  invocation.print(printer.print(info.object));
}

function changed(
  object: JsonObject,
  field: string,
  current: Readonly<Record<string, string>>,
  { added, removed }: Changes,
): JsonObject {
  const values: JsonObject = { ...current, ...Object.fromEntries(added) };
  for (const key of removed) delete values[key];
  const after = cloneJson(object);
  setAt(after, values, 'metadata', field);
  return after;
}

function list(invocation: Invocation, field: string, info: ResourceInfo, isSingle: boolean): void {
  const object = info.object!;
  if (!isSingle) {
    const kind = `${stringAt(object, 'kind')}.${info.mapping.group}`;
    invocation.print(`Listing ${field} for ${kind}/${nameOf(object)}:\n`);
  }
  const values = stringMapAt(object, 'metadata', field);
  for (const key of Object.keys(values).toSorted()) invocation.print(`${isSingle ? '' : ' '}${key}=${values[key]}\n`);
}
