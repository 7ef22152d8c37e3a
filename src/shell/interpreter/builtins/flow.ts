import { BreakLoop, ContinueLoop, ExitShell, ReturnFromFunction } from '../control-flow.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

export function* breakLoop(shell: Shell, argv: readonly string[]): Steps<number> {
  const levels = yield* levelsOf(shell, argv);
  if (typeof levels === 'number') throw new BreakLoop(levels);
  return levels.status;
}

export function* continueLoop(shell: Shell, argv: readonly string[]): Steps<number> {
  const levels = yield* levelsOf(shell, argv);
  if (typeof levels === 'number') throw new ContinueLoop(levels);
  return levels.status;
}

/** How many loops to leave, or the status when there is nothing to leave. */
function* levelsOf(shell: Shell, [name, count]: readonly string[]): Steps<number | { status: number }> {
  if (shell.loopDepth === 0) {
    if (shell.personality.id === 'bash') {
      yield* shell.complain("only meaningful in a `for', `while', or `until' loop", name);
    }
    return { status: 0 };
  }
  if (count === undefined) return 1;
  if (!/^[-+]?\d+$/.test(count)) {
    yield* shell.complain(`${count}: numeric argument required`, name);
    throw new ExitShell(128);
  }
  if (Number(count) < 1) {
    yield* shell.complain(`${count}: loop count out of range`, name);
    return shell.loopDepth;
  }
  return Math.min(Number(count), shell.loopDepth);
}

export function* exit(shell: Shell, [name, status]: readonly string[]): Steps<number> {
  if (shell.isInteractive && !shell.isSubshell && name === 'exit') yield* shell.complainBare('exit\n');
  throw new ExitShell(yield* statusOf(shell, name!, status));
}

export function* returnFrom(shell: Shell, [name, status]: readonly string[]): Steps<number> {
  if (shell.functionDepth === 0 && shell.sourceDepth === 0) {
    if (shell.personality.id !== 'bash') throw new ExitShell(yield* statusOf(shell, name!, status));
    yield* shell.complain("can only `return' from a function or sourced script", name);
    return 2;
  }
  throw new ReturnFromFunction(yield* statusOf(shell, name!, status));
}

function* statusOf(shell: Shell, name: string, text: string | undefined): Steps<number> {
  if (text === undefined) return shell.lastStatus;
  if (/^\s*[-+]?\d+\s*$/.test(text)) return Number(text) & 0xff;
  if (shell.personality.id === 'bash') yield* shell.complain(`${text}: numeric argument required`, name);
  else yield* shell.complain(`${shell.personality.id === 'dash' ? 'Illegal' : 'illegal'} number: ${text}`, name);
  return 2;
}
