import type { Expression, Target } from './syntax.ts';
import { AwkSyntaxError, tokenizeAwk, type AwkToken } from './tokens.ts';

const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);

/** Expressions by descending precedence. Upstream: POSIX.1-2017, awk, Expressions in awk */
export class ExpressionParser {
  readonly #tokens: readonly AwkToken[];
  protected position = 0;
  /** In a print statement `>` redirects. */
  #redirects = false;
  /** Before `in` of a for loop, and inside it, a plain `in` is no operator. */
  readonly #lastLine: number;

  constructor(source: string) {
    this.#tokens = tokenizeAwk(source);
    this.#lastLine = this.#tokens.at(-1)!.line;
  }

  protected get token(): AwkToken {
    return this.#tokens[this.position]!;
  }

  protected ahead(count: number): readonly AwkToken[] {
    return this.#tokens.slice(this.position, this.position + count);
  }

  protected take(): AwkToken {
    const { token } = this;
    if (token.kind !== 'end') this.position++;
    return token;
  }

  protected isOperator(text: string): boolean {
    return this.token.kind === 'operator' && this.token.text === text;
  }

  protected accept(text: string): boolean {
    const { kind } = this.token;
    if ((kind !== 'operator' && kind !== 'keyword') || this.token.text !== text) return false;
    this.position++;
    return true;
  }

  protected expect(text: string): void {
    if (!this.accept(text)) this.fail();
  }

  protected fail(): never {
    const { kind, line, text } = this.token;
    const near = kind === 'end' ? 'end of file' : kind === 'newline' ? 'newline' : text;
    throw new AwkSyntaxError(`line ${Math.min(line, this.#lastLine)}: syntax error at or near ${near}`);
  }

  protected skipNewlines(): void {
    while (this.token.kind === 'newline') this.position++;
  }

  protected skipSeparators(): void {
    while (this.token.kind === 'newline' || this.isOperator(';')) this.position++;
  }

  expression(): Expression {
    return this.#ternary();
  }

  /** The items of a print statement. */
  protected printList(): Expression[] {
    this.#redirects = true;
    try {
      const items = [this.expression()];
      while (this.accept(',')) {
        this.skipNewlines();
        items.push(this.expression());
      }
      return items;
    } finally {
      this.#redirects = false;
    }
  }

