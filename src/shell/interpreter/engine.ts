import type { Statement } from 'unbash';
import { builtinNamed } from './builtins/registry.ts';
import { ExitShell, ShellError } from './control-flow.ts';
import { runFunctionBody } from './execute/command-node.ts';
import { runArgv } from './execute/simple-command.ts';
import { runStatements } from './execute/statements.ts';
import { substitute, substituteProcess } from './execute/substitution.ts';
import type { Engine, RunSourceOptions, Shell } from './state/shell.ts';
import type { Steps } from './steps.ts';
import { expandAliases } from './syntax/aliases.ts';
import { isCompleteSource, parseSource } from './syntax/parse-source.ts';
import { wordSyntaxProblem, type SyntaxProblem } from './syntax/syntax-problem.ts';

/** The parts of the interpreter, put together. */
export const engine: Engine = {
  runStatements,
  runSource,
  substitute,
  substituteProcess,
  runFunctionBody,
  runCommand: runArgv,
  isBuiltin: (shell, name) => builtinNamed(name, shell.personality) !== undefined,
};

const syntaxErrorStatus = 2;

/** Runs a text: what comes before a syntax error, then the message about it. */
function* runSource(shell: Shell, text: string, options: RunSourceOptions = {}): Steps<number> {
  if (shell.options.verbose) yield* shell.complainBare(text.endsWith('\n') ? text : `${text}\n`);
  const outer = shell.unit;
  try {
    if (!mayDefineAliases(shell, text)) return yield* runPart(shell, text, options.firstLine ?? 1, options);
    // An alias holds from the next line on, so each command is parsed when its turn comes.
    let status = 0;
    let line = options.firstLine ?? 1;
    for (const part of completeParts(text)) {
      status = yield* runPart(shell, part, line, { ...options, isLast: false });
      line += part.split('\n').length - 1;
    }
    return status;
  } finally {
    shell.unit = outer;
  }
}

function mayDefineAliases(shell: Shell, text: string): boolean {
  if (shell.isInteractive || !text.includes('\n')) return false;
  const isOn =
    shell.personality.id !== 'bash' || shell.options.shopt.has('expand_aliases') || text.includes('expand_aliases');
  return isOn && (shell.aliases.size > 0 || /\balias\b/.test(text));
}

function completeParts(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const line of text.split(/(?<=\n)/)) {
    part += line;
    if (!isCompleteSource(part)) continue;
    parts.push(part);
    part = '';
  }
  if (part !== '') parts.push(part);
  return parts;
}

function* runPart(shell: Shell, text: string, firstLine: number, options: RunSourceOptions): Steps<number> {
  const expandsAliases =
    shell.isInteractive || shell.personality.id !== 'bash' || shell.options.shopt.has('expand_aliases');
  const { unit, statements, problem } = parseSource(
    expandsAliases ? expandAliases(text, shell.aliases) : text,
    firstLine,
  );
  shell.unit = unit;
  const status = yield* runTopLevel(shell, statements, options, (options.isLast ?? false) && !problem);
  return problem ? yield* refuseSyntax(shell, problem, options.origin) : status;
}

/** An error in an expansion gives up its line: a script goes on with the next one, `-c` has no next one. */
function* runTopLevel(
  shell: Shell,
  statements: readonly Statement[],
  { origin }: RunSourceOptions,
  isLast: boolean,
): Steps<number> {
  const { unit } = shell;
  let status = 0;
  for (let index = 0; index < statements.length; index++) {
    try {
      status = yield* runStatements(shell, [statements[index]!], isLast && index === statements.length - 1);
    } catch (thrown) {
      const isAlone =
        shell.personality.id !== 'bash' ||
        origin !== undefined ||
        shell.isInteractive ||
        shell.isSubshell ||
        shell.functionDepth > 0;
      if (!(thrown instanceof ShellError) || thrown.isFatal || isAlone) throw thrown;
      yield* shell.report(thrown);
      status = shell.lastStatus = thrown.status;
      shell.unit = unit;
      shell.unchecked = 0;
      shell.loopDepth = 0;
      const line = unit!.lineAt(statements[index]!.end);
      while (index + 1 < statements.length && unit!.lineAt(statements[index + 1]!.pos) <= line) index++;
    }
  }
  return status;
}

function* refuseSyntax(shell: Shell, problem: SyntaxProblem, origin: string | undefined): Steps<number> {
  for (const line of wordSyntaxProblem(problem, shell.personality, shell.name, origin, shell.isInteractive)) {
    yield* shell.complainBare(`${line}\n`);
  }
  shell.lastStatus = syntaxErrorStatus;
  // POSIX: a syntax error ends a shell that is not interactive.
  if (shell.personality.id !== 'bash' && !shell.isInteractive) throw new ExitShell(syntaxErrorStatus);
  return syntaxErrorStatus;
}
