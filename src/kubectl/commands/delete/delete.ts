import type { Command } from '../../command/command.ts';
import {
  declareAllNamespacesFlag,
  declareDryRunFlag,
  declareFieldSelectorFlag,
  declareFilenameFlags,
  declareSelectorFlag,
  filenameOptions,
} from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { readAll } from '../../resource/file-sources.ts';
import { buildResources, type BuilderOptions } from '../../resource/resource-builder.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { kindNameOf } from '../../rest/rest-mapper.ts';
import { deleteResources } from './delete-resources.ts';
import { declareDeletionFlags, deletionOptions, type DeletionOptions } from './deletion-options.ts';

/** Upstream: kubectl/pkg/cmd/delete/delete.go */
export const deleteCommand: Command = {
  name: 'delete',
  short: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  long: `Delete resources by file names, stdin, resources and names, or by resources and label selector.

Files may be JSON or YAML. Name things in one way only: by files, by type and name, or by type and selector.

Some things, such as pods, end gracefully: they have a while to do so before they are killed (--grace-period). Kubernetes does not know whether a node that is cut off still runs its pods; --force removes them from the API all the same, and two of them may run at once then.

The command does not check the version of what it deletes: a change that somebody else makes in the meantime is lost with the object.`,
  examples: `# What a file describes
kubectl delete -f ./pod.json

# What comes in through standard input
cat pod.json | kubectl delete -f -

# Pods and services with certain names
kubectl delete pod,service baz foo

# Pods and services with a label
kubectl delete pods,services -l name=myLabel

# At once
kubectl delete pod foo --now

# A pod of a dead node
kubectl delete pod foo --force

# All pods
kubectl delete pods --all`,
  usage: 'delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
  hasOwnFlagsInUsage: true,
  suggestedFor: ['rm'],
  declare: (flags) => {
    declareFilenameFlags(flags, 'Files with the objects to delete.');
    declareSelectorFlag(flags);
    declareFieldSelectorFlag(flags);
    declareAllNamespacesFlag(flags);
    declareDryRunFlag(flags);
    declareDeletionFlags(flags);
    flags.bool('all', 'Delete all objects of the types in the namespace.');
    flags.bool('ignore-not-found', 'Take what does not exist for deleted. On by itself with --all.');
    flags.bool('interactive', 'Ask before anything is deleted.', { short: 'i' });
    flags.bool('now', 'End things at once (the same as --grace-period=1).');
    flags.string('output', 'How to print: "-o name" for resource/name.', { short: 'o' });
    flags.string('raw', 'A path to delete as it stands.');
    flags.bool('wait', 'Wait until things are gone, finalizers included.', { initial: true });
  },
  run,
};

async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const config = await invocation.config();
  const seconds = gracePeriod(invocation);
  const deletion = deletionOptions(invocation, seconds);
  const dryRun = invocation.dryRun();
  if (flags.getString('raw') !== '') {
    const client = await invocation.client();
    invocation.print(await client.text({ method: 'DELETE', path: flags.getString('raw') }));
    return;
  }
  const isAllNamespaces = flags.getBool('all-namespaces');
  const options: BuilderOptions = {
    arguments: invocation.arguments,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    isAllNamespaces,
    labelSelector: flags.getString('selector'),
    fieldSelector: flags.getString('field-selector'),
    selectsAll: flags.getBool('all'),
    requiresObject: false,
    flattens: true,
    continuesOnError: true,
  };
  const built = await buildResources(invocation, options);
  checkFlags(invocation, deletion);
  if (flags.getBool('interactive') && !(await isConfirmed(invocation, built.infos))) return;
  await deleteResources(invocation, built.infos, built.error, {
    deletion,
    dryRun,
    warnsAboutScope: config.isNamespaceExplicit && !isAllNamespaces,
    ignoresMissing: ignoresMissing(invocation),
    waits: flags.getBool('wait'),
    output: flags.getString('output'),
    timeoutMs: flags.getNumber('timeout'),
  });
}

function gracePeriod({ flags }: Invocation): number {
  const seconds = flags.getNumber('grace-period');
  const isForced = flags.getBool('force');
  if (flags.getBool('now')) {
    if (seconds !== -1) throw new CommandError('--now and --grace-period cannot be specified together');
    return 1;
  }
  if (seconds === 0 && !isForced) return 1;
  return isForced && seconds < 0 ? 0 : seconds;
}

function checkFlags(invocation: Invocation, { gracePeriodSeconds, isForced }: DeletionOptions): void {
  const { flags } = invocation;
  const output = flags.getString('output');
  if (output !== '' && output !== 'name') {
    throw new CommandError(`unexpected -o output mode: ${output}. We only support '-o name'`);
  }
  if (flags.getBool('all') && flags.getString('selector') !== '') {
    throw new CommandError('cannot set --all and --selector at the same time');
  }
  if (flags.getBool('all') && flags.getString('field-selector') !== '') {
    throw new CommandError('cannot set --all and --field-selector at the same time');
  }
  if (!isForced) return;
  if (gracePeriodSeconds > 0) {
    throw new CommandError('--force and --grace-period greater than 0 cannot be specified together');
  }
  invocation.warn(
    'Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
  );
}

function ignoresMissing({ flags }: Invocation): boolean {
  if (flags.getBool('ignore-not-found')) return true;
  const selects =
    flags.getBool('all') || flags.getString('selector') !== '' || flags.getString('field-selector') !== '';
  return selects && !flags.isChanged('ignore-not-found');
}

async function isConfirmed(invocation: Invocation, infos: readonly ResourceInfo[]): Promise<boolean> {
  if (infos.length === 0) {
    invocation.print('No resources found\n');
    return false;
  }
  invocation.print(`You are about to delete the following ${infos.length} resource(s):\n`);
  for (const info of infos) invocation.print(`${kindNameOf(info.mapping)}/${info.name}\n`);
  invocation.print('Do you want to continue? (y/N): ');
  const answer = (await firstLine(invocation)).trim();
  if (answer.toLowerCase() === 'y') return true;
  invocation.print('deletion is cancelled\n');
  return false;
}

async function firstLine(invocation: Invocation): Promise<string> {
  const { stdin } = invocation.io;
  if (!stdin.isTerminal) return (await readAll(stdin)).split('\n')[0]!;
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = await stdin.read(); bytes; bytes = await stdin.read()) {
    text += decoder.decode(bytes, { stream: true });
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0]!;
}