  protected subscript(): Expression[] {
    this.expect('[');
    const keys = [this.#plainly(() => this.expression())];
    while (this.accept(',')) keys.push(this.#plainly(() => this.expression()));
    this.expect(']');
    return keys;
  }

  /** Within brackets of any kind, `>` compares again. */
  #plainly<T>(parse: () => T): T {
    const redirects = this.#redirects;
    this.#redirects = false;
    try {
      return parse();
    } finally {
      this.#redirects = redirects;
    }
  }

  #ternary(): Expression {
    const test = this.#or();
    if (assignments.has(this.token.text) && this.token.kind === 'operator' && isTarget(test)) {
      const operator = this.take().text;
      this.skipNewlines();
      return { kind: 'assign', operator, target: test, value: this.#ternary() };
    }
    if (!this.accept('?')) return test;
    this.skipNewlines();
    const yes = this.#ternary();
    this.skipNewlines();
    this.expect(':');
    this.skipNewlines();
    return { kind: 'conditional', test, yes, no: this.#ternary() };
  }

  #or(): Expression {
    let left = this.#and();
    while (this.accept('||')) {
      this.skipNewlines();
      left = { kind: 'binary', operator: '||', left, right: this.#and() };
    }
    return left;
  }

  #and(): Expression {
    let left = this.#in();
    while (this.accept('&&')) {
      this.skipNewlines();
      left = { kind: 'binary', operator: '&&', left, right: this.#in() };
    }
    return left;
  }

  #in(): Expression {
    let left = this.#match();
    while (this.token.kind === 'keyword' && this.token.text === 'in') {
      this.take();
      left = { kind: 'in', keys: left.kind === 'group' ? left.items : [left], array: this.take().text };
    }
    return left;
  }

  #match(): Expression {
    let left = this.#comparison();
    while (this.isOperator('~') || this.isOperator('!~')) {
      const isNegated = this.take().text === '!~';
      left = { kind: 'match', isNegated, left, right: this.#comparison() };
    }
    return left;
  }

  #comparison(): Expression {
    const left = this.concatenation();
    const { text } = this.token;
    if (this.token.kind !== 'operator' || !['<', '<=', '==', '!=', '>', '>='].includes(text))
      return this.#pipedGetline(left);
    if (text === '>' && this.#redirects) return left;
    this.take();
    return { kind: 'binary', operator: text, left, right: this.concatenation() };
  }

  /** `command | getline var` */
  #pipedGetline(left: Expression): Expression {
    let result = left;
    while (this.isOperator('|') && this.ahead(2)[1]?.text === 'getline') {
      this.position += 2;
      result = { kind: 'getline', source: 'command', from: result, target: this.#optionalTarget() };
    }
    return result;
  }

  concatenation(): Expression {
    let left = this.#additive();
    while (this.#beginsOperand()) left = { kind: 'concat', left, right: this.#additive() };
    return left;
  }

  #beginsOperand(): boolean {
    const { kind, text } = this.token;
    if (kind === 'number' || kind === 'string' || kind === 'regex' || kind === 'name') return true;
    if (kind === 'keyword') return false;
    return kind === 'operator' && ['$', '!', '(', '-', '+', '++', '--'].includes(text);
  }

  #additive(): Expression {
    let left = this.#multiplicative();
    while (this.isOperator('+') || this.isOperator('-')) {
      const operator = this.take().text;
      left = { kind: 'binary', operator, left, right: this.#multiplicative() };
    }
    return left;
  }

  #multiplicative(): Expression {
    let left = this.#unary();
    while (this.isOperator('*') || this.isOperator('/') || this.isOperator('%')) {
      const operator = this.take().text;
      left = { kind: 'binary', operator, left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Expression {
    for (const operator of ['!', '-', '+'] as const) {
      if (this.accept(operator)) return { kind: 'unary', operator, operand: this.#unary() };
    }
    return this.#power();
  }

  #power(): Expression {
    const base = this.#postfix();
    if (!this.accept('^')) return base;
    // To the right, and above the sign: 2^-1.
    const exponent =
      this.isOperator('-') || this.isOperator('+') || this.isOperator('!') ? this.#unary() : this.#power();
    return { kind: 'binary', operator: '^', left: base, right: exponent };
  }

  #postfix(): Expression {
    const operand = this.#primary();
    if (!isTarget(operand)) return operand;
    if (this.accept('++')) return { kind: 'step', target: operand, by: 1, isPrefix: false };
    if (this.accept('--')) return { kind: 'step', target: operand, by: -1, isPrefix: false };
    return operand;
  }

  #primary(): Expression {
    const token = this.take();
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'string':
        return { kind: 'string', text: token.text };
      case 'regex':
        return { kind: 'regex', source: token.text };
      case 'name':
        return this.#named(token);
      case 'keyword':
        if (token.text === 'getline') return this.#simpleGetline();
        break;
      case 'operator':
        if (token.text === '$') return { kind: 'field', index: this.#fieldIndex() };
        if (token.text === '(') return this.#grouped();
        if (token.text === '++' || token.text === '--') {
          const target = this.#primary();
          if (isTarget(target)) return { kind: 'step', target, by: token.text === '++' ? 1 : -1, isPrefix: true };
        }
        break;
      default:
        break;
    }
    this.position--;
    return this.fail();
  }

  /** `$NF`, `$i++` (the field's increment), `$(NF-1)`, `$-1` */
  #fieldIndex(): Expression {
    if (this.accept('-')) return { kind: 'unary', operator: '-', operand: this.#primary() };
    return this.#primary();
  }

  #grouped(): Expression {
    const items = this.#plainly(() => {
      const list = [this.expression()];
      while (this.accept(',')) {
        this.skipNewlines();
        list.push(this.expression());
      }
      return list;
    });
    this.expect(')');
    return { kind: 'group', items };
  }

  #named(token: AwkToken): Expression {
    if (token.isCall || (isBuiltin(token.text) && this.isOperator('('))) {
      this.expect('(');
      const args: Expression[] = [];
      this.skipNewlines();
      while (!this.accept(')')) {
        args.push(this.#plainly(() => this.expression()));
        this.skipNewlines();
        if (!this.accept(',') && !this.isOperator(')')) this.fail();
        this.skipNewlines();
      }
      return { kind: 'call', name: token.text, args };
    }
    if (token.text === 'length') return { kind: 'call', name: 'length', args: [] };
    if (this.isOperator('[')) return { kind: 'element', array: token.text, keys: this.subscript() };
    return { kind: 'variable', name: token.text };
  }

  #simpleGetline(): Expression {
    const target = this.#optionalTarget();
    if (this.accept('<')) return { kind: 'getline', source: 'file', from: this.#primary(), target };
    return { kind: 'getline', source: 'input', from: undefined, target };
  }

  #optionalTarget(): Target | undefined {
    if (this.token.kind !== 'name' && !this.isOperator('$')) return undefined;
    const operand = this.#primary();
    return isTarget(operand) ? operand : this.fail();
  }
}

function isTarget(expression: Expression): expression is Target {
  return expression.kind === 'variable' || expression.kind === 'field' || expression.kind === 'element';
}

const builtins = new Set(
  'atan2 close cos exp fflush gensub gsub index int length log match rand sin split sprintf sqrt srand strftime sub substr system systime tolower toupper'.split(
    ' ',
  ),
);

export function isBuiltin(name: string): boolean {
  return builtins.has(name);
}
