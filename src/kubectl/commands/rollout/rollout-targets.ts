import {
  declareFilenameFlags,
  declareSelectorFlag,
  filenameOptions,
  hasFilenames,
} from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import { buildResources, type BuiltResources } from '../../resource/resource-builder.ts';

/** What all subcommands of rollout work on. */

export function declareTargetFlags(flags: FlagSet): void {
  declareFilenameFlags(flags, 'Files that name what to work on.');
  declareSelectorFlag(flags);
}

export async function rolloutTargets(invocation: Invocation): Promise<BuiltResources> {
  const { flags } = invocation;
  if (invocation.arguments.length === 0 && !hasFilenames(flags))
    throw new CommandError('required resource not specified');
  const config = await invocation.config();
  return buildResources(invocation, {
    arguments: invocation.arguments,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    labelSelector: flags.getString('selector'),
    allowsEmptySelector: true,
    fetchesLatest: true,
    flattens: true,
    continuesOnError: true,
  });
}
