import { signalNumbers, tick, type Signal } from '../../../kernel/index.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

export function signalNamed(text: string): Signal | 'test' | undefined {
  if (text === '0') return 'test';
  const upper = text.toUpperCase().replace(/^SIG/, '');
  if (`SIG${upper}` in signalNumbers) return `SIG${upper}` as Signal;
  return Object.entries(signalNumbers).find(([, number]) => String(number) === text)?.[0] as Signal | undefined;
}

export function* kill(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  let signal: Signal | 'test' = 'SIGTERM';
  if (words[0] === '-l' || words[0] === '-L') return yield* listSignals(shell, words.slice(1));
  if (words[0] === '--') words.shift();
  else if (words[0]?.startsWith('-')) {
    const option = words.shift()!;
    const name = option === '-s' || option === '-n' ? (words.shift() ?? '') : option.slice(1);
    const found = signalNamed(name);
    if (!found) {
      yield* shell.complain(
        shell.personality.id === 'bash' ? `${name}: invalid signal specification` : `bad signal name '${name}'`,
        'kill',
      );
      return 1;
    }
    signal = found;
  }
  if (words.length === 0) {
    yield* shell.complainBare(
      'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n',
    );
    return 2;
  }
  let status = 0;
  for (const word of words) if (!(yield* killOne(shell, word, signal))) status = 1;
  return status;
}

function* killOne(shell: Shell, word: string, signal: Signal | 'test'): Steps<boolean> {
  if (word.startsWith('%')) {
    const job = shell.jobs.bySpec(word);
    if (!job) {
      yield* shell.complain(`${word}: no such job`, 'kill');
      return false;
    }
    if (signal !== 'test') for (const process of job.processes) process.signal(signal);
    return true;
  }
  if (!/^-?\d+$/.test(word)) {
    yield* shell.complain(`${word}: arguments must be process or job IDs`, 'kill');
    return false;
  }
  const process = shell.machine.processes.get(Math.abs(Number(word)));
  if (!process) {
    yield* shell.complain(
      shell.personality.id === 'bash' ? `(${word}) - No such process` : `can't kill pid ${word}: No such process`,
      'kill',
    );
    return false;
  }
  if (signal !== 'test') process.signal(signal);
  // Who killed itself ends here.
  yield* tick(0);
  return true;
}

function* listSignals(shell: Shell, words: readonly string[]): Steps<number> {
  const entries = Object.entries(signalNumbers);
  if (words.length === 0) {
    yield* shell.print(`${entries.map(([name, number]) => `${String(number).padStart(2)}) ${name}`).join('\n')}\n`);
    return 0;
  }
  for (const word of words) {
    const number = /^\d+$/.test(word) ? Number(word) & 127 : undefined;
    const found = number === undefined ? signalNamed(word) : entries.find(([, value]) => value === number)?.[0];
    if (!found) {
      yield* shell.complain(`${word}: invalid signal specification`, 'kill');
      return 1;
    }
    yield* shell.print(`${number === undefined ? signalNumbers[found as Signal] : found.slice(3)}\n`);
  }
  return 0;
}
