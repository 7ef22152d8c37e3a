import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

export function* history(shell: Shell, [, option, at]: readonly string[]): Steps<number> {
  if (option === '-c') {
    shell.history.length = 0;
    return 0;
  }
  if (option === '-d' && at !== undefined) {
    const index = Number(at) - 1;
    if (!(index in shell.history)) {
      yield* shell.complain(`${at}: history position out of range`, 'history');
      return 1;
    }
    shell.history.splice(index, 1);
    return 0;
  }
  if (option !== undefined && !/^\d+$/.test(option)) {
    yield* shell.complain(`${option}: numeric argument required`, 'history');
    return 1;
  }
  const first = option === undefined ? 0 : Math.max(0, shell.history.length - Number(option));
  const lines = shell.history.slice(first).map((line, index) => `${String(first + index + 1).padStart(5)}  ${line}\n`);
  yield* shell.print(lines.join(''));
  return 0;
}
