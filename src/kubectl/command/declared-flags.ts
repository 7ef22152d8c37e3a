import { FlagSet } from '../flags/flag-set.ts';
import type { Command } from './command.ts';
import { declareGlobalFlags } from './global-flags.ts';

/** A command's own flags, those of every command, and `--help`. */
export function declaredFlags(chain: readonly Command[]): FlagSet {
  const flags = new FlagSet();
  chain.at(-1)!.declare?.(flags);
  const inherited = new FlagSet();
  declareGlobalFlags(inherited);
  flags.addInherited(inherited);
  if (!flags.lookup('help')) flags.bool('help', `help for ${chain.at(-1)!.name}`, { short: 'h', isHidden: true });
  return flags;
}
