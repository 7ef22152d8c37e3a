import type { ByteSink, ByteSource, Routine } from '../../kernel/index.ts';
import { FileError } from '../file-system.ts';
import type { Program, ProgramContext } from '../program.ts';
import { ExitShell, Interrupted, ShellError } from './control-flow.ts';
import { engine } from './engine.ts';
import { reportEndedJobs, runToExit } from './execute/processes.ts';
import { runScriptFile } from './execute/script-file.ts';
import { readLine } from './builtins/read-line.ts';
import { expandPrompt } from './expand/prompt.ts';
import { Descriptor } from './state/descriptor.ts';
import { optionLetters, type OptionName } from './state/options.ts';
import type { Personality } from './state/personality.ts';
import { Shell } from './state/shell.ts';
import { drive, Interruption, type Steps } from './steps.ts';
import { isCompleteSource } from './syntax/parse-source.ts';

/** `bash`, `sh`: a shell as a program. Runs `-c text`, a script file, or what it reads. */
export function shellProgram(personality: Personality): Program {
  return (context) => runShell(context, personality);
}

interface Invocation {
  readonly command: string | undefined;
  readonly readsInput: boolean;
  readonly isInteractive: boolean;
  readonly isLogin: boolean;
  readonly options: readonly { readonly name: OptionName; readonly isOn: boolean }[];
  readonly operands: readonly string[];
  readonly problem: string | undefined;
}

function readInvocation(argv: readonly string[]): Invocation {
  const options: { name: OptionName; isOn: boolean }[] = [];
  let index = 1;
  let isCommand = false;
  let readsInput = false;
  let isInteractive = false;
  let isLogin = argv[0]!.startsWith('-');
  let problem: string | undefined;
  for (; index < argv.length; index++) {
    const word = argv[index]!;
    if (word === '--' || word === '-') {
      index++;
      break;
    }
    if (word.startsWith('--')) {
      if (word === '--login') isLogin = true;
      else if (word === '--posix') options.push({ name: 'posix', isOn: true });
      else if (!/^--(?:norc|noprofile|noediting|restricted|verbose)$/.test(word)) problem = `${word}: invalid option`;
      continue;
    }
    const match = /^([-+])(.+)$/.exec(word);
    if (!match) break;
    for (const letter of match[2]!) {
      if (letter === 'c') isCommand = true;
      else if (letter === 's') readsInput = true;
      else if (letter === 'i') isInteractive = true;
      else if (letter === 'l') isLogin = true;
      else if (letter === 'o') options.push({ name: argv[++index] as OptionName, isOn: match[1] === '-' });
      else if (optionLetters[letter]) options.push({ name: optionLetters[letter], isOn: match[1] === '-' });
      else problem = `-${letter}: invalid option`;
    }
  }
  const rest = argv.slice(index);
  const command = isCommand ? rest[0] : undefined;
  if (isCommand && command === undefined) problem = '-c: option requires an argument';
  return {
    command,
    readsInput: readsInput || (!isCommand && rest.length === 0),
    isInteractive,
    isLogin,
    options,
    operands: isCommand ? rest.slice(1) : rest,
    problem,
  };
}

function* runShell(context: ProgramContext, personality: Personality): Routine<number> {
  const invocation = readInvocation(context.argv);
  const readsTerminal = invocation.readsInput && context.stdout.terminal !== undefined;
  const isInteractive = invocation.isInteractive || readsTerminal;
  const name = (invocation.readsInput ? undefined : invocation.operands[0]) ?? context.argv[0]!.replace(/^-/, '');
  const shell = openShell(context, personality, { name, isInteractive });
  if (invocation.problem !== undefined) {
    yield* drive(shell.complainBare(`${name}: ${invocation.problem}\n`));
    return 2;
  }
  for (const { name: option, isOn } of invocation.options) shell.options[option] = isOn;
  shell.positional = invocation.readsInput ? invocation.operands : invocation.operands.slice(1);
  shell.isCommandString = invocation.command !== undefined;
  shell.readsInput = invocation.readsInput;
  const interruption = new Interruption();
  shell.interruption = interruption;
  return yield* drive(runToExit(shell, runInvocation(shell, invocation)), interruption);
}

function* runInvocation(shell: Shell, { command, readsInput, operands, isLogin }: Invocation): Steps<number> {
  if (isLogin) yield* sourceIfThere(shell, '/etc/profile');
  if (shell.isInteractive && shell.personality.id === 'bash')
    yield* sourceIfThere(shell, `${shell.variables.get('HOME') ?? ''}/.bashrc`);
  if (command !== undefined) return yield* engine.runSource(shell, command, { origin: '-c', isLast: true });
  if (readsInput) return yield* shell.isInteractive ? converse(shell) : runInput(shell);
  try {
    return yield* runScriptFile(shell, operands[0]!, operands.slice(1));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return yield* refuseScript(shell, operands[0]!, error);
  }
}

function* sourceIfThere(shell: Shell, path: string): Steps<void> {
  if (shell.machine.files.stat(path)?.type !== 'file') return;
  yield* engine.runCommand(shell, ['.', path]);
}

function* refuseScript(shell: Shell, path: string, error: FileError): Steps<number> {
  const { id } = shell.personality;
  const program = shell.process.argv[0]!;
  if (id === 'bash') {
    yield* shell.complainBare(
      `${program}: ${error.errno === 'EISDIR' ? `${path}: ${path}: Is a directory` : `${path}: ${error.message}`}\n`,
    );
    return error.errno === 'ENOENT' ? 127 : 126;
  }
  const words = id === 'dash' ? `0: cannot open ${path}: No such file` : `can't open '${path}': ${error.message}`;
  yield* shell.complainBare(`${program}: ${words}\n`);
  return id === 'dash' ? 2 : 127;
}

