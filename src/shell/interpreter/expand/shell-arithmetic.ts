import { ShellError } from '../control-flow.ts';
import type { Shell } from '../state/shell.ts';
import { specialValue } from '../state/special-variables.ts';
import { scalarOf } from '../state/variable.ts';
import { asIndexed, assignScalar, demandWritable } from '../state/variables.ts';
import { evaluateArithmetic, type ArithmeticVariables } from './arithmetic.ts';

/** Evaluates an expression, expanded already, over a shell's variables. */
export function arithmetic(shell: Shell, expression: string): bigint {
  try {
    return evaluateArithmetic(expression, arithmeticVariables(shell));
  } catch (error) {
    if (!(error instanceof ShellError) || shell.personality.id === 'bash') throw error;
    throw new ShellError(posixWords(shell, expression, error.message), { status: 2 });
  }
}

/** What the POSIX shells say about a wrong expression. */
function posixWords(shell: Shell, expression: string, message: string): string {
  const isDash = shell.personality.id === 'dash';
  if (message.includes('division by 0')) {
    return isDash ? `arithmetic expression: division by zero: "${expression}"` : 'divide by zero';
  }
  if (!message.includes('(error token is')) return message;
  const problem = message.includes('operand expected') ? 'expecting primary' : 'expecting EOF';
  return isDash ? `arithmetic expression: ${problem}: "${expression}"` : 'arithmetic syntax error';
}

function arithmeticVariables(shell: Shell): ArithmeticVariables {
  const variables: ArithmeticVariables = {
    refusesUnset: shell.options.nounset,

    read(name, subscript) {
      const variable = shell.variables.find(name);
      if (subscript === undefined) return variable ? scalarOf(variable.value) : specialValue(shell, name);
      if (variable?.value?.kind === 'associative') return variable.value.items.get(unquoted(subscript));
      const index = indexIn(shell, name, evaluateArithmetic(subscript, variables));
      if (variable?.value?.kind === 'indexed') return variable.value.items.get(index);
      return index === 0 ? scalarOf(variable?.value) : undefined;
    },

    write(name, subscript, text) {
      const variable = shell.variables.reach(name);
      demandWritable(name, variable);
      if (subscript === undefined) assignScalar(variable, text);
      else if (variable.value?.kind === 'associative') variable.value.items.set(unquoted(subscript), text);
      else {
        const index = indexIn(shell, name, evaluateArithmetic(subscript, variables));
        asIndexed(variable).set(index, text);
      }
    },
  };
  return variables;
}

function unquoted(subscript: string): string {
  return subscript.replace(/^(['"])(.*)\1$/s, '$2');
}

/** A subscript as an index: a negative one counts from behind. */
export function indexIn(shell: Shell, name: string, index: bigint): number {
  if (index >= 0n) return Number(index);
  const value = shell.variables.find(name)?.value;
  const highest = value?.kind === 'indexed' ? Math.max(-1, ...value.items.keys()) : value ? 0 : -1;
  const from = highest + 1 + Number(index);
  if (from < 0) throw new ShellError(`${name}[${index}]: bad array subscript`, { isFatal: false });
  return from;
}
