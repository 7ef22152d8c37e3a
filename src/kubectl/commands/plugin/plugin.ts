import type { Command } from '../../command/command.ts';
import { pluginListCommand } from './list.ts';

/** Upstream: kubectl/pkg/cmd/plugin/plugin.go */
export const pluginCommand: Command = {
  name: 'plugin',
  short: 'Provides utilities for interacting with plugins',
  long: `Provides utilities for interacting with plugins.

A plugin is a program of its own that adds a command: kubectl-foo on the PATH is "kubectl foo".`,
  examples: pluginListCommand.examples!,
  usage: 'plugin [flags]',
  hasOwnFlagsInUsage: true,
  subcommands: [pluginListCommand],
};
