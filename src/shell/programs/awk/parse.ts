import type { AwkFunction, AwkProgram, AwkRule, AwkStatement } from './syntax.ts';
import { ExpressionParser } from './parse-expression.ts';

/** Parses an awk program. Throws AwkSyntaxError. */
export function parseAwk(source: string): AwkProgram {
  return new ProgramParser(source).program();
}

class ProgramParser extends ExpressionParser {
  program(): AwkProgram {
    const rules: AwkRule[] = [];
    const functions = new Map<string, AwkFunction>();
    this.skipSeparators();
    while (this.token.kind !== 'end') {
      if (this.accept('function')) {
        const name = this.take().text;
        functions.set(name, this.functionRest());
      } else rules.push(this.rule());
      this.skipSeparators();
    }
    return { rules, functions };
  }

  private functionRest(): AwkFunction {
    const parameters: string[] = [];
    this.expect('(');
    while (!this.accept(')')) {
      parameters.push(this.take().text);
      if (!this.accept(',') && this.token.text !== ')') this.fail();
    }
    this.skipNewlines();
    return { parameters, body: this.block() };
  }

  private rule(): AwkRule {
    for (const kind of ['BEGIN', 'END'] as const) {
      if (this.accept(kind)) return { kind, test: undefined, end: undefined, body: this.block() };
    }
    if (this.token.text === '{' && this.token.kind === 'operator') {
      return { kind: 'pattern', test: undefined, end: undefined, body: this.block() };
    }
    const test = this.expression();
    const end = this.accept(',') ? (this.skipNewlines(), this.expression()) : undefined;
    const body = this.isOperator('{') ? this.block() : undefined;
    return { kind: end ? 'range' : 'pattern', test, end, body };
  }

  private block(): AwkStatement {
    this.expect('{');
    const body: AwkStatement[] = [];
    this.skipSeparators();
    while (!this.accept('}')) {
      if (this.token.kind === 'end') this.fail();
      body.push(this.statement());
      this.skipSeparators();
    }
    return { kind: 'block', body };
  }

  private statement(): AwkStatement {
    if (this.isOperator('{')) return this.block();
    if (this.isOperator(';')) {
      this.take();
      return { kind: 'block', body: [] };
    }
    const { text } = this.token;
    if (this.token.kind === 'keyword') {
      switch (text) {
        case 'if':
          return this.ifStatement();
        case 'while': {
          this.take();
          const test = this.parenthesised();
          if (this.isOperator(';')) {
            this.take();
            return { kind: 'while', test, body: { kind: 'block', body: [] } };
          }
          return { kind: 'while', test, body: this.bodyStatement() };
        }
        case 'do':
          return this.doStatement();
        case 'for':
          return this.forStatement();
        default:
          break;
      }
    }
    const simple = this.simpleStatement();
    this.endStatement();
    return simple;
  }

  private bodyStatement(): AwkStatement {
    this.skipNewlines();
    return this.statement();
  }

  private endStatement(): void {
    if (this.isOperator('}') || this.token.kind === 'end') return;
    if (this.token.kind === 'newline' || this.isOperator(';')) {
      this.take();
      return;
    }
    this.fail();
  }

  private parenthesised() {
    this.expect('(');
    const value = this.expression();
    this.expect(')');
    return value;
  }

  private ifStatement(): AwkStatement {
    this.take();
    const test = this.parenthesised();
    const yes = this.bodyStatement();
    const mark = this.position;
    this.skipSeparators();
    if (this.accept('else')) return { kind: 'if', test, yes, no: this.bodyStatement() };
    this.position = mark;
    return { kind: 'if', test, yes, no: undefined };
  }

  private doStatement(): AwkStatement {
    this.take();
    const body = this.bodyStatement();
    this.skipSeparators();
    this.expect('while');
    const test = this.parenthesised();
    this.endStatement();
    return { kind: 'do', test, body };
  }

  private forStatement(): AwkStatement {
    this.take();
    this.expect('(');
    const [name, word, array, close] = this.ahead(4);
    if (name?.kind === 'name' && word?.text === 'in' && array?.kind === 'name' && close?.text === ')') {
      this.position += 4;
      return { kind: 'each', name: name.text, array: array.text, body: this.bodyStatement() };
    }
    const first = this.isOperator(';') ? undefined : this.simpleStatement();
    this.expect(';');
    this.skipNewlines();
    const test = this.isOperator(';') ? undefined : this.expression();
    this.expect(';');
    this.skipNewlines();
    const step = this.isOperator(')') ? undefined : this.simpleStatement();
    this.expect(')');
    if (this.isOperator(';')) {
      this.take();
      return { kind: 'for', first, test, step, body: { kind: 'block', body: [] } };
    }
    return { kind: 'for', first, test, step, body: this.bodyStatement() };
  }

  private simpleStatement(): AwkStatement {
    const { kind, text } = this.token;
    if (kind !== 'keyword') return { kind: 'expression', value: this.expression() };
    switch (text) {
      case 'print':
      case 'printf':
        return this.printStatement(text);
      case 'break':
      case 'continue':
      case 'next':
      case 'nextfile':
        this.take();
        return { kind: text };
      case 'exit':
      case 'return':
        this.take();
        return { kind: text, value: this.isAtEnd() ? undefined : this.expression() };
      case 'delete': {
        this.take();
        const array = this.take().text;
        return { kind: 'delete', array, keys: this.isOperator('[') ? this.subscript() : undefined };
      }
      default:
        return { kind: 'expression', value: this.expression() };
    }
  }

  private isAtEnd(): boolean {
    return this.token.kind === 'newline' || this.token.kind === 'end' || this.isOperator(';') || this.isOperator('}');
  }

  private printStatement(kind: 'print' | 'printf'): AwkStatement {
    this.take();
    const isBare = this.isAtEnd() || this.isOperator('>') || this.isOperator('>>') || this.isOperator('|');
    const list = isBare ? [] : this.printList();
    // `print (a, b)`: the parentheses belong to print.
    const [only] = list;
    const items = list.length === 1 && only?.kind === 'group' ? only.items : list;
    for (const mark of ['>', '>>', '|'] as const) {
      if (this.isOperator(mark)) {
        this.take();
        return { kind, items, to: { kind: mark, target: this.concatenation() } };
      }
    }
    return { kind, items, to: undefined };
  }
}
