import type { Command, CommandGroup } from '../command/command.ts';
import { createCommand } from './create/create.ts';
import { getCommand } from './get/get.ts';

/** Upstream: kubectl/pkg/cmd/cmd.go */
export const commandGroups: readonly CommandGroup[] = [
  { title: 'Basic Commands (Beginner):', commands: [createCommand] },
  { title: 'Basic Commands (Intermediate):', commands: [getCommand] },
];

export const rootCommand: Command = {
  name: 'kubectl',
  short: 'kubectl controls the Kubernetes cluster manager',
  long: `kubectl controls the Kubernetes cluster manager.

Find more information at: https://kubernetes.io/docs/reference/kubectl/`,
  usage: 'kubectl [flags]',
  subcommands: commandGroups.flatMap((group) => group.commands),
};
