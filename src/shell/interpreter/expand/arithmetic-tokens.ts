import { ShellError } from '../control-flow.ts';

export interface ArithmeticToken {
  readonly kind: 'number' | 'name' | 'operator';
  readonly text: string;
  /** Of a name: what stands between the brackets behind it. */
  readonly subscript?: string;
  readonly at: number;
}

const operators =
  /(?:<<=|>>=|\*\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||\+=|-=|\*=|\/=|%=|&=|\^=|\|=|[-+*/%<>=!~&|^?:(),])/y;
const numbers = /(?:\d+#[0-9A-Za-z@_]*|0[xX][0-9A-Fa-f]*|\d[0-9A-Za-z@_]*)/y;
const names = /[A-Za-z_]\w*/y;

/** Cuts an arithmetic expression into tokens. */
export function tokenizeArithmetic(expression: string): readonly ArithmeticToken[] {
  const tokens: ArithmeticToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(expression)?.[0];
  };
  while (at < expression.length) {
    if (/\s/.test(expression[at]!)) {
      at++;
      continue;
    }
    const number = take(numbers);
    if (number !== undefined) {
      tokens.push({ kind: 'number', text: number, at });
      at += number.length;
      continue;
    }
    const name = take(names);
    if (name !== undefined) {
      const end = expression[at + name.length] === '[' ? closingBracket(expression, at + name.length) : -1;
      const subscript = end < 0 ? undefined : expression.slice(at + name.length + 1, end);
      tokens.push({ kind: 'name', text: name, ...(subscript !== undefined && { subscript }), at });
      at = end < 0 ? at + name.length : end + 1;
      continue;
    }
    const operator = take(operators);
    if (operator === undefined) {
      // Quotes have been removed by the expansion; what is left of them, bash ignores.
      if (expression[at] === '"') {
        at++;
        continue;
      }
      const token = expression.slice(at);
      const shown = expression.replace(/^\s+/, '');
      throw new ShellError(
        `${shown}: syntax error: ${tokens.length === 0 || tokens.at(-1)!.kind === 'operator' ? 'operand expected' : 'invalid arithmetic operator'} (error token is "${token}")`,
        { isFatal: false },
      );
    }
    tokens.push({ kind: 'operator', text: operator, at });
    at += operator.length;
  }
  return tokens;
}

function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    if (text[index] === '[') depth++;
    else if (text[index] === ']' && --depth === 0) return index;
  }
  return -1;
}
