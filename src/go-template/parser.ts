import { goQuote } from '../api/index.ts';
import { unquote } from '../api/go/quote.ts';
import { tokensOf, tokenText, type Token, type TokenType } from './lexer.ts';
import { nodeText, type Branch, type Command, type Node, type Operand, type Pipe } from './nodes.ts';
import { numberValue } from './number-value.ts';
import { TemplateError } from './template-error.ts';

/** What one text defines: its own nodes under its name, and those of `define` and `block`. */
export type Definitions = Map<string, readonly Node[]>;

/**
 * Reads a template.
 * Upstream: text/template/parse/parse.go
 * @param functions that may be called, builtin ones included
 * @throws TemplateError
 */
export function parseTemplate(name: string, text: string, functions: ReadonlySet<string>): Definitions {
  return new Parser(name, text, functions).run();
}

type Terminator = { readonly type: 'end' | 'else' };

const operandTypes: ReadonlySet<TokenType> = new Set([
  'bool',
  'character constant',
  'complex',
  '.',
  'field',
  'identifier',
  'number',
  'nil',
  'raw string',
  'string',
  'variable',
  'left parenthesis',
]);

class Parser {
  readonly #name: string;
  readonly #tokens: readonly Token[];
  readonly #functions: ReadonlySet<string>;
  readonly #definitions: Definitions = new Map();
  #at = 0;
  /** How far tokens were looked at: messages name that line. */
  #furthest = 0;
  #variables: string[] = ['$'];
  #rangeDepth = 0;
  /** Where the current action began; 0 outside of actions. */
  #actionLine = 0;

  constructor(name: string, text: string, functions: ReadonlySet<string>) {
    this.#name = name;
    this.#tokens = tokensOf(text);
    this.#functions = functions;
  }

  run(): Definitions {
    const nodes: Node[] = [];
    while (this.#peek().type !== 'end of text') {
      if (this.#skipDefinition()) continue;
      const node = this.#textOrAction();
      if (isTerminator(node)) this.#fail(`unexpected {{${node.type}}}`);
      nodes.push(node);
    }
    this.#define(this.#name, nodes);
    return this.#definitions;
  }

  /** `{{define "name"}} … {{end}}`, which leaves nothing where it stands. */
  #skipDefinition(): boolean {
    const start = this.#at;
    if (this.#peek().type !== 'left delimiter') return false;
    this.#next();
    if (this.#nextWord().type !== 'define') {
      this.#at = start;
      return false;
    }
    const context = 'define clause';
    const token = this.#nextWord();
    const name = this.#templateName(token, context);
    this.#expect('right delimiter', context);
    this.#define(name, this.#body(context));
    return true;
  }

  /** Nodes up to `{{end}}`, with variables of their own. */
  #body(context: string): readonly Node[] {
    const [variables, rangeDepth] = [this.#variables, this.#rangeDepth];
    this.#variables = ['$'];
    this.#rangeDepth = 0;
    const [nodes, end] = this.#list();
    if (end.type !== 'end') this.#fail(`unexpected {{${end.type}}} in ${context}`);
    this.#variables = variables;
    this.#rangeDepth = rangeDepth;
    return nodes;
  }

  #define(name: string, nodes: readonly Node[]): void {
    const earlier = this.#definitions.get(name);
    if (!earlier || isEmpty(earlier)) this.#definitions.set(name, nodes);
    else if (!isEmpty(nodes)) this.#fail(`template: multiple definition of template ${goQuote(name)}`);
  }

