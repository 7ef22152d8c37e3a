import type { Command } from '../command/command.ts';
import { declareGlobalFlags } from '../command/global-flags.ts';
import { flagsText } from '../command/help.ts';
import { FlagSet } from '../flags/flag-set.ts';

/** Upstream: kubectl/pkg/cmd/options/options.go */
export const optionsCommand: Command = {
  name: 'options',
  short: 'Print the list of flags inherited by all commands',
  examples: `# The flags that every command takes
kubectl options`,
  hasOwnFlagsInUsage: true,
  run: async (invocation) => invocation.print(optionsText()),
};

export function optionsText(): string {
  const flags = new FlagSet();
  declareGlobalFlags(flags);
  return `The following options can be passed to any command:\n\n${flagsText(flags.list())}`;
}
