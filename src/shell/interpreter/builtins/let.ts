import { ShellError } from '../control-flow.ts';
import { arithmetic } from '../expand/shell-arithmetic.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

export function* letBuiltin(shell: Shell, [, ...expressions]: readonly string[]): Steps<number> {
  if (expressions.length === 0) throw new ShellError('expression expected', { isFatal: false });
  let value = 0n;
  for (const expression of expressions) value = arithmetic(shell, expression);
  return Number(value === 0n);
}
