import { ShellError } from '../control-flow.ts';
import { tokenizeArithmetic, type ArithmeticToken } from './arithmetic-tokens.ts';

/** The variables that an expression reads and writes. A subscript comes as it is written. */
export interface ArithmeticVariables {
  read(name: string, subscript: string | undefined): string | undefined;
  write(name: string, subscript: string | undefined, text: string): void;
  /** `set -u` */
  readonly refusesUnset: boolean;
}

const precedence: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '^=', '|=']);
const nestingLimit = 1024;

/** Evaluates an arithmetic expression in 64 bits, as bash does. Expansions have been done before. */
export function evaluateArithmetic(expression: string, variables: ArithmeticVariables, depth = 0): bigint {
  if (depth > nestingLimit) {
    throw new ShellError(`${expression}: expression recursion level exceeded (error token is "${expression}")`);
  }
  return new Evaluation(expression, variables, depth).run();
}

/** A place that can be assigned to. */
interface Reference {
  readonly name: string;
  readonly subscript: string | undefined;
}

interface Operand {
  readonly value: bigint;
  readonly reference?: Reference;
}

class Evaluation {
  readonly #expression: string;
  readonly #variables: ArithmeticVariables;
  readonly #depth: number;
  readonly #tokens: readonly ArithmeticToken[];
  #index = 0;
  /** Above 0: the side of `&&`, `||` or `?:` that is not taken; nothing is read or written. */
  #skipping = 0;

  constructor(expression: string, variables: ArithmeticVariables, depth: number) {
    this.#expression = expression;
    this.#variables = variables;
    this.#depth = depth;
    this.#tokens = tokenizeArithmetic(expression);
  }

  run(): bigint {
    if (this.#tokens.length === 0) return 0n;
    const value = this.#comma();
    if (this.#index < this.#tokens.length) {
      const token = this.#tokens[this.#index]!;
      this.#fail(
        token.kind === 'operator' && '+-*/%<>=&|^?:),'.includes(token.text[0]!)
          ? 'syntax error in expression'
          : 'syntax error in expression',
        token.at,
      );
    }
    return value;
  }

  #comma(): bigint {
    let value = this.#assignment().value;
    while (this.#accept(',')) value = this.#assignment().value;
    return value;
  }

  #assignment(): Operand {
    const start = this.#index;
    const left = this.#conditional();
    const operator = this.#peek();
    if (operator?.kind !== 'operator' || !assignments.has(operator.text)) return left;
    if (!left.reference || this.#index - start > 1) this.#fail('attempted assignment to non-variable', operator.at);
    this.#index++;
    const rightAt = this.#peek()?.at ?? operator.at;
    const right = this.#assignment().value;
    const value = operator.text === '=' ? right : this.#apply(operator.text.slice(0, -1), left.value, right, rightAt);
    this.#store(left.reference!, value);
    return { value };
  }

  #conditional(): Operand {
    const test = this.#binary(0);
    if (!this.#accept('?')) return test;
    const isTrue = test.value !== 0n;
    const whenTrue = this.#unless(isTrue, () => this.#comma());
    const colon = this.#peek();
    if (!this.#accept(':')) this.#fail("`:' expected for conditional expression", colon?.at ?? this.#lastAt());
    const whenFalse = this.#unless(!isTrue, () => this.#conditional().value);
    return { value: isTrue ? whenTrue : whenFalse };
  }

  #binary(level: number): Operand {
    const operators = precedence[level];
    if (!operators) return this.#power();
    let left = this.#binary(level + 1);
    for (;;) {
      const token = this.#peek();
      if (token?.kind !== 'operator' || !operators.includes(token.text)) return left;
      this.#index++;
      if (token.text === '||' || token.text === '&&') {
        const isDecided = (left.value !== 0n) === (token.text === '||');
        const right = this.#unless(!isDecided, () => this.#binary(level + 1).value);
        left = { value: isDecided ? BigInt(token.text === '||') : BigInt(right !== 0n) };
        continue;
      }
      const rightAt = this.#peek()?.at ?? token.at;
      left = { value: this.#apply(token.text, left.value, this.#binary(level + 1).value, rightAt) };
    }
  }

  #power(): Operand {
    const base = this.#unary();
    if (!this.#accept('**')) return base;
    const at = this.#peek()?.at ?? this.#lastAt();
    const exponent = this.#power().value;
    if (exponent < 0n) this.#fail('exponent less than 0', at);
    let value = 1n;
    for (let n = 0n; n < exponent; n++) {
      value = BigInt.asIntN(64, value * base.value);
      // Further multiplication changes nothing.
      if (value === 0n || base.value === 1n) break;
      if (base.value === -1n) return { value: exponent % 2n === 0n ? 1n : -1n };
    }
    return { value };
  }

  #unary(): Operand {
    const token = this.#peek();
    if (token?.kind === 'operator') {
      if (token.text === '++' || token.text === '--') return this.#step(token);
      if ('!~+-'.includes(token.text)) {
        this.#index++;
        const { value } = this.#unary();
        if (token.text === '!') return { value: BigInt(value === 0n) };
        if (token.text === '~') return { value: ~value };
        return { value: token.text === '-' ? BigInt.asIntN(64, -value) : value };
      }
    }
    return this.#primary();
  }

