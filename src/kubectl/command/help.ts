import { defaultText, FlagSet } from '../flags/flag-set.ts';
import type { Flag } from '../flags/flag.ts';
import type { Command, CommandGroup } from './command.ts';
import { pathOf } from './find-command.ts';

/**
 * The help of a command: description, aliases, examples, subcommands, flags, usage, hints.
 * Upstream: kubectl/pkg/util/templates
 * Differs: the words are our own; the structure is upstream's.
 */
export function helpText(chain: readonly Command[], groups: readonly CommandGroup[]): string {
  const command = chain.at(-1)!;
  return `${description(command)}\n\n${usageText(chain, groups)}`;
}

/** Everything after the description. */
export function usageText(chain: readonly Command[], groups: readonly CommandGroup[]): string {
  const command = chain.at(-1)!;
  const isRoot = chain.length === 1;
  const options = command.name === 'options' ? '' : optionsText(command);
  const sections = [
    command.aliases?.length ? `Aliases:\n${[command.name, ...command.aliases].join(', ')}\n\n` : '',
    command.examples ? `Examples:\n${indented(command.examples)}\n\n` : '',
    command.subcommands ? `${subcommandsText(command, isRoot ? groups : [])}\n\n` : '',
    options && `Options:\n${options}\n\n`,
    `Usage:\n  ${usageLine(chain)}\n\n`,
    command.subcommands ? `Use "${pathOf(chain)} <command> --help" for more information about a given command.\n` : '',
    'Use "kubectl options" for a list of global command-line options (applies to all commands).\n',
  ];
  return sections.join('');
}

function description(command: Command): string {
  const text = command.long ?? `${command.short}.`;
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph, index) => (index === 0 ? '' : ' ') + paragraph)
    .join('\n\n');
}

function indented(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `  ${line.trim()}`)
    .join('\n');
}

function subcommandsText(command: Command, groups: readonly CommandGroup[]): string {
  const all = command.subcommands!.filter((each) => !each.isHidden && each.name !== 'options');
  const width = Math.max(11, ...command.subcommands!.map((each) => each.name.length));
  const line = (each: Command) => `  ${each.name.padEnd(width)}   ${each.short}`;
  const byName = (commands: readonly Command[]) => commands.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (groups.length === 0) return ['Available Commands:', ...byName(all).map(line)].join('\n');
  const grouped = new Set(groups.flatMap((group) => group.commands));
  const titled = [
    ...groups,
    { title: 'Subcommands provided by plugins:', commands: [] },
    { title: 'Other Commands:', commands: byName(all.filter((each) => !grouped.has(each))) },
  ];
  return titled.map((group) => [group.title, ...group.commands.map(line)].join('\n')).join('\n\n');
}

function optionsText(command: Command): string {
  const flags = new FlagSet();
  command.declare?.(flags);
  return flagsText(flags.list()).trimEnd();
}

/** Flags with their defaults, each with what it does below it. */
export function flagsText(flags: readonly Flag[]): string {
  return flags
    .filter((flag) => flag.name !== 'help' && !flag.options.isHidden && !flag.options.deprecated)
    .map((flag) => {
      const value = flag.type === 'string' ? `'${defaultText(flag)}'` : defaultText(flag);
      const short = flag.options.short ? `-${flag.options.short}, ` : '';
      return `    ${short}--${flag.name}=${value}:\n\t${flag.usage}\n\n`;
    })
    .join('');
}

function usageLine(chain: readonly Command[]): string {
  const command = chain.at(-1)!;
  const parents = pathOf(chain.slice(0, -1));
  const own = command.usage ?? command.name;
  const line = parents === '' ? own : `${parents} ${own}`;
  const withFlags = command.hasOwnFlagsInUsage || line.includes('[flags]') ? line : `${line} [flags]`;
  return withFlags.includes('[options]') ? withFlags : `${withFlags} [options]`;
}
