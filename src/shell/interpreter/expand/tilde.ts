import type { Shell } from '../state/shell.ts';

/** `~`, `~+`, `~-`, `~name` at the start of a word; undefined when it stands for itself. */
export function expandTilde(shell: Shell, prefix: string): string | undefined {
  const name = prefix.slice(1);
  if (name === '') return shell.variables.get('HOME') ?? shell.machine.user.home;
  if (name === '+') return shell.variables.get('PWD');
  if (name === '-') return shell.variables.get('OLDPWD');
  if (name === shell.machine.user.name) return shell.machine.user.home;
  return name === 'root' ? '/root' : undefined;
}
