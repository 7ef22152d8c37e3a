import type { Routine } from '../../kernel/index.ts';
import { UsageError } from './options.ts';
import { compileRegex } from './posix-regex.ts';
import type { Tool } from './tool.ts';

export function* expr(tool: Tool): Routine<number> {
  if (tool.args.length === 0) throw new UsageError('missing operand', 2);
  const value = new Evaluation(tool.args).run();
  yield* tool.print(`${value}\n`);
  return value === '' || /^-?0+$/.test(value) ? 1 : 0;
}

const levels: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['<', '<=', '=', '==', '!=', '>=', '>'],
  ['+', '-'],
  ['*', '/', '%'],
  [':'],
];

class Evaluation {
  readonly #words: readonly string[];
  #index = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  run(): string {
    const value = this.#binary(0);
    if (this.#index < this.#words.length)
      throw new UsageError(`syntax error: unexpected argument ‘${this.#words[this.#index]}’`, 2, false);
    return value;
  }

  #binary(level: number): string {
    const operators = levels[level];
    if (!operators) return this.#primary();
    let left = this.#binary(level + 1);
    while (operators.includes(this.#words[this.#index] ?? '')) {
      const operator = this.#words[this.#index++]!;
      left = apply(operator, left, this.#binary(level + 1));
    }
    return left;
  }

  #primary(): string {
    const word = this.#words[this.#index++];
    if (word === undefined)
      throw new UsageError(`syntax error: missing argument after ‘${this.#words[this.#index - 2]}’`, 2, false);
    if (word === '(') {
      const value = this.#binary(0);
      if (this.#words[this.#index++] !== ')') throw new UsageError('syntax error: expecting ‘)’', 2, false);
      return value;
    }
    const rest = this.#words.length - this.#index;
    if (word === 'length' && rest >= 1) return String([...this.#primary()].length);
    if (word === 'match' && rest >= 2) return matched(this.#primary(), this.#primary());
    if (word === 'index' && rest >= 2) {
      const [text, letters] = [this.#primary(), this.#primary()];
      return String([...text].findIndex((letter) => letters.includes(letter)) + 1);
    }
    if (word === 'substr' && rest >= 3) {
      const [text, from, count] = [this.#primary(), Number(this.#primary()), Number(this.#primary())];
      return from > 0 && count > 0 ? text.slice(from - 1, from - 1 + count) : '';
    }
    return word;
  }
}

function matched(text: string, pattern: string): string {
  const expression = compileRegex(pattern.startsWith('^') ? pattern : `^${pattern}`, 'basic');
  const match = expression.exec(text);
  if (/\\\(/.test(pattern)) return match?.[1] ?? '';
  return String(match ? [...match[0]].length : 0);
}

function integer(text: string): bigint {
  if (!/^-?\d+$/.test(text)) throw new UsageError('non-integer argument', 2, false);
  return BigInt(text);
}

function apply(operator: string, a: string, b: string): string {
  const isNull = (text: string): boolean => text === '' || text === '0';
  switch (operator) {
    case '|':
      return isNull(a) ? (isNull(b) ? '0' : b) : a;
    case '&':
      return isNull(a) || isNull(b) ? '0' : a;
    case ':':
      return matched(a, b);
    case '+':
      return String(integer(a) + integer(b));
    case '-':
      return String(integer(a) - integer(b));
    case '*':
      return String(integer(a) * integer(b));
    case '/':
    case '%':
      if (integer(b) === 0n) throw new UsageError('division by zero', 2, false);
      return String(operator === '/' ? integer(a) / integer(b) : integer(a) % integer(b));
    default:
      return String(Number(compares(operator, a, b)));
  }
}

function compares(operator: string, a: string, b: string): boolean {
  const areNumbers = /^-?\d+$/.test(a) && /^-?\d+$/.test(b);
  const [x, y] = areNumbers ? [BigInt(a), BigInt(b)] : [a, b];
  if (operator === '<') return x < y;
  if (operator === '<=') return x <= y;
  if (operator === '>') return x > y;
  if (operator === '>=') return x >= y;
  return (x === y) === (operator !== '!=');
}
