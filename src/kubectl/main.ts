import { CommandError, ExitStatus } from './errors/command-error.ts';
import { reportOf } from './errors/report.ts';
import { FlagError, HelpRequested } from './flags/flag-set.ts';
import { declaredFlags } from './command/declared-flags.ts';
import { findCommand, pathOf, unknownCommandMessage, withoutFlags, type FoundCommand } from './command/find-command.ts';
import { helpText } from './command/help.ts';
import { Invocation } from './command/invocation.ts';
import { findPlugin } from './commands/plugin/find-plugin.ts';
import { completionQuery } from './completion/completion-query.ts';
import { printCompletion } from './completion/print-completion.ts';
import { optionsText } from './commands/options.ts';
import { commandGroups, rootCommand } from './commands/root.ts';
import type { KubectlIo } from './kubectl-io.ts';
import { WarningPrinter } from './rest/warning-printer.ts';

/**
 * Runs one command line of kubectl and gives back its exit status.
 * Upstream: kubectl/pkg/cmd/cmd.go
 * @param argv without the program's own name
 */
export async function runKubectl(argv: readonly string[], io: KubectlIo): Promise<number> {
  let isOrderly = false;
  try {
    const status = await run(argv, io, () => (isOrderly = true));
    // Ctrl-C ends the real one on the spot; ours finds out when its streams end.
    return io.signal.aborted && !isOrderly ? 130 : status;
  } catch (error) {
    if (io.signal.aborted) return 130;
    const { text, status } = reportOf(error);
    if (text !== '') io.stderr.write(text);
    return status;
  }
}

async function run(argv: readonly string[], io: KubectlIo, endedInOrder: () => void): Promise<number> {
  if (argv[0] === completionQuery) return printCompletion(argv.slice(1), io);
  const found = findCommand(rootCommand, argv);
  const command = found.chain.at(-1)!;
  const flags = declaredFlags(found.chain);
  if (command === rootCommand) {
    const [word] = withoutFlags(found.rest, flags);
    if (word === 'help') return help(argv, io);
    if (word !== undefined) {
      if (argv[0]!.startsWith('-')) {
        io.stderr.write(`Error: flags cannot be placed before plugin name: ${argv[0]}\n`);
        return 1;
      }
      const plugin = await findPlugin(io, argv, 1);
      if (plugin) return io.run([plugin.path, ...argv.slice(plugin.words)]);
      throw new CommandError(unknownCommandMessage(rootCommand, 'kubectl', word));
    }
  }
  try {
    flags.parse(found.rest, (line) => io.stderr.write(`${line}\n`));
  } catch (error) {
    if (error instanceof HelpRequested) return showHelp(found, io);
    if (!(error instanceof FlagError)) throw error;
    const path = pathOf(found.chain);
    throw new CommandError(
      command.name === 'options'
        ? `${error.message}\nRun '${path}' without flags.`
        : `${error.message}\nSee '${path} --help' for usage.`,
    );
  }
  if (flags.getBool('help')) return showHelp(found, io);
  checkRequired(flags);
  if (!command.run) {
    if (command === rootCommand || command.helpsWithAnything) return showHelp(found, io);
    if (flags.arguments.length > 0) {
      throw new CommandError(
        `unknown command ${JSON.stringify(flags.arguments.join(' '))}\nSee '${pathOf(found.chain)} -h' for help and examples`,
      );
    }
    if (command.printsHelp) io.stdout.write(helpText(found.chain, commandGroups));
    else io.stderr.write(helpText(found.chain, commandGroups));
    throw new ExitStatus(1);
  }
  const warnings = new WarningPrinter((line) => io.stderr.write(line));
  await command.run(new Invocation(io, flags, found.chain, warnings));
  if (command.endsInOrder) endedInOrder();
  if (flags.getBool('warnings-as-errors') && warnings.count > 0) {
    throw new CommandError(`${warnings.count} warning${warnings.count === 1 ? '' : 's'} received`);
  }
  return 0;
}

function checkRequired(flags: ReturnType<typeof declaredFlags>): void {
  const missing = flags.list().filter((flag) => flag.options.isRequired && !flag.isChanged);
  if (missing.length === 0) return;
  throw new CommandError(`required flag(s) ${missing.map((flag) => `"${flag.name}"`).join(', ')} not set`);
}

function showHelp(found: FoundCommand, io: KubectlIo): number {
  const isOptions = found.chain.at(-1)!.name === 'options';
  io.stdout.write(isOptions ? optionsText() : helpText(found.chain, commandGroups));
  return 0;
}

/** `kubectl help COMMAND` */
function help(argv: readonly string[], io: KubectlIo): number {
  const words = argv.toSpliced(argv.indexOf('help'), 1);
  const found = findCommand(rootCommand, words);
  const [unknown] = found.chain.length === 1 ? withoutFlags(found.rest, declaredFlags(found.chain)) : [];
  if (unknown === undefined) return showHelp(found, io);
  io.stderr.write(
    `Unknown help topic [\`${words.join(' ')}\`]\n${helpText(found.chain, commandGroups).split('\n\n').slice(2).join('\n\n')}`,
  );
  return 1;
}
