import type { Command } from '../../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareFilenameFlags,
  declareSelectorFlag,
  declareValidateFlag,
  filenameOptions,
  hasFilenames,
} from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, throwJoined } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { buildResources } from '../../resource/resource-builder.ts';
import { declareDeletionFlags } from '../delete/deletion-options.ts';
import { ObjectApplier } from './apply-object.ts';
import { pruneResources } from './prune.ts';
import { setLastAppliedCommand } from './set-last-applied.ts';
import { viewLastAppliedCommand } from './view-last-applied.ts';

/** Upstream: kubectl/pkg/cmd/apply/apply.go */
export const applyCommand: Command = {
  name: 'apply',
  short: 'Apply a configuration to a resource by file name or stdin',
  long: `Apply a configuration to a resource by file name or stdin. The resource must have a name; it is created if there is none. To use 'apply' later, create things with 'apply' or 'create --save-config' from the start.

Files may be JSON or YAML.`,
  examples: `# What a file describes
kubectl apply -f ./pod.json

# What comes in through standard input
cat pod.json | kubectl apply -f -

# All files of a pattern
kubectl apply -f '*.json'

# And delete what carries the label but is not in the file
kubectl apply --prune -f manifest.yaml -l app=nginx`,
  usage: 'apply (-f FILENAME | -k DIRECTORY)',
  hasOwnFlagsInUsage: true,
  declare: (flags) => {
    declareFilenameFlags(flags, 'The files with the configurations to apply.');
    declareDeletionFlags(flags);
    declarePrintFlags(flags);
    declareValidateFlag(flags);
    declareDryRunFlag(flags);
    declareFieldManagerFlag(flags, 'kubectl-client-side-apply');
    declareSelectorFlag(flags);
    flags.bool('server-side', 'Let the server put the configurations together.');
    flags.bool('force-conflicts', 'With --server-side: take over fields that others manage.');
    flags.bool('all', 'Take in all objects of the types and the namespace.');
    flags.bool('overwrite', 'Resolve conflicts with the live object in favour of the file', { initial: true });
    flags.bool('openapi-patch', "Work out what changes by the server's description of the types.", { initial: true });
    flags.bool(
      'prune',
      'Delete what was made by apply or create --save-config and is not in the files. Use with -l or --all.',
    );
    flags.stringArray('prune-allowlist', 'Types that --prune may delete: <group/version/kind>');
    flags.string('subresource', 'With --server-side: apply to this subresource.');
  },
  subcommands: [setLastAppliedCommand, viewLastAppliedCommand],
  run,
};

async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  if (invocation.arguments.length > 0)
    throw invocation.usageError(`Unexpected args: [${invocation.arguments.join(' ')}]`);
  const dryRun = invocation.dryRun();
  if (!hasFilenames(flags)) throw new CommandError('must specify one of -f and -k');
  const fieldValidation = invocation.fieldValidation();
  const config = await invocation.config();
  checkFlags(invocation, dryRun);
  const { infos, error } = await buildResources(invocation, {
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    labelSelector: flags.getString('selector'),
    flattens: true,
    continuesOnError: true,
    validates: fieldValidation !== 'Ignore',
  });
  if (infos.length === 0 && !error) throw new CommandError('no objects passed to apply');
  const applier = new ObjectApplier(invocation, dryRun, fieldValidation);
  const errors: Error[] = error ? [error] : [];
  for (const info of infos) {
    try {
      await applier.apply(info);
    } catch (failure) {
      if (invocation.io.signal.aborted) throw failure;
      errors.push(failure as Error);
    }
  }
  throwJoined(errors);
  if (applier.printsObjects && infos.length > 0) {
    const printer = await printerOf(invocation);
    const objects = infos.map((info) => info.object!);
    const list = { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} };
    invocation.print(printer.print(objects.length === 1 ? objects[0]! : list));
  }
  if (flags.getBool('prune')) await pruneResources(invocation, infos, dryRun);
}

function checkFlags(invocation: Invocation, dryRun: string): void {
  const { flags } = invocation;
  const [isServerSide, isForced] = [flags.getBool('server-side'), flags.getBool('force')];
  const fail = (message: string) => {
    throw new CommandError(message);
  };
  if (flags.getBool('force-conflicts') && !isServerSide) fail('--force-conflicts only works with --server-side');
  if (dryRun === 'client' && isServerSide) {
    fail("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  }
  if (isServerSide && isForced) fail('--force cannot be used with --server-side');
  if (dryRun === 'server' && isForced) fail('--dry-run=server cannot be used with --force');
  const [all, selector] = [flags.getBool('all'), flags.getString('selector')];
  if (all && selector !== '') fail('cannot set --all and --selector at the same time');
  if (flags.getBool('prune')) {
    if (isForced) fail('--force cannot be used with --prune');
    if (!all && selector === '') {
      fail(
        'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
      );
    }
    if (isServerSide) fail("--prune is in alpha and doesn't currently work on objects created by server-side apply");
  }
  if (flags.getString('subresource') !== '' && !isServerSide) {
    fail('--subresource can only be specified for --server-side');
  }
}
