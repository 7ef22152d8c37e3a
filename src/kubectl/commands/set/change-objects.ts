import { decodeObject } from '../../../api/index.ts';
import type { Invocation } from '../../command/invocation.ts';
import { filenameOptions } from '../../command/common-flags.ts';
import { CommandError, throwJoined } from '../../errors/command-error.ts';
import { printerOf } from '../../printers/print-flags.ts';
import { cloneJson, equalJson, objectAt, type JsonObject } from '../../resource/json.ts';
import { patchSchemaOf } from '../../resource/patch-schema.ts';
import { buildResources } from '../../resource/resource-builder.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { podSpecPath } from './pod-spec-path.ts';
import { sendChange } from './send-change.ts';

/** What a `kubectl set` does to each object. */
export interface ObjectChange {
  /** Said of a changed object: `env updated`. */
  readonly operation: string;
  /** Stands before what the server refuses with. */
  readonly failure: string;
  /** Changes the copy it is given. False when there was nothing that it could change. */
  readonly change: (object: JsonObject, info: ResourceInfo) => Promise<boolean> | boolean;
  /** Objects that are as wanted already are sent and reported all the same. */
  readonly reportsUnchanged?: boolean;
}

const localResources =
  "error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'";

/** The objects that arguments and files name; with `--local` those of files alone. */
export async function objectsToChange(
  invocation: Invocation,
  words: readonly string[],
  options: { readonly refusesLocalNames?: boolean } = {},
): Promise<readonly ResourceInfo[]> {
  const { flags } = invocation;
  const isLocal = flags.getBool('local');
  if (isLocal && options.refusesLocalNames && words.length > 0) throw new CommandError(localResources);
  const config = await invocation.config();
  const { infos, error } = await buildResources(invocation, {
    arguments: isLocal ? [] : words,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    flattens: true,
    continuesOnError: true,
    isLocal,
    ...(!isLocal && {
      labelSelector: flags.lookup('selector') ? flags.getString('selector') : '',
      allowsEmptySelector: flags.getBool('all'),
      fetchesLatest: true,
    }),
  });
  if (error) throw error;
  return infos.map(withGoFields);
}

/** The same, after refusing flags that exclude each other: `set resources` and `set subject`. */
export async function objectsToChangeStrictly(invocation: Invocation): Promise<readonly ResourceInfo[]> {
  const { flags } = invocation;
  const dryRun = invocation.dryRun();
  await printerOf(invocation);
  const infos = await objectsToChange(invocation, invocation.arguments, { refusesLocalNames: true });
  if (flags.getBool('local') && dryRun === 'server') {
    throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  if (flags.getBool('all') && flags.getString('selector') !== '') {
    throw new CommandError('cannot set --all and --selector at the same time');
  }
  return infos;
}

/** As Go writes an object that it has read: with the fields that it always writes. */
function withGoFields(info: ResourceInfo): ResourceInfo {
  const schema = patchSchemaOf(info.mapping);
  return schema ? { ...info, object: decodeObject(info.object, schema).object as JsonObject } : info;
}

/** Upstream: kubectl/pkg/cmd/set/helper.go CalculatePatches, and what each command does with them */
export async function changeObjects(
  invocation: Invocation,
  infos: readonly ResourceInfo[],
  { operation, failure, change, reportsUnchanged }: ObjectChange,
): Promise<void> {
  const dryRun = invocation.dryRun();
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const printer = await printerOf(invocation, { operation: operation + suffix, isTyped: true });
  const errors: Error[] = [];
  for (const info of infos) {
    const object = cloneJson(info.object!);
    try {
      const isChanged = await change(object, info);
      if (!isChanged || (!reportsUnchanged && equalJson(object, info.object))) continue;
    } catch (error) {
      if (invocation.io.signal.aborted) throw error;
      errors.push(new CommandError(`error: ${info.mapping.resource}/${info.name} ${(error as Error).message}\n`));
      continue;
    }
    if (invocation.flags.getBool('local') || dryRun === 'client') {
      invocation.print(printer.print(object));
      continue;
    }
    try {
      invocation.print(printer.print(await sendChange(invocation, info, object, dryRun === 'server')));
    } catch (error) {
      if (invocation.io.signal.aborted) throw error;
      errors.push(new CommandError(`${failure} ${(error as Error).message}`));
    }
  }
  throwJoined(errors);
}

/** The pod spec in an object. Upstream: kubectl/pkg/polymorphichelpers/updatepodspecforobject.go */
export function podSpecOf(object: JsonObject, { mapping }: ResourceInfo): JsonObject {
  const path = podSpecPath(mapping);
  const spec = path && objectAt(object, ...path);
  if (spec) return spec;
  throw new CommandError(
    `the object is not a pod or does not have a pod template: *${mapping.version}.${mapping.kind}`,
  );
}
