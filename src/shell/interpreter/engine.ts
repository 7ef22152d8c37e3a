import { builtinNamed } from './builtins/registry.ts';
import { ShellError } from './control-flow.ts';
import { runFunctionBody } from './execute/command-node.ts';
import { runArgv } from './execute/simple-command.ts';
import { runStatements } from './execute/statements.ts';
import { substitute, substituteProcess } from './execute/substitution.ts';
import type { Engine, RunSourceOptions, Shell } from './state/shell.ts';
import type { Steps } from './steps.ts';
import { expandAliases } from './syntax/aliases.ts';
import { parseSource } from './syntax/parse-source.ts';
import { wordSyntaxProblem } from './syntax/syntax-problem.ts';

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
  const expandsAliases =
    shell.isInteractive || shell.options.shopt.has('expand_aliases') || shell.personality.id !== 'bash';
  const source = expandsAliases ? expandAliases(text, shell.aliases) : text;
  const { unit, statements, problem } = parseSource(source, options.firstLine);
  const outer = shell.unit;
  shell.unit = unit;
  try {
    if (shell.options.verbose) yield* shell.complainBare(text.endsWith('\n') ? text : `${text}\n`);
    const status = yield* runStatements(shell, statements, (options.isLast ?? false) && !problem);
    if (!problem) return status;
    const lines = wordSyntaxProblem(problem, shell.personality, shell.name, options.origin, shell.isInteractive);
    for (const line of lines) yield* shell.complainBare(`${line}\n`);
    shell.lastStatus = syntaxErrorStatus;
    // POSIX: a syntax error ends a shell that is not interactive.
    if (shell.personality.id !== 'bash' && !shell.isInteractive)
      throw new ShellError('', { status: syntaxErrorStatus });
    return syntaxErrorStatus;
  } finally {
    shell.unit = outer;
  }
}