  #list(): [readonly Node[], Terminator] {
    const nodes: Node[] = [];
    while (this.#peekWord().type !== 'end of text') {
      const node = this.#textOrAction();
      if (isTerminator(node)) return [nodes, node];
      nodes.push(node);
    }
    return this.#fail('unexpected EOF');
  }

  #textOrAction(): Node | Terminator {
    const token = this.#nextWord();
    if (token.type === 'text') return { type: 'text', at: token.at, text: token.text };
    if (token.type !== 'left delimiter') return this.#unexpected(token, 'input');
    this.#actionLine = token.line;
    const node = this.#action();
    this.#actionLine = 0;
    return node;
  }

  #action(): Node | Terminator {
    const token = this.#nextWord();
    switch (token.type) {
      case 'block':
        return this.#block();
      case 'break':
      case 'continue':
        return this.#leave(token.type, token.at);
      case 'else':
        return this.#else();
      case 'end':
        this.#expect('right delimiter', 'end');
        return { type: 'end' };
      case 'if':
      case 'range':
      case 'with':
        return this.#branch(token.type);
      case 'template':
        return this.#template();
      default: {
        this.#at--;
        const at = this.#peek().at;
        return { type: 'action', at, pipe: this.#pipe('command', 'right delimiter') };
      }
    }
  }

  #leave(type: 'break' | 'continue', at: number): Node {
    const token = this.#nextWord();
    if (token.type !== 'right delimiter') this.#unexpected(token, `{{${type}}}`);
    if (this.#rangeDepth === 0) this.#fail(`{{${type}}} outside {{range}}`);
    return { type, at };
  }

  #else(): Terminator {
    // `else if` and `else with` leave their second word to whoever parses the branch.
    const { type } = this.#peekWord();
    if (type !== 'if' && type !== 'with') this.#expect('right delimiter', 'else');
    return { type: 'else' };
  }

  #branch(type: Branch['type']): Branch {
    const outer = this.#variables.length;
    const pipe = this.#pipe(type, 'right delimiter');
    if (type === 'range') this.#rangeDepth++;
    const [list, terminator] = this.#list();
    if (type === 'range') this.#rangeDepth--;
    const elseList = terminator.type === 'else' ? this.#elseList(type) : undefined;
    this.#variables.length = outer;
    return { type, at: pipe.at, pipe, list, elseList };
  }

  #elseList(type: Branch['type']): readonly Node[] {
    if (type !== 'range' && this.#peek().type === type) {
      // The inner branch takes the only {{end}} that there is.
      this.#next();
      return [this.#branch(type)];
    }
    const [nodes, end] = this.#list();
    if (end.type !== 'end') this.#fail(`expected end; found {{${end.type}}}`);
    return nodes;
  }

  #block(): Node {
    const context = 'block clause';
    const token = this.#nextWord();
    const name = this.#templateName(token, context);
    const pipe = this.#pipe(context, 'right delimiter');
    this.#define(name, this.#body(context));
    return { type: 'template', at: token.at, name, pipe };
  }

  #template(): Node {
    const context = 'template clause';
    const token = this.#nextWord();
    const name = this.#templateName(token, context);
    if (this.#nextWord().type === 'right delimiter') return { type: 'template', at: token.at, name, pipe: undefined };
    this.#at--;
    return { type: 'template', at: token.at, name, pipe: this.#pipe(context, 'right delimiter') };
  }

  #templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'raw string') return this.#unexpected(token, context);
    return this.#stringValue(token);
  }

  #pipe(context: string, end: 'right delimiter' | 'right parenthesis'): Pipe {
    const { at } = this.#peekWord();
    const { declared, isAssignment } = this.#declarations(context);
    const commands: Command[] = [];
    for (;;) {
      const token = this.#nextWord();
      if (token.type === end) break;
      if (!operandTypes.has(token.type)) this.#unexpected(token, context);
      this.#at--;
      commands.push(this.#command());
    }
    this.#checkCommands(commands, context);
    return { type: 'pipe', at, declared, isAssignment, commands };
  }

  #checkCommands(commands: readonly Command[], context: string): void {
    if (commands.length === 0) this.#fail(`missing value for ${context}`);
    const stage = commands.findIndex(
      ({ words }, index) => index > 0 && ['bool', 'dot', 'nil', 'number', 'string'].includes(words[0]!.type),
    );
    if (stage > 0) this.#fail(`non executable command in pipeline stage ${stage + 1}`);
  }

  /** `$x :=`, `$x =`, and for range `$i, $x :=` */
  #declarations(context: string): { declared: readonly string[]; isAssignment: boolean } {
    const declared: string[] = [];
    for (;;) {
      const start = this.#at;
      const variable = this.#peekWord();
      if (variable.type !== 'variable') return { declared, isAssignment: false };
      this.#nextWord();
      // Upstream looks at the token after it, and at the next word.
      this.#peek();
      const next = this.#peekWord();
      if (next.type === 'assign' || next.type === 'declare') {
        this.#nextWord();
        declared.push(variable.text);
        this.#variables.push(variable.text);
        return { declared, isAssignment: next.type === 'assign' };
      }
      if (next.type !== 'character' || next.text !== ',') {
        this.#at = start;
        return { declared, isAssignment: false };
      }
      this.#nextWord();
      declared.push(variable.text);
      this.#variables.push(variable.text);
      if (context !== 'range' || declared.length > 1) this.#fail(`too many declarations in ${context}`);
      if (!['variable', 'right delimiter', 'right parenthesis'].includes(this.#peekWord().type)) {
        this.#fail('range can only initialize variables');
      }
    }
  }

  #command(): Command {
    const { at } = this.#peekWord();
    const words: Operand[] = [];
    for (;;) {
      this.#peekWord();
      const operand = this.#operand();
      if (operand) words.push(operand);
      const token = this.#next();
      if (token.type === 'space') continue;
      if (token.type === 'right delimiter' || token.type === 'right parenthesis') this.#at--;
      else if (token.type !== 'pipe') this.#unexpected(token, 'operand');
      break;
    }
    if (words.length === 0) this.#fail('empty command');
    return { type: 'command', at, words };
  }

  /** A term, and the fields that are taken of it. */
  #operand(): Operand | undefined {
    const term = this.#term();
    if (!term || this.#peek().type !== 'field') return term;
    const { at } = this.#peek();
    const path: string[] = [];
    while (this.#peek().type === 'field') path.push(this.#next().text.slice(1));
    switch (term.type) {
      case 'field':
        return { type: 'field', at, path: [...term.path, ...path] };
      case 'variable':
        return { ...term, at, path: [...term.path, ...path] };
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.#fail(`unexpected . after term ${goQuote(nodeText(term))}`);
      default:
        return { type: 'chain', at, of: term, path };
    }
  }

  #term(): Operand | undefined {
    const token = this.#nextWord();
    const { at, text } = token;
    switch (token.type) {
      case 'identifier':
        if (!this.#functions.has(text)) this.#fail(`function ${goQuote(text)} not defined`);
        return { type: 'identifier', at, name: text };
      case '.':
        return { type: 'dot', at };
      case 'nil':
        return { type: 'nil', at };
      case 'variable':
        if (!this.#variables.includes(text)) this.#fail(`undefined variable ${goQuote(text)}`);
        return { type: 'variable', at, name: text, path: [] };
      case 'field':
        return { type: 'field', at, path: [text.slice(1)] };
      case 'bool':
        return { type: 'bool', at, value: text === 'true' };
      case 'character constant':
      case 'complex':
      case 'number': {
        const number = numberValue(text);
        if ('problem' in number) return this.#fail(number.problem);
        return { type: 'number', at, value: number.value, text };
      }
      case 'left parenthesis':
        return this.#pipe('parenthesized pipeline', 'right parenthesis');
      case 'string':
      case 'raw string':
        return { type: 'string', at, value: this.#stringValue(token), text };
      default:
        this.#at--;
        return undefined;
    }
  }

  #stringValue({ type, text }: Token): string {
    if (type === 'raw string') return text.slice(1, -1).replaceAll('\r', '');
    return unquote(text) ?? this.#fail('invalid syntax');
  }

  #next(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #peek(): Token {
    const index = Math.min(this.#at, this.#tokens.length - 1);
    this.#furthest = Math.max(this.#furthest, index);
    return this.#tokens[index]!;
  }

  #nextWord(): Token {
    const token = this.#peekWord();
    this.#next();
    return token;
  }

  #peekWord(): Token {
    while (this.#peek().type === 'space') this.#at++;
    return this.#peek();
  }

  #expect(type: TokenType, context: string): void {
    const token = this.#nextWord();
    if (token.type !== type) this.#unexpected(token, context);
  }

  #unexpected(token: Token, context: string): never {
    if (token.type !== 'error') return this.#fail(`unexpected ${tokenText(token)} in ${context}`);
    const isLater = this.#actionLine !== 0 && this.#actionLine !== token.line;
    const started = ` started at ${this.#name}:${this.#actionLine}`;
    const place = token.text.endsWith(' action') ? started : ` in action${started}`;
    return this.#fail(token.text + (isLater ? place : ''));
  }

  #fail(problem: string): never {
    throw new TemplateError(`template: ${this.#name}:${this.#tokens[this.#furthest]!.line}: ${problem}`);
  }
}

function isTerminator(node: Node | Terminator): node is Terminator {
  return node.type === 'end' || node.type === 'else';
}

/** Nothing but white space: another definition may take its place. */
function isEmpty(nodes: readonly Node[]): boolean {
  return nodes.every((node) => node.type === 'text' && node.text.trim() === '');
}