  /** `++x`. Before anything but a variable it is two signs. */
  #step(token: ArithmeticToken): Operand {
    this.#index++;
    const operand = this.#unary();
    if (!operand.reference) {
      return { value: operand.value };
    }
    const value = BigInt.asIntN(64, operand.value + (token.text === '++' ? 1n : -1n));
    this.#store(operand.reference, value);
    return { value };
  }

  #primary(): Operand {
    const token = this.#peek();
    if (!token) return this.#fail('syntax error: operand expected', this.#lastAt());
    if (token.kind === 'number') {
      this.#index++;
      return { value: this.#number(token) };
    }
    if (token.kind === 'name') {
      this.#index++;
      const reference = { name: token.text, subscript: token.subscript };
      const value = this.#load(reference);
      const next = this.#peek();
      if (next?.kind === 'operator' && (next.text === '++' || next.text === '--')) {
        this.#index++;
        this.#store(reference, BigInt.asIntN(64, value + (next.text === '++' ? 1n : -1n)));
        return { value };
      }
      return { value, reference };
    }
    if (token.text === '(') {
      this.#index++;
      const value = this.#comma();
      if (!this.#accept(')')) this.#fail("missing `)'", this.#lastAt());
      return { value };
    }
    return this.#fail('syntax error: operand expected', token.at);
  }

  #number(token: ArithmeticToken): bigint {
    const { text } = token;
    const based = /^(\d+)#(.*)$/.exec(text);
    if (based) return this.#inBase(BigInt(based[1]!), based[2]!, token);
    if (/^0[xX]/.test(text)) return this.#inBase(16n, text.slice(2), token);
    if (/^0./.test(text)) return this.#inBase(8n, text.slice(1), token);
    return this.#inBase(10n, text, token);
  }

  #inBase(base: bigint, digits: string, token: ArithmeticToken): bigint {
    if (base < 2n || base > 64n) this.#fail('invalid arithmetic base', token.at);
    let value = 0n;
    for (const digit of digits) {
      const of = digitValue(digit, base);
      if (of < 0n || of >= base) this.#fail('value too great for base', token.at);
      value = BigInt.asIntN(64, value * base + of);
    }
    return value;
  }

  #apply(operator: string, left: bigint, right: bigint, rightAt: number): bigint {
    switch (operator) {
      case '+':
        return BigInt.asIntN(64, left + right);
      case '-':
        return BigInt.asIntN(64, left - right);
      case '*':
        return BigInt.asIntN(64, left * right);
      case '/':
      case '%':
        if (right === 0n) {
          if (this.#skipping > 0) return 0n;
          this.#fail('division by 0', rightAt);
        }
        return BigInt.asIntN(64, operator === '/' ? left / right : left % right);
      case '<<':
        return BigInt.asIntN(64, left << (right & 63n));
      case '>>':
        return left >> (right & 63n);
      case '&':
        return left & right;
      case '|':
        return left | right;
      case '^':
        return left ^ right;
      default:
        return BigInt(isTrueComparison(operator, left, right));
    }
  }

  #load({ name, subscript }: Reference): bigint {
    if (this.#skipping > 0) return 0n;
    const text = this.#variables.read(name, subscript);
    if (text === undefined && this.#variables.refusesUnset)
      throw new ShellError(`${name}: unbound variable`, { status: 127 });
    if (text === undefined || text.trim() === '') return 0n;
    if (/^\s*-?[1-9]\d{0,14}\s*$|^\s*0\s*$/.test(text)) return BigInt(text.trim());
    return evaluateArithmetic(text, this.#variables, this.#depth + 1);
  }

  #store({ name, subscript }: Reference, value: bigint): void {
    if (this.#skipping === 0) this.#variables.write(name, subscript, String(value));
  }

  #unless(isTaken: boolean, evaluate: () => bigint): bigint {
    if (!isTaken) this.#skipping++;
    try {
      return evaluate();
    } finally {
      if (!isTaken) this.#skipping--;
    }
  }

  #peek(): ArithmeticToken | undefined {
    return this.#tokens[this.#index];
  }

  #accept(text: string): boolean {
    const token = this.#peek();
    if (token?.kind !== 'operator' || token.text !== text) return false;
    this.#index++;
    return true;
  }

  #lastAt(): number {
    return this.#tokens.at(-1)?.at ?? 0;
  }

  #fail(problem: string, at: number): never {
    const expression = this.#expression.replace(/^\s+/, '');
    throw new ShellError(`${expression}: ${problem} (error token is "${this.#expression.slice(at)}")`, {
      isFatal: false,
    });
  }
}

function isTrueComparison(operator: string, left: bigint, right: bigint): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    default:
      return left >= right;
  }
}

function digitValue(digit: string, base: bigint): bigint {
  if (digit >= '0' && digit <= '9') return BigInt(digit);
  const code = digit.charCodeAt(0);
  if (code >= 97 && code <= 122) return BigInt(code - 87);
  // Up to base 36 the case of a letter does not matter; above it, capitals follow the small letters.
  if (code >= 65 && code <= 90) return BigInt(base <= 36n ? code - 55 : code - 29);
  if (digit === '@') return 62n;
  return digit === '_' ? 63n : -1n;
}
