import { ShellError } from '../control-flow.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';
import { evaluateTest } from './test-expression.ts';

export function* test(shell: Shell, [name, ...args]: readonly string[]): Steps<number> {
  if (name === '[' && args.pop() !== ']') {
    yield* shell.complain(shell.personality.id === 'bash' ? "missing `]'" : 'missing ]', '[');
    return 2;
  }
  try {
    return Number(!evaluateTest(shell, args));
  } catch (error) {
    if (!(error instanceof ShellError) || shell.personality.id === 'bash') throw error;
    const number = /^(.*): integer expression expected$/.exec(error.message)?.[1];
    const said = shell.personality.id === 'dash' ? `Illegal number: ${number}` : `${number}: bad number`;
    throw number === undefined ? error : new ShellError(said, { status: 2, isFatal: false });
  }
}