/** A shell over a program's context: its variables come from the environment. */
export function openShell(
  context: ProgramContext,
  personality: Personality,
  { name, isInteractive }: { readonly name: string; readonly isInteractive: boolean },
): Shell {
  const { machine, process, environment, workingDirectory } = context;
  const shell = new Shell({ machine, process, personality, engine, name, isInteractive });
  shell.descriptors.set(0, asDescriptor({ source: context.stdin }));
  shell.descriptors.set(1, asDescriptor({ sink: context.stdout }));
  shell.descriptors.set(2, asDescriptor({ sink: context.stderr }));
  for (const [key, text] of environment) {
    if (!/^[A-Za-z_]\w*$/.test(key)) continue;
    shell.variables.set(key, text);
    shell.variables.find(key)!.isExported = true;
  }
  shell.cwd = workingDirectory;
  shell.variables.set('PWD', workingDirectory);
  shell.variables.find('PWD')!.isExported = true;
  setDefault(shell, 'PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');
  setDefault(shell, 'IFS', ' \t\n');
  setDefault(shell, 'OPTIND', '1');
  setDefault(shell, 'PS4', '+ ');
  setDefault(shell, 'PPID', String(process.parentPid));
  if (personality.id === 'bash') describeBash(shell);
  if (isInteractive) {
    setDefault(shell, 'PS1', personality.id === 'bash' ? '\\s-\\v\\$ ' : personality.id === 'ash' ? '\\w \\$ ' : '$ ');
    setDefault(shell, 'PS2', '> ');
    shell.options.monitor = true;
    shell.options.shopt.add('expand_aliases');
    // An interactive shell does not die of what the keyboard sends.
    process.handle('SIGINT', () => shell.interrupt());
    process.handle('SIGTERM', 'ignore');
    process.handle('SIGQUIT', 'ignore');
  }
  return shell;
}

function describeBash(shell: Shell): void {
  setDefault(shell, 'BASH', '/bin/bash');
  setDefault(shell, 'BASH_VERSION', '5.2.15(1)-release');
  setDefault(shell, 'HOSTTYPE', 'x86_64');
  setDefault(shell, 'OSTYPE', 'linux-gnu');
  setDefault(shell, 'MACHTYPE', 'x86_64-pc-linux-gnu');
}

function setDefault(shell: Shell, name: string, text: string): void {
  if (shell.variables.get(name) === undefined) shell.variables.set(name, text);
}

function asDescriptor(ends: { source?: ByteSource; sink?: ByteSink }): Descriptor {
  if (ends.source instanceof Descriptor) return ends.source;
  if (ends.sink instanceof Descriptor) return ends.sink;
  // The stream belongs to whoever started the shell; it is not the shell's to close.
  return new Descriptor(ends).retain();
}

/** A script on standard input: read a line at a time, for its commands may read from it as well. */
function* runInput(shell: Shell): Steps<number> {
  let status = 0;
  let line = 1;
  for (let command = yield* nextCommand(shell); command !== undefined; command = yield* nextCommand(shell)) {
    status = yield* engine.runSource(shell, command, { firstLine: line });
    shell.lastStatus = status;
    line += command.split('\n').length - 1;
  }
  return status;
}

/** Reads lines until they are a whole command; undefined at the end. */
function* nextCommand(shell: Shell, prompts = false): Steps<string | undefined> {
  let text = '';
  for (;;) {
    if (prompts) yield* shell.complainBare(yield* promptText(shell, text === '' ? 'PS1' : 'PS2'));
    const line = yield* readLine(shell.descriptor(0), '\n');
    if (!line.isEnded && line.text === '') return text === '' ? undefined : text;
    text += `${line.text}\n`;
    if (!line.isEnded || isCompleteSource(text)) return text;
  }
}

function* promptText(shell: Shell, variable: 'PS1' | 'PS2'): Steps<string> {
  return yield* expandPrompt(shell, shell.variables.get(variable) ?? '');
}

/** A shell on a terminal. */
function* converse(shell: Shell): Steps<number> {
  for (;;) {
    try {
      yield* reportEndedJobs(shell);
      const command = yield* nextCommand(shell, true);
      if (command === undefined) {
        if (shell.personality.id === 'bash') yield* shell.complainBare('exit\n');
        return shell.lastStatus;
      }
      if (command.trim() !== '') shell.history.push(command.trimEnd());
      shell.lastStatus = yield* engine.runSource(shell, command);
    } catch (thrown) {
      yield* recover(shell, thrown);
    }
  }
}

/** What an interactive shell makes of an error that would end another: it gives up the line. */
export function* recover(shell: Shell, thrown: unknown): Steps<void> {
  if (thrown instanceof ExitShell) throw thrown;
  shell.loopDepth = 0;
  shell.unchecked = 0;
  if (thrown instanceof Interrupted) {
    yield* shell.complainBare('\n');
    shell.lastStatus = 130;
  } else if (thrown instanceof ShellError) {
    yield* shell.report(thrown);
    shell.lastStatus = thrown.status === 127 ? 1 : thrown.status;
  } else if (!isFlow(thrown)) throw thrown;
}

function isFlow(thrown: unknown): boolean {
  return !(thrown instanceof Error);
}
