import { goQuote } from '../api/index.ts';

const keywords = [
  '.',
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'range',
  'nil',
  'template',
  'with',
] as const;

export type TokenType =
  | (typeof keywords)[number]
  | 'assign'
  | 'bool'
  | 'character'
  | 'character constant'
  | 'complex'
  | 'declare'
  | 'end of text'
  | 'error'
  | 'field'
  | 'identifier'
  | 'left delimiter'
  | 'left parenthesis'
  | 'number'
  | 'pipe'
  | 'raw string'
  | 'right delimiter'
  | 'right parenthesis'
  | 'space'
  | 'string'
  | 'text'
  | 'variable';

export interface Token {
  readonly type: TokenType;
  /** Where it begins in the text. */
  readonly at: number;
  /** As written; for an error what is wrong. */
  readonly text: string;
  readonly line: number;
}

/** How messages name a token. */
export function tokenText({ type, text }: Token): string {
  if (type === 'end of text') return 'EOF';
  if (type === 'error') return text;
  if ((keywords as readonly string[]).includes(type)) return `<${text}>`;
  const letters = [...text];
  return letters.length > 10 ? `${goQuote(letters.slice(0, 10).join(''))}...` : goQuote(text);
}

/** All tokens of a template. After an error there is nothing but the end. Upstream: text/template/parse/lex.go */
export function tokensOf(text: string): readonly Token[] {
  return new Lexer(text).run();
}

const isSpace = (char: string): boolean => /^[ \t\r\n]$/.test(char);
const isAlphanumeric = (char: string): boolean => /^[_\p{L}\p{Nd}]$/u.test(char);

class Mistake {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

class Lexer {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  /** Where the current token began, and where we are. */
  #start = 0;
  #at = 0;
  #startLine = 1;
  #parentheses = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): readonly Token[] {
    try {
      while (this.#textThenDelimiter()) while (this.#insideAction());
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      this.#tokens.push({ type: 'error', at: this.#start, text: error.text, line: this.#startLine });
    }
    this.#tokens.push({ type: 'end of text', at: this.#at, text: '', line: this.#startLine });
    return this.#tokens;
  }

  /** Plain text, up to and with the next action's opening; false at the end. */
  #textThenDelimiter(): boolean {
    const open = this.#text.indexOf('{{', this.#at);
    if (open < 0) {
      this.#at = this.#text.length;
      if (this.#at > this.#start) this.#emit('text');
      return false;
    }
    this.#at = open;
    const trims = this.#trimsLeft(open + 2);
    if (trims) while (this.#at > this.#start && isSpace(this.#text[this.#at - 1]!)) this.#at--;
    if (this.#at > this.#start) this.#emit('text');
    this.#at = open;
    this.#ignore();
    this.#at += 2;
    const afterMarker = trims ? 2 : 0;
    if (this.#text.startsWith('/*', this.#at + afterMarker)) {
      this.#at += afterMarker;
      this.#ignore();
      this.#comment();
      return this.#textThenDelimiter();
    }
    this.#emit('left delimiter');
    this.#at += afterMarker;
    this.#ignore();
    this.#parentheses = 0;
    return true;
  }

  #comment(): void {
    const end = this.#text.indexOf('*/', this.#at + 2);
    if (end < 0) throw new Mistake('unclosed comment');
    this.#at = end + 2;
    const delimiter = this.#rightDelimiter();
    if (!delimiter) throw new Mistake('comment ends before closing delimiter');
    this.#at += delimiter.length;
    if (delimiter.trims) this.#skipSpace();
    this.#ignore();
  }

  /** One token of an action; false after its closing. */
  #insideAction(): boolean {
    const delimiter = this.#rightDelimiter();
    if (delimiter) {
      if (this.#parentheses > 0) throw new Mistake('unclosed left paren');
      this.#closeAction(delimiter);
      return false;
    }
    const char = this.#next();
    if (char === '') throw new Mistake('unclosed action');
    if (isSpace(char)) this.#space();
    else if (char === '=') this.#emit('assign');
    else if (char === ':') this.#declaration();
    else if (char === '|') this.#emit('pipe');
    else if (char === '"') this.#quoted('"', 'string', 'unterminated quoted string');
    else if (char === "'") this.#quoted("'", 'character constant', 'unterminated character constant');
    else if (char === '`') this.#rawString();
    else if (char === '$') this.#fieldOrVariable('variable');
    else if (char === '.' && !/^[0-9]/.test(this.#text.slice(this.#at)) && this.#at < this.#text.length)
      this.#fieldOrVariable('field');
    else if (/[-+.0-9]/.test(char)) this.#number();
    else if (isAlphanumeric(char)) this.#identifier();
    else if (char === '(') this.#openParenthesis();
    else if (char === ')') this.#closeParenthesis();
    else if (/[!-~]/.test(char)) this.#emit('character');
    else throw new Mistake(`unrecognized character in action: ${unicodeName(char)}`);
    return true;
  }

  #closeAction(delimiter: RightDelimiter): void {
    if (delimiter.trims) {
      this.#at += 2;
      this.#ignore();
    }
    this.#at += 2;
    this.#emit('right delimiter');
    if (!delimiter.trims) return;
    this.#skipSpace();
    this.#ignore();
  }

  #space(): void {
    while (isSpace(this.#peek())) this.#next();
    // The last space may belong to ` -}}`.
    const last = this.#at - 1;
    if (this.#text.startsWith('-}}', this.#at)) {
      this.#at = last;
      if (last === this.#start) return;
    }
    this.#emit('space');
  }

  #declaration(): void {
    if (this.#next() !== '=') throw new Mistake('expected :=');
    this.#emit('declare');
  }

  #quoted(mark: string, type: 'string' | 'character constant', problem: string): void {
    for (;;) {
      let char = this.#next();
      if (char === mark) break;
      if (char === '\\') {
        char = this.#next();
        if (char !== '' && char !== '\n') continue;
      }
      if (char === '' || char === '\n') throw new Mistake(problem);
    }
    this.#emit(type);
  }

  #rawString(): void {
    const end = this.#text.indexOf('`', this.#at);
    if (end < 0) throw new Mistake('unterminated raw quoted string');
    this.#at = end + 1;
    this.#emit('raw string');
  }

  #fieldOrVariable(type: 'field' | 'variable'): void {
    if (this.#atTerminator()) {
      this.#emit(type === 'variable' ? type : '.');
      return;
    }
    this.#word();
    this.#emit(type);
  }

  #identifier(): void {
    this.#word();
    const word = this.#text.slice(this.#start, this.#at);
    const keyword = keywords.find((each) => each === word);
    this.#emit(keyword ?? (word === 'true' || word === 'false' ? 'bool' : 'identifier'));
  }

