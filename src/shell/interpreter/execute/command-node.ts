import type { CommandNode, Function as FunctionNode, Statement } from 'unbash';
import { waitForExit } from '../../../kernel/index.ts';
import { ShellError } from '../control-flow.ts';
import type { Shell } from '../state/shell.ts';
import { call, type Steps } from '../steps.ts';
import { runArithmeticCommand, runCase, runConditional, runIf } from './branches.ts';
import { runArithmeticFor, runFor, runSelect, runWhile } from './loops.ts';
import { forkShell } from './processes.ts';
import { applyRedirects } from './redirect.ts';
import { runSimpleCommand } from './simple-command.ts';

/** Runs one command of any kind. */
export function* runCommandNode(shell: Shell, node: CommandNode, isLast: boolean): Steps<number> {
  switch (node.type) {
    case 'Command':
      return yield* runSimpleCommand(shell, node, isLast);
    case 'Redirected': {
      let undo: () => void;
      try {
        undo = yield* applyRedirects(shell, node.redirects);
      } catch (error) {
        if (!(error instanceof ShellError) || error.isFatal) throw error;
        yield* shell.complain(error.message);
        return error.status;
      }
      try {
        return yield* runCommandNode(shell, node.command, false);
      } finally {
        undo();
      }
    }
    case 'BraceGroup':
      return yield* shell.engine.runStatements(shell, node.body.commands, isLast);
    case 'Subshell':
      return yield* runSubshell(shell, node.body.commands, shell.unit?.text.slice(node.pos, node.end) ?? '');
    case 'If':
      return yield* call(runIf(shell, node));
    case 'For':
      return yield* call(runFor(shell, node));
    case 'ArithmeticFor':
      return yield* call(runArithmeticFor(shell, node));
    case 'While':
      return yield* call(runWhile(shell, node));
    case 'Select':
      return yield* call(runSelect(shell, node));
    case 'Case':
      return yield* call(runCase(shell, node));
    case 'TestCommand':
      return yield* runConditional(shell, node);
    case 'ArithmeticCommand':
      return yield* runArithmeticCommand(shell, node);
    case 'Function':
      return defineFunction(shell, node);
    case 'Coproc':
      throw new ShellError('coproc: not supported', { isFatal: false });
  }
}

function* runSubshell(shell: Shell, statements: readonly Statement[], text: string): Steps<number> {
  const child = yield* forkShell(shell, {
    argv: text.split(/\s+/),
    run: (copy) => copy.engine.runStatements(copy, statements, true),
  });
  shell.foreground = [child];
  try {
    const exit = yield* waitForExit(child);
    if (exit.fault !== undefined) throw exit.fault;
    return exit.code;
  } finally {
    shell.foreground = [];
  }
}

function defineFunction(shell: Shell, { name, body }: FunctionNode): number {
  shell.functions.set(name.text, { name: name.text, body, unit: shell.unit! });
  return 0;
}

/** The body of a function, whose redirections belong to each call. */
export function* runFunctionBody(shell: Shell, body: FunctionNode['body']): Steps<number> {
  if (body.type === 'CompoundList') return yield* shell.engine.runStatements(shell, body.commands);
  return yield* runCommandNode(shell, body, false);
}
