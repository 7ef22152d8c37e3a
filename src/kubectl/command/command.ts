import type { FlagSet } from '../flags/flag-set.ts';
import type { Invocation } from './invocation.ts';

/** One command or a group of them, as data. */
export interface Command {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line, for the list of commands. */
  readonly short: string;
  /** Paragraphs with an empty line between them; `short` with a full stop when absent. */
  readonly long?: string;
  /** Lines as they are printed, without their indent. */
  readonly examples?: string;
  /** What follows the path of the parent in the usage line; the name when absent. */
  readonly usage?: string;
  /** Without it the usage line ends in `[flags]` when there are flags. */
  readonly hasOwnFlagsInUsage?: boolean;
  /** Other words that people try for it. */
  readonly suggestedFor?: readonly string[];
  readonly isHidden?: boolean;
  readonly declare?: (flags: FlagSet) => void;
  readonly subcommands?: readonly Command[];
  /** A group that prints its help on standard output when no subcommand is given; the others do so on standard error. */
  readonly printsHelp?: boolean;
  /** Ctrl-C is how it ends, and no failure. */
  readonly endsInOrder?: boolean;
  /** A group that answers anything but its subcommands with its help, and counts that as success. */
  readonly helpsWithAnything?: boolean;
  /** A group without one prints its help. */
  readonly run?: (invocation: Invocation) => Promise<void>;
}

/** A heading of the root's help with its commands. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}