  #word(): void {
    while (isAlphanumeric(this.#peek())) this.#next();
    if (!this.#atTerminator()) throw new Mistake(`bad character ${unicodeName(this.#peek())}`);
  }

  /** Anything else after a word is a mistake: no arithmetic here. */
  #atTerminator(): boolean {
    const char = this.#peek();
    return char === '' || isSpace(char) || /[.,|:)(]/.test(char) || this.#text.startsWith('}}', this.#at);
  }

  /** Not a perfect scanner of numbers; what it lets pass wrongly, the parser finds. */
  #number(): void {
    this.#at = this.#start;
    const isWhole = this.#scanNumber();
    const sign = this.#peek();
    const isComplex = isWhole && (sign === '+' || sign === '-');
    if (!isWhole || (isComplex && !(this.#scanNumber() && this.#text[this.#at - 1] === 'i'))) {
      throw new Mistake(`bad number syntax: ${goQuote(this.#text.slice(this.#start, this.#at))}`);
    }
    this.#emit(isComplex ? 'complex' : 'number');
  }

  #scanNumber(): boolean {
    const number =
      /[-+]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][-+]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9_]*)?)i?/y;
    number.lastIndex = this.#at;
    this.#at += number.exec(this.#text)?.[0].length ?? 0;
    if (!isAlphanumeric(this.#peek())) return true;
    this.#next();
    return false;
  }

  #openParenthesis(): void {
    this.#parentheses++;
    this.#emit('left parenthesis');
  }

  #closeParenthesis(): void {
    if (--this.#parentheses < 0) throw new Mistake('unexpected right paren');
    this.#emit('right parenthesis');
  }

  #next(): string {
    const char = this.#peek();
    this.#at += char.length;
    return char;
  }

  #peek(): string {
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  #trimsLeft(at: number): boolean {
    return this.#text[at] === '-' && isSpace(this.#text[at + 1] ?? '');
  }

  #rightDelimiter(): RightDelimiter | undefined {
    if (this.#text.startsWith('}}', this.#at)) return { trims: false, length: 2 };
    const trims = isSpace(this.#text[this.#at] ?? '') && this.#text.startsWith('-}}', this.#at + 1);
    return trims ? { trims, length: 4 } : undefined;
  }

  #skipSpace(): void {
    while (isSpace(this.#text[this.#at] ?? '')) this.#at++;
  }

  #emit(type: TokenType): void {
    const text = this.#text.slice(this.#start, this.#at);
    this.#tokens.push({ type, at: this.#start, text, line: this.#startLine });
    this.#ignore();
  }

  #ignore(): void {
    for (let at = this.#start; at < this.#at; at++) if (this.#text[at] === '\n') this.#startLine++;
    this.#start = this.#at;
  }
}

interface RightDelimiter {
  readonly trims: boolean;
  readonly length: number;
}

/** Go's `%#U` */
function unicodeName(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase().padStart(4, '0');
  return /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(char) ? `U+${hex} '${char}'` : `U+${hex}`;
}
