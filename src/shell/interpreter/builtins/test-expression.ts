import { ShellError } from '../control-flow.ts';
import { binaryTest, isBinaryTest, isUnaryTest, unaryTest, type TestScope } from './test-operators.ts';

/** Evaluates what `test` and `[` are given, by POSIX's rules on the number of arguments. */
export function evaluateTest(scope: TestScope, args: readonly string[]): boolean {
  const reader = new TestReader(scope, args);
  return reader.evaluate();
}

function refuse(message: string): never {
  throw new ShellError(message, { status: 2, isFatal: false });
}

class TestReader {
  readonly #scope: TestScope;
  readonly #args: readonly string[];
  #index = 0;

  constructor(scope: TestScope, args: readonly string[]) {
    this.#scope = scope;
    this.#args = args;
  }

  evaluate(): boolean {
    const args = this.#args;
    const [a, b, c] = args;
    switch (args.length) {
      case 0:
        return false;
      case 1:
        return a !== '';
      case 2:
        if (a === '!') return b === '';
        if (isUnaryTest(a!)) return unaryTest(this.#scope, a!, b!);
        return refuse(`${a}: unary operator expected`);
      case 3:
        if (isBinaryTest(b!)) return binaryTest(this.#scope, a!, b!, c!);
        if (b === '-a') return a !== '' && c !== '';
        if (b === '-o') return a !== '' || c !== '';
        if (a === '!') return !evaluateTest(this.#scope, args.slice(1));
        if (a === '(' && c === ')') return b !== '';
        return refuse(`${b}: binary operator expected`);
      case 4:
        if (a === '!') return !evaluateTest(this.#scope, args.slice(1));
        break;
      default:
        break;
    }
    const value = this.#or();
    if (this.#index < args.length) refuse('too many arguments');
    return value;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#accept('-o')) value = this.#and() || value;
    return value;
  }

  #and(): boolean {
    let value = this.#term();
    while (this.#accept('-a')) value = this.#term() && value;
    return value;
  }

  #term(): boolean {
    const word = this.#args[this.#index];
    if (word === undefined) return refuse('argument expected');
    if (word === '!') {
      this.#index++;
      return !this.#term();
    }
    const operator = this.#args[this.#index + 1];
    if (operator !== undefined && isBinaryTest(operator) && this.#index + 2 < this.#args.length) {
      this.#index += 3;
      return binaryTest(this.#scope, word, operator, this.#args[this.#index - 1]!);
    }
    if (word === '(') {
      this.#index++;
      const value = this.#or();
      if (!this.#accept(')')) refuse("`)' expected");
      return value;
    }
    if (isUnaryTest(word) && operator !== undefined) {
      this.#index += 2;
      return unaryTest(this.#scope, word, operator);
    }
    this.#index++;
    return word !== '';
  }

  #accept(word: string): boolean {
    if (this.#args[this.#index] !== word) return false;
    this.#index++;
    return true;
  }
}
