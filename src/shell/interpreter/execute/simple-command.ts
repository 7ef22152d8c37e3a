import type { Assignment, Command, Redirection, Word } from 'unbash';
import { encodeUtf8 } from '../../../kernel/index.ts';
import { ReturnFromFunction, ShellError } from '../control-flow.ts';
import { builtinNamed, type Builtin } from '../builtins/registry.ts';
import { quoteIfNeeded } from '../expand/quote.ts';
import { expandArguments, expandQuotedText, expandWord, parseWord } from '../expand/words.ts';
import type { RunCommandOptions, Shell, ShellFunction } from '../state/shell.ts';
import { copyVariable, scalarOf, type Variable } from '../state/variable.ts';
import { call, type Steps } from '../steps.ts';
import { assign } from './assign.ts';
import { findProgram } from './find-program.ts';
import { execProgram, forkShell, spawnProgram, waitForChild } from './processes.ts';
import { deathNote } from './job-line.ts';
import { applyRedirects, type Undo } from './redirect.ts';
import { runScriptFile } from './script-file.ts';

/** Runs a command without any keyword: expands it, redirects, assigns, and finds what its name means. */
export function* runSimpleCommand(shell: Shell, command: Command, isLast: boolean): Steps<number> {
  const assignments = command.prefix.filter((part): part is Assignment => part.type === 'Assignment');
  shell.substitutionStatus = 0;
  const text = shell.unit?.text.slice(command.pos, command.end) ?? '';
  const argv = yield* commandLine(shell, command);
  if (argv.length === 0) return yield* runAssignments(shell, assignments, command.redirects);

  const name = argv[0] as string;
  const builtin = shell.functions.has(name) ? undefined : builtinNamed(name, shell.personality);
  // `exec >file` without a command redirects the shell itself.
  const isPermanent = name === 'exec' && builtin !== undefined && argv.length === 1;
  const undoRedirects = yield* redirectOrComplain(shell, command.redirects, builtin);
  if (!undoRedirects) return redirectFailureStatus(shell);
  const texts = argv.map((part) => (typeof part === 'string' ? part : part.text));
  try {
    const scoped = yield* assignTemporarily(shell, assignments);
    try {
      yield* trace(shell, texts, assignments);
      shell.lastArgument = texts.at(-1)!;
      shell.commandText = text;
      if (builtin?.kind === 'declaration') return yield* runDeclaration(shell, builtin, argv);
      return yield* runArgv(shell, texts, {
        replacesShell: isLast && assignments.length === 0 && !shell.traps.has('EXIT'),
      });
    } finally {
      scoped();
    }
  } finally {
    if (!isPermanent) undoRedirects();
  }
}

type CommandWord = string | Assignment;

/** The name and arguments. `declare x=$y` and its like get their assignments unexpanded: those are not split. */
function* commandLine(shell: Shell, command: Command): Steps<CommandWord[]> {
  if (!command.name) return [];
  const [name, ...first] = yield* expandArguments(shell, [command.name]);
  const argv: CommandWord[] = name === undefined ? [] : [name, ...first];
  const declares = name !== undefined && builtinNamed(name, shell.personality)?.kind === 'declaration';
  for (const argument of command.args) {
    if (argument.type === 'Assignment' && declares) argv.push(argument);
    else argv.push(...(yield* expandArguments(shell, [asWord(argument)])));
  }
  return argv;
}

function asWord(argument: Word | Assignment): Word {
  if (argument.type === 'Word') return argument;
  return parseWord(argument.text);
}

function* runAssignments(
  shell: Shell,
  assignments: readonly Assignment[],
  redirects: readonly Redirection[],
): Steps<number> {
  const applied = yield* redirectOrComplain(shell, redirects, undefined);
  if (!applied) return redirectFailureStatus(shell);
  try {
    for (const assignment of assignments) {
      yield* assign(shell, assignment, shell.variables.reach(assignment.name));
      if (shell.options.xtrace) yield* traceAssignment(shell, assignment);
    }
  } finally {
    applied();
  }
  shell.lastArgument = '';
  return shell.substitutionStatus;
}

function* redirectOrComplain(
  shell: Shell,
  redirects: readonly Redirection[],
  builtin: Builtin | undefined,
): Steps<Undo | undefined> {
  if (redirects.length === 0) return () => {};
  try {
    return yield* applyRedirects(shell, redirects);
  } catch (error) {
    if (!(error instanceof ShellError) || error.isFatal) throw error;
    yield* shell.complain(error.message);
    // POSIX: a special builtin's failed redirection ends a shell that is not interactive.
    if (builtin?.isSpecial && shell.personality.id !== 'bash' && !shell.isInteractive) {
      throw new ShellError('', { status: error.status });
    }
    return undefined;
  }
}

function redirectFailureStatus(shell: Shell): number {
  return shell.personality.id === 'dash' ? 2 : 1;
}

/** `x=1 command`: the variables hold for the command, exported, and are then what they were. */
function* assignTemporarily(shell: Shell, assignments: readonly Assignment[]): Steps<() => void> {
  if (assignments.length === 0) return () => {};
  const saved: { name: string; variable: Variable | undefined }[] = [];
  for (const assignment of assignments) {
    const { name } = assignment;
    const existing = shell.variables.findDirect(name);
    saved.push({ name, variable: existing && copyVariable(existing) });
    const variable = shell.variables.reach(name);
    yield* assign(shell, assignment, variable);
    variable.isExported = true;
  }
  return () => {
    for (const { name, variable } of saved.toReversed()) {
      if (variable) Object.assign(shell.variables.reach(name), variable);
      else shell.variables.unset(name);
    }
  };
}

function* runDeclaration(
  shell: Shell,
  builtin: Extract<Builtin, { kind: 'declaration' }>,
  argv: readonly CommandWord[],
): Steps<number> {
  return yield* builtin.run(shell, argv);
}

