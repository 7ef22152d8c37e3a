import { signalNumbers } from '../../../kernel/index.ts';
import { setTrap, trapName, isSignalName } from '../execute/traps.ts';
import { quoteSingle } from '../expand/quote.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

export function* trap(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  if (words[0] === '-l') {
    yield* shell.print(
      `${Object.entries(signalNumbers)
        .map(([name, number]) => `${String(number).padStart(2)}) ${name}`)
        .join('\n')}\n`,
    );
    return 0;
  }
  const isShowing = words[0] === '-p';
  if (isShowing || words[0] === '--') words.shift();
  if (words.length === 0 || isShowing) {
    for (const [name, command] of sorted(shell, words)) {
      const shown = isSignalName(name) && shell.personality.id === 'bash' ? `SIG${name}` : name;
      yield* shell.print(`trap -- ${quoteSingle(command)} ${shown}\n`);
    }
    return 0;
  }
  // A single signal, or a number first: back to the default.
  const isReset = words.length === 1 || words[0] === '-' || /^\d+$/.test(words[0]!);
  const command = isReset ? undefined : words.shift()!;
  if (words[0] === '-') words.shift();
  let status = 0;
  for (const word of words) {
    const name = trapName(word);
    if (name !== undefined) setTrap(shell, name, command);
    else {
      yield* shell.complain(
        shell.personality.id === 'bash'
          ? `${word}: invalid signal specification`
          : shell.personality.id === 'dash'
            ? `${word}: bad trap`
            : `${word}: invalid signal specification`,
        'trap',
      );
      status = 1;
    }
  }
  return status;
}

function sorted(shell: Shell, words: readonly string[]): [string, string][] {
  const wanted = words.map(trapName);
  const order = (name: string) =>
    name === 'EXIT' ? 0 : (signalNumbers[`SIG${name}` as keyof typeof signalNumbers] ?? 99);
  return [...shell.traps]
    .filter(([name]) => wanted.length === 0 || wanted.includes(name))
    .sort(([a], [b]) => order(a) - order(b));
}
