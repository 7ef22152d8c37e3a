import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

export function* getopts(shell: Shell, [, specification, name, ...given]: readonly string[]): Steps<number> {
  if (specification === undefined || name === undefined) {
    yield* shell.complainBare('getopts: usage: getopts optstring name [arg ...]\n');
    return 2;
  }
  const args = given.length > 0 ? given : shell.positional;
  const index = Number(shell.variables.get('OPTIND') ?? '1');
  // A script that sets OPTIND starts over.
  if (index !== shell.optionIndex.argument) shell.optionIndex = { argument: Math.max(1, index), letter: 1 };
  const isQuiet = specification.startsWith(':');
  const place = shell.optionIndex;
  const word = args[place.argument - 1];
  if (word === undefined || !word.startsWith('-') || word === '-' || word === '--') {
    if (word === '--') place.argument++;
    return finish(shell, name, '?', undefined, 1);
  }
  const letter = word[place.letter]!;
  const at = letter === ':' ? -1 : specification.indexOf(letter, isQuiet ? 1 : 0);
  const advance = (): void => {
    if (place.letter + 1 < word.length) place.letter++;
    else {
      place.letter = 1;
      place.argument++;
    }
  };
  if (at < 0) {
    advance();
    if (!isQuiet) yield* complain(shell, `illegal option -- ${letter}`);
    return finish(shell, name, '?', isQuiet ? letter : undefined, 0);
  }
  if (specification[at + 1] !== ':') {
    advance();
    return finish(shell, name, letter, undefined, 0);
  }
  const rest = word.slice(place.letter + 1);
  const value = rest !== '' ? rest : args[place.argument];
  place.argument += rest !== '' || value === undefined ? 1 : 2;
  place.letter = 1;
  if (value !== undefined) return finish(shell, name, letter, value, 0);
  if (isQuiet) return finish(shell, name, ':', letter, 0);
  yield* complain(shell, `option requires an argument -- ${letter}`);
  return finish(shell, name, '?', undefined, 0);
}

function* complain(shell: Shell, message: string): Steps<void> {
  if (shell.variables.get('OPTERR') === '0') return;
  yield* shell.complainBare(`${shell.name}: ${message}\n`);
}

function finish(shell: Shell, name: string, value: string, argument: string | undefined, status: number): number {
  shell.variables.set(name, value);
  shell.variables.set('OPTIND', String(shell.optionIndex.argument));
  if (argument === undefined) shell.variables.unset('OPTARG');
  else shell.variables.set('OPTARG', argument);
  return status;
}
