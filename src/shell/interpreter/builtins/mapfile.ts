import type { Shell } from '../state/shell.ts';
import { asIndexed } from '../state/variables.ts';
import type { Steps } from '../steps.ts';
import { readLine } from './read-line.ts';

/** `mapfile` and `readarray`: lines into an array. */
export function* mapfile(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  let trims = false;
  let delimiter = '\n';
  let limit = Number.POSITIVE_INFINITY;
  let origin: number | undefined;
  let skipped = 0;
  let descriptor = 0;
  while (words[0]?.startsWith('-')) {
    const option = words.shift()!;
    if (option === '-t') trims = true;
    else {
      const value = option.slice(2) || (words.shift() ?? '');
      if (option[1] === 'd') delimiter = value === '' ? '\0' : value;
      else if (option[1] === 'n') limit = Number(value) || Number.POSITIVE_INFINITY;
      else if (option[1] === 'O') origin = Number(value);
      else if (option[1] === 's') skipped = Number(value);
      else if (option[1] === 'u') descriptor = Number(value);
    }
  }
  const variable = shell.variables.reach(words[0] ?? 'MAPFILE');
  const items = asIndexed(variable);
  if (origin === undefined) items.clear();
  let index = origin ?? 0;
  while (limit > 0) {
    const line = yield* readLine(shell.descriptor(descriptor), delimiter);
    if (!line.isEnded && line.text === '') break;
    if (skipped > 0) skipped--;
    else {
      items.set(index++, line.text + (line.isEnded && !trims ? delimiter : ''));
      limit--;
    }
    if (!line.isEnded) break;
  }
  return 0;
}