/** Runs what a name means with its arguments: a function, a builtin, or a program. */
export function* runArgv(shell: Shell, argv: readonly string[], options: RunCommandOptions = {}): Steps<number> {
  const name = argv[0]!;
  const shellFunction = options.skipsFunctions ? undefined : shell.functions.get(name);
  if (shellFunction) return yield* call(callFunction(shell, shellFunction, argv));
  const builtin = builtinNamed(name, shell.personality);
  if (builtin) {
    try {
      return yield* builtin.kind === 'declaration' ? builtin.run(shell, argv) : builtin.run(shell, argv);
    } catch (error) {
      if (!(error instanceof ShellError) || error.isFatal) throw error;
      yield* shell.complain(error.message, name);
      return error.status;
    }
  }
  if (options.skipsPrograms) return 127;
  return yield* runProgram(shell, argv, options);
}

function* runProgram(shell: Shell, argv: readonly string[], options: RunCommandOptions): Steps<number> {
  const found = findProgram(shell, argv[0]!, options.usesStandardPath);
  if (found.kind === 'problem') {
    yield* shell.complain(found.message);
    return found.status;
  }
  const environment = new Map(options.environment ?? shell.variables.environment());
  environment.set('_', found.path);
  if (found.kind === 'script') {
    const { path } = found;
    const child = yield* forkShell(shell, {
      argv: [shell.process.argv[0] ?? 'bash', path, ...argv.slice(1)],
      run: (copy) => runScriptFile(copy, path, argv.slice(1)),
    });
    return yield* finishForeground(shell, [child]);
  }
  if (options.replacesShell) return yield* execProgram(shell, found.program, argv, environment);
  const child = yield* spawnProgram(shell, found.program, argv, environment);
  return yield* finishForeground(shell, [child]);
}

/** Waits for a foreground child and says how it died, as bash does. */
function* finishForeground(shell: Shell, processes: Parameters<typeof waitForChild>[0][]): Steps<number> {
  shell.foreground = processes;
  try {
    const exit = yield* waitForChild(processes.at(-1)!);
    const note = deathNote(exit);
    if (note !== undefined && shell.personality.id === 'bash') yield* noteDeath(shell, processes.at(-1)!.pid, note);
    else if (note !== undefined && !shell.isSubshell) yield* shell.complain(note);
    return exit.code;
  } finally {
    shell.foreground = [];
  }
}

function* noteDeath(shell: Shell, pid: number, note: string): Steps<void> {
  if (shell.isInteractive) yield* shell.descriptor(2).write(encodeUtf8(`${note}\n`));
  else {
    yield* shell.complain(`${String(pid).padStart(5)} ${note.padEnd(23)} ${shell.commandText}`);
  }
}

/** Deeper than scripts go on purpose, and shallow enough to end in a message instead of in the host's memory. */
const nestingLimit = 5000;

/** Calls a function: its own positional parameters and a scope for `local`. */
export function* callFunction(
  shell: Shell,
  { name, body, unit }: ShellFunction,
  argv: readonly string[],
): Steps<number> {
  const limit = Number(shell.variables.get('FUNCNEST') ?? '') || nestingLimit;
  if (shell.functionDepth >= limit) {
    const error = new ShellError(`${name}: maximum function nesting level exceeded (${limit})`);
    error.introduction = shell.personality.introduce(shell, undefined);
    throw error;
  }
  const { positional, unit: callerUnit, line, loopDepth } = shell;
  shell.variables.pushScope();
  shell.functionDepth++;
  shell.callNames.push(name);
  shell.positional = argv.slice(1);
  shell.unit = unit;
  shell.loopDepth = 0;
  try {
    return yield* shell.engine.runFunctionBody(shell, body);
  } catch (thrown) {
    if (thrown instanceof ReturnFromFunction) return thrown.status;
    if (thrown instanceof ShellError) thrown.introduction ??= shell.personality.introduce(shell, undefined);
    throw thrown;
  } finally {
    shell.variables.popScope();
    shell.functionDepth--;
    shell.callNames.pop();
    shell.positional = positional;
    shell.unit = callerUnit;
    shell.line = line;
    shell.loopDepth = loopDepth;
  }
}

/** `set -x` */
function* trace(shell: Shell, argv: readonly string[], assignments: readonly Assignment[]): Steps<void> {
  if (!shell.options.xtrace) return;
  for (const assignment of assignments) yield* traceAssignment(shell, assignment);
  yield* traceLine(shell, argv.map(shell.personality.id === 'dash' ? String : quoteIfNeeded).join(' '));
}

function* traceAssignment(shell: Shell, { name, value, append, index }: Assignment): Steps<void> {
  if (value.type === 'ArrayValue') {
    const elements = value.elements.map((element) => element.text).join(' ');
    return yield* traceLine(shell, `${name}${append ? '+' : ''}=(${elements})`);
  }
  const text = index || append ? yield* expandWord(shell, value) : (scalarOf(shell.variables.find(name)?.value) ?? '');
  yield* traceLine(
    shell,
    `${name}${index ? `[${index.text}]` : ''}${append ? '+' : ''}=${text === '' ? '' : quoteIfNeeded(text)}`,
  );
}

/** Prints one line of `set -x`, behind PS4. */
export function* traceLine(shell: Shell, text: string): Steps<void> {
  const prefix = yield* expandQuotedText(shell, shell.variables.get('PS4') ?? '+ ');
  const depth = shell.isSubshell && shell.substitutionDepth > 0 ? prefix[0]!.repeat(shell.substitutionDepth) : '';
  yield* shell.descriptor(2).write(encodeUtf8(`${depth}${prefix}${text}\n`));
}
