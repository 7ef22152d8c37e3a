import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';
import { evaluateTest } from './test-expression.ts';

export function* test(shell: Shell, [name, ...args]: readonly string[]): Steps<number> {
  if (name === '[' && args.pop() !== ']') {
    yield* shell.complain(shell.personality.id === 'bash' ? "missing `]'" : 'missing ]', '[');
    return 2;
  }
  return Number(!evaluateTest(shell, args));
}
