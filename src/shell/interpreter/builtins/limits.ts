import type { Shell } from '../state/shell.ts';
import { minutes } from '../execute/times.ts';
import type { Steps } from '../steps.ts';

export function* umask(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  const isSymbolic = words[0] === '-S';
  if (isSymbolic) words.shift();
  const mode = words[0];
  if (mode === undefined) {
    const digits = shell.umask.toString(8).padStart(4, '0');
    yield* shell.print(`${isSymbolic ? symbolic(shell.umask) : digits}\n`);
    return 0;
  }
  if (!/^[0-7]{1,4}$/.test(mode)) {
    yield* shell.complain(
      `${mode}: ${/^\d+$/.test(mode) ? 'octal number out of range' : 'invalid symbolic mode operator'}`,
      'umask',
    );
    return 1;
  }
  shell.umask = Number.parseInt(mode, 8) & 0o777;
  return 0;
}

function symbolic(mask: number): string {
  const letters = (bits: number) => ['r', 'w', 'x'].filter((_, index) => (bits & (4 >> index)) === 0).join('');
  return `u=${letters(mask >> 6)},g=${letters((mask >> 3) & 7)},o=${letters(mask & 7)}`;
}

/** Differs: limits can be asked for, but not set; the only one here is the size of the process table. */
export function* ulimit(shell: Shell, [, option]: readonly string[]): Steps<number> {
  const values: Readonly<Record<string, string>> = { '-n': '1024', '-u': '1024', '-c': '0', '-s': '8192' };
  yield* shell.print(`${values[option ?? '-f'] ?? 'unlimited'}\n`);
  return 0;
}

export function* times(shell: Shell): Steps<number> {
  const own = minutes(shell.process.cpuMs);
  yield* shell.print(`${own} 0m0.000s\n0m0.000s 0m0.000s\n`);
  return 0;
}
