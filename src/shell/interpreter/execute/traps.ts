import { signalNumbers, type Signal } from '../../../kernel/index.ts';
import { ExitShell, TrapPending } from '../control-flow.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

/** `INT`, `SIGINT`, `2`, `exit`: the name under which a trap is kept, or undefined. */
export function trapName(spec: string): string | undefined {
  const upper = spec.toUpperCase().replace(/^SIG/, '');
  if (spec === '0' || upper === 'EXIT') return 'EXIT';
  if (upper === 'ERR' || upper === 'DEBUG' || upper === 'RETURN') return upper;
  const byNumber = Object.entries(signalNumbers).find(([, number]) => String(number) === spec);
  if (byNumber) return byNumber[0].slice(3);
  return `SIG${upper}` in signalNumbers ? upper : undefined;
}

export function isSignalName(name: string): boolean {
  return `SIG${name}` in signalNumbers;
}

/** Sets what a signal or event does; undefined: its default again. */
export function setTrap(shell: Shell, name: string, command: string | undefined): void {
  if (command === undefined) shell.traps.delete(name);
  else shell.traps.set(name, command);
  if (!isSignalName(name)) return;
  const signal = `SIG${name}` as Signal;
  if (command === undefined) shell.process.handle(signal, 'default');
  else if (command === '') shell.process.handle(signal, 'ignore');
  else {
    shell.process.handle(signal, () => {
      shell.pendingTraps.push(name);
      // Only `wait` and `read` are cut short; a command in the foreground ends first.
      if (shell.isInterruptible) shell.interruption?.request(new TrapPending());
    });
  }
}

/** Runs the commands of signals that have come, between two commands of the script. */
export function* runPendingTraps(shell: Shell): Steps<void> {
  while (shell.pendingTraps.length > 0) {
    const command = shell.traps.get(shell.pendingTraps.shift()!);
    if (command) yield* runTrap(shell, command);
  }
}

/** A trap's command leaves `$?` as it was. */
function* runTrap(shell: Shell, command: string): Steps<void> {
  const status = shell.lastStatus;
  const { line, unit } = shell;
  yield* shell.engine.runSource(shell, command, { firstLine: line });
  shell.unit = unit;
  shell.lastStatus = status;
}

/** `trap … ERR`, when a command has failed where `set -e` would end the shell. */
export function* runErrorTrap(shell: Shell): Steps<void> {
  const command = shell.traps.get('ERR');
  if (!command || (shell.functionDepth > 0 && !shell.options.errtrace)) return;
  shell.traps.delete('ERR');
  yield* runTrap(shell, command);
  if (!shell.traps.has('ERR')) shell.traps.set('ERR', command);
}

/** `trap … EXIT`: runs once, as the shell ends; the status may change by `exit` in it. */
export function* runExitTrap(shell: Shell, status: number): Steps<number> {
  const command = shell.traps.get('EXIT');
  shell.traps.delete('EXIT');
  shell.lastStatus = status;
  if (!command) return status;
  try {
    yield* shell.engine.runSource(shell, command, { firstLine: shell.line });
  } catch (thrown) {
    if (thrown instanceof ExitShell) return thrown.status;
    throw thrown;
  }
  return status;
}
