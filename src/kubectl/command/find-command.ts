import type { FlagSet } from '../flags/flag-set.ts';
import { goQuote } from '../../api/index.ts';
import type { Command } from './command.ts';
import { declaredFlags } from './declared-flags.ts';

export interface FoundCommand {
  /** From the root down to the command itself. */
  readonly chain: readonly Command[];
  /** What is left of the command line: flags and arguments. */
  readonly rest: readonly string[];
}

export function pathOf(chain: readonly Command[]): string {
  return chain.map((command) => command.name).join(' ');
}

/**
 * Walks down the tree of commands. Flags may stand anywhere between the names.
 * Upstream: github.com/spf13/cobra/command.go Find
 */
export function findCommand(root: Command, argv: readonly string[]): FoundCommand {
  let chain: readonly Command[] = [root];
  let rest = argv;
  for (;;) {
    const [next] = withoutFlags(rest, declaredFlags(chain));
    if (next === undefined) return { chain, rest };
    const command = chain.at(-1)!.subcommands?.find((each) => each.name === next || each.aliases?.includes(next));
    if (!command) return { chain, rest };
    chain = [...chain, command];
    rest = rest.toSpliced(rest.indexOf(next), 1);
  }
}

/** The arguments, as far as they can be told from the values of flags before all flags are known. */
export function withoutFlags(argv: readonly string[], flags: FlagSet): readonly string[] {
  const words: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index]!;
    if (word === '--') break;
    if (!word.startsWith('-')) {
      if (word !== '') words.push(word);
      continue;
    }
    if (word.includes('=')) continue;
    const flag = word.startsWith('--') ? flags.lookup(word.slice(2)) : flags.lookupShort(word.slice(1));
    const takesValue = flag?.options.withoutValue === undefined;
    // A group of letters holds its value itself.
    if (takesValue && (word.startsWith('--') || word.length === 2)) index++;
  }
  return words;
}

/** What is said about a command that does not exist. */
export function unknownCommandMessage(parent: Command, path: string, word: string): string {
  const suggestions = (parent.subcommands ?? []).filter((command) => isNear(command, word));
  const lines = suggestions.map((command) => `\t${command.name}\n`).join('');
  return `unknown command ${goQuote(word)} for ${goQuote(path)}${lines && `\n\nDid you mean this?\n${lines}`}`;
}

function isNear(command: Command, word: string): boolean {
  if (command.isHidden) return false;
  const name = command.name.toLowerCase();
  const typed = word.toLowerCase();
  const isSuggested = command.suggestedFor?.some((other) => other.toLowerCase() === typed) ?? false;
  return isSuggested || name.startsWith(typed) || distance(typed, name) <= 2;
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
