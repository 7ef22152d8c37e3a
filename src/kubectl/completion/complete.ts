import { declaredFlags } from '../command/declared-flags.ts';
import { findCommand, withoutFlags } from '../command/find-command.ts';
import { Invocation } from '../command/invocation.ts';
import { rootCommand } from '../commands/root.ts';
import type { Flag } from '../flags/flag.ts';
import { FlagError, HelpRequested, type FlagSet } from '../flags/flag-set.ts';
import type { KubectlIo } from '../kubectl-io.ts';
import { WarningPrinter } from '../rest/warning-printer.ts';
import { completeArgument } from './complete-argument.ts';
import { completeFlagValue, fileFlags } from './complete-flag-value.ts';

/** What could stand in place of the last word of a command line. */
export interface KubectlCompletion {
  readonly candidates: readonly string[];
  /** A space follows a candidate that is chosen. */
  readonly isFinal: boolean;
  /** How much of the word stays (`--output=`). */
  readonly replacesFrom: number;
  /** Without candidates, files may be meant. */
  readonly allowsFiles: boolean;
}

const nothing: KubectlCompletion = { candidates: [], isFinal: true, replacesFrom: 0, allowsFiles: false };

/**
 * Completes a command line of kubectl.
 * Upstream: github.com/spf13/cobra/completions.go, kubectl/pkg/util/completion
 * @param words after `kubectl`, the last one unfinished
 */
export async function completeKubectl(words: readonly string[], io: KubectlIo): Promise<KubectlCompletion> {
  const word = words.at(-1) ?? '';
  const found = findCommand(rootCommand, words.slice(0, -1));
  const flags = declaredFlags(found.chain);
  const command = found.chain.at(-1)!;
  if (found.rest.includes('--')) return { ...nothing, allowsFiles: true };

  const valued = flagThatWaits(found.rest, flags);
  const invocation = new Invocation(io, flags, found.chain, new WarningPrinter(() => undefined));
  parseQuietly(flags, valued ? found.rest.slice(0, -1) : found.rest);
  if (valued) return valueCompletion(invocation, valued, word, 0);
  const assigned = /^--([^=]+)=/.exec(word);
  const flag = assigned && flags.lookup(assigned[1]!);
  if (flag) return valueCompletion(invocation, flag, word.slice(assigned[0].length), assigned[0].length);
  if (word.startsWith('-')) return { ...nothing, candidates: flagNames(flags, word) };

  const given = withoutFlags(found.rest, flags);
  if (command.subcommands && given.length === 0) {
    const names = command.subcommands.filter((each) => !each.isHidden).map((each) => each.name);
    const candidates = names.filter((name) => name.startsWith(word)).sort();
    if (candidates.length > 0 || !command.run) return { ...nothing, candidates };
  }
  const path = found.chain.slice(1).map((each) => each.name);
  return { ...nothing, ...(await completeArgument(invocation, path.join(' '), given, word)) };
}

async function valueCompletion(
  invocation: Invocation,
  flag: Flag,
  text: string,
  replacesFrom: number,
): Promise<KubectlCompletion> {
  if (fileFlags.has(flag.name)) return { ...nothing, replacesFrom, allowsFiles: true };
  return { ...nothing, candidates: await completeFlagValue(invocation, flag, text), replacesFrom };
}

/** The flag whose value is the word that comes next. */
function flagThatWaits(rest: readonly string[], flags: FlagSet): Flag | undefined {
  const last = rest.at(-1);
  if (!last?.startsWith('-') || last.includes('=') || last === '-') return undefined;
  const flag = last.startsWith('--') ? flags.lookup(last.slice(2)) : flags.lookupShort(last.at(-1)!);
  return flag && flag.options.withoutValue === undefined && flag.type !== 'bool' ? flag : undefined;
}

function parseQuietly(flags: FlagSet, words: readonly string[]): void {
  try {
    flags.parse(words, () => undefined);
  } catch (error) {
    if (!(error instanceof FlagError || error instanceof HelpRequested)) throw error;
  }
}

function flagNames(flags: FlagSet, word: string): readonly string[] {
  const repeats = new Set(['stringArray', 'stringSlice', 'stringToString', 'count']);
  return flags
    .list()
    .filter((flag) => !flag.options.isHidden && flag.options.deprecated === undefined)
    .filter((flag) => !flag.isChanged || repeats.has(flag.type))
    .map((flag) => `--${flag.name}`)
    .filter((name) => name.startsWith(word))
    .sort();
}
