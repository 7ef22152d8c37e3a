import { quoteSingle } from '../expand/quote.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

export function* alias(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  const isBash = shell.personality.id === 'bash';
  const show = (name: string, value: string) => `${isBash ? 'alias ' : ''}${name}=${quoteSingle(value)}\n`;
  const names = words.filter((word) => word !== '-p');
  if (names.length === 0) {
    const entries = [...shell.aliases].sort(([a], [b]) => (a < b ? -1 : 1));
    yield* shell.print(entries.map(([name, value]) => show(name, value)).join(''));
    return 0;
  }
  let status = 0;
  for (const word of names) {
    const equals = word.indexOf('=');
    if (equals > 0) {
      shell.aliases.set(word.slice(0, equals), word.slice(equals + 1));
      continue;
    }
    const value = shell.aliases.get(word);
    if (value !== undefined) yield* shell.print(show(word, value));
    else {
      yield* shell.complain(`${word}: not found`, 'alias');
      status = 1;
    }
  }
  return status;
}

export function* unalias(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  if (words[0] === '-a') {
    shell.aliases.clear();
    return 0;
  }
  let status = 0;
  for (const word of words) {
    if (shell.aliases.delete(word)) continue;
    yield* shell.complain(`${word}: not found`, 'unalias');
    status = 1;
  }
  return status;
}
