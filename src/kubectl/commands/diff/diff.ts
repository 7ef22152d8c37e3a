import type { Command } from '../../command/command.ts';
import {
  declareFieldManagerFlag,
  declareFilenameFlags,
  declareSelectorFlag,
  filenameOptions,
  hasFilenames,
} from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, ExitStatus } from '../../errors/command-error.ts';
import { reportOf } from '../../errors/report.ts';
import { cloneJson, deleteAt, type JsonObject } from '../../resource/json.ts';
import { lastAppliedText } from '../../resource/last-applied.ts';
import { visitResources } from '../../resource/resource-builder.ts';
import type { ResourceClient } from '../../resource/resource-client.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { emitYaml } from '../../yaml/emit-yaml.ts';
import { Patcher, PatchRefusal } from '../apply/patch-object.ts';
import { maskSecrets } from './mask-secret.ts';

/**
 * Differs: there is no --prune.
 * Upstream: kubectl/pkg/cmd/diff/diff.go
 */
export const diffCommand: Command = {
  name: 'diff',
  short: 'Diff the live version against a would-be applied version',
  long: `Compare what files describe with what there is: what would 'kubectl apply' change?

The output is always YAML. The program that compares is "diff -u -N", or the one that the environment variable KUBECTL_EXTERNAL_DIFF names, with its parameters: KUBECTL_EXTERNAL_DIFF="colordiff -N -u".

Exit status: 0 without differences, 1 with differences, more than 1 when kubectl or diff failed. Another program has to keep to that.`,
  examples: `# What would change with what pod.json holds
kubectl diff -f pod.json

# With what comes in through standard input
cat service.yaml | kubectl diff -f -`,
  usage: 'diff -f FILENAME',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declareFilenameFlags(flags, 'Files with what to compare');
    declareFieldManagerFlag(flags, 'kubectl-client-side-apply');
    declareSelectorFlag(flags);
    flags.bool('server-side', 'Let the server merge, as with apply --server-side.');
    flags.bool('force-conflicts', 'With --server-side, take over fields that others manage.');
    flags.bool('show-managed-fields', 'Compare the managed fields, too.');
    flags.integer('concurrency', 'How many objects to compare at once.', { initial: 1 });
  },
  run: diff,
};

/** 1 stands for a difference, so failures end with one more than elsewhere. */
async function diff(invocation: Invocation): Promise<void> {
  try {
    await compare(invocation);
  } catch (error) {
    if (error instanceof ExitStatus || invocation.io.signal.aborted) throw error;
    const { text, status } = reportOf(error);
    throw new ExitStatus(status + 1, text);
  }
}

async function compare(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  if (invocation.arguments.length > 0) {
    throw invocation.usageError(`Unexpected args: [${invocation.arguments.join(' ')}]`);
  }
  if (!hasFilenames(flags)) throw new CommandError('must specify one of -f and -k');
  if (flags.getBool('force-conflicts') && !flags.getBool('server-side')) {
    throw new CommandError('--force-conflicts only works with --server-side');
  }
  const config = await invocation.config();
  const { files, environment } = invocation.io;
  const base = (environment.get('TMPDIR') ?? '/tmp').replace(/\/$/, '');
  const [live, merged] = ['LIVE', 'MERGED'].map((name) => `${base}/${name}-${randomDigits()}`) as [string, string];
  await files.makeDirectory(live);
  await files.makeDirectory(merged);
  try {
    const options = {
      filenames: filenameOptions(flags),
      namespace: config.namespace,
      enforcesNamespace: config.isNamespaceExplicit,
      labelSelector: flags.getString('selector'),
      flattens: true,
    };
    await visitResources(invocation, options, async (info) => {
      const versions = await versionsOf(invocation, info);
      const name = fileName(info);
      await files.write(`${live}/${name}`, versions.from ? emitYaml(versions.from) : '', 0o700);
      await files.write(`${merged}/${name}`, emitYaml(versions.to), 0o700);
    });
    await runDiff(invocation, live, merged);
  } finally {
    await Promise.allSettled([files.remove(live), files.remove(merged)]);
  }
}

function randomDigits(): string {
  return String(Math.floor(Math.random() * 2 ** 32));
}

function fileName({ mapping, namespace, name }: ResourceInfo): string {
  const { group, version, kind } = mapping;
  return `${group === '' ? '' : `${group}.`}${version}.${kind}.${namespace}.${name}`;
}

interface Versions {
  readonly from: JsonObject | undefined;
  readonly to: JsonObject;
}

async function versionsOf(invocation: Invocation, info: ResourceInfo): Promise<Versions> {
  const client = await invocation.resource(info.mapping);
  const current = await client.find(info.namespace, info.name);
  const merged = await mergedVersion(invocation, info, client, current);
  const shown = invocation.flags.getBool('show-managed-fields') ? (object: JsonObject) => object : withoutManagedFields;
  const versions = { from: current && shown(current), to: shown(merged) };
  const isSecret = info.mapping.kind === 'Secret' && info.mapping.version === 'v1';
  return isSecret ? maskSecrets(versions.from, versions.to) : versions;
}

/** What the server would make of it, without keeping it. */
async function mergedVersion(
  invocation: Invocation,
  info: ResourceInfo,
  client: ResourceClient,
  current: JsonObject | undefined,
): Promise<JsonObject> {
  const { flags } = invocation;
  const isServerSide = flags.getBool('server-side');
  const fieldManager = isServerSide && !flags.isChanged('field-manager') ? 'kubectl' : flags.getString('field-manager');
  const write = { fieldManager, isDryRun: true };
  if (isServerSide) {
    const isForced = flags.getBool('force-conflicts');
    return client.patch(info.namespace, info.name, 'apply', info.object!, { ...write, isForced });
  }
  if (!current) return client.create(info.namespace, info.object!, write);
  const noDeletion = { body: {}, gracePeriodSeconds: -1, isForced: false };
  try {
    const patcher = new Patcher(invocation, client, write, noDeletion);
    return (await patcher.patch(info, current, JSON.parse(lastAppliedText(info.object!)) as JsonObject)).object;
  } catch (error) {
    if (error instanceof PatchRefusal) throw error.reason;
    throw error;
  }
}

function withoutManagedFields(object: JsonObject): JsonObject {
  const copy = cloneJson(object);
  deleteAt(copy, 'metadata', 'managedFields');
  return copy;
}

const notFoundStatus = 127;

async function runDiff({ io }: Invocation, from: string, to: string): Promise<void> {
  const [program = 'diff', ...options] = (io.environment.get('KUBECTL_EXTERNAL_DIFF') || 'diff -u -N').split(' ');
  const argv = [program, ...(options.filter((option) => /^[a-zA-Z0-9-=]+$/.test(option)) as readonly string[])];
  const isOwn = !io.environment.get('KUBECTL_EXTERNAL_DIFF');
  const status = await io.run(isOwn ? [...argv, from, to] : [program, from, to, ...argv.slice(1)]);
  if (status === 0) return;
  if (status === 1) throw new ExitStatus(1);
  const reason =
    status === notFoundStatus
      ? `exec: ${JSON.stringify(program)}: executable file not found in $PATH`
      : `exit status ${status}`;
  throw new CommandError(`failed to run ${JSON.stringify(program)}: ${reason}`);
}
