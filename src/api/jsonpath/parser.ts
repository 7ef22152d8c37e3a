import { unquote } from '../go/quote.ts';
import { FloatLiteral } from './compare.ts';
import type { ListNode, SliceParam } from './nodes.ts';

/** A template that is none. */
export class JsonPathSyntaxError extends Error {
  override readonly name = 'JsonPathSyntaxError';
}

/** Text with expressions in braces. Upstream: client-go/util/jsonpath/parser.go */
export function parseJsonPath(template: string): ListNode {
  return new Parser(template).parse();
}

function parseAction(text: string): ListNode {
  return parseJsonPath(`{${text}}`).nodes[0] as ListNode;
}

const eof = undefined;

class Parser {
  readonly #input: readonly string[];
  #at = 0;
  readonly #root: ListNode = { type: 'list', nodes: [] };

  constructor(input: string) {
    this.#input = [...input];
  }

  parse(): ListNode {
    let text = '';
    for (;;) {
      const char = this.#next();
      if (char === eof || char === '{') {
        if (text !== '') this.#root.nodes.push({ type: 'text', text });
        text = '';
        if (char === eof) return this.#root;
        const action: ListNode = { type: 'list', nodes: [] };
        this.#root.nodes.push(action);
        this.#action(action);
      } else text += char;
    }
  }

  #next(): string | undefined {
    return this.#input[this.#at++];
  }

  #startsWith(prefix: string): boolean {
    return [...prefix].every((char, index) => this.#input[this.#at + index] === char);
  }

  /** Everything up to the closing brace. */
  #action(list: ListNode): void {
    for (;;) {
      if (this.#startsWith('}')) {
        this.#at++;
        return;
      }
      if (this.#startsWith('[?(')) this.#filter(list);
      else if (this.#startsWith('..')) this.#recursive(list);
      else this.#simple(list);
    }
  }

  #simple(list: ListNode): void {
    const char = this.#next();
    if (char === eof || char === '\n' || char === '\r') throw new JsonPathSyntaxError('unclosed action');
    if (char === ' ' || char === '@' || char === '$') return;
    if (char === '[') return this.#array(list);
    if (char === '"' || char === "'") return this.#quoted(list, char);
    if (char === '.') return this.#field(list);
    if (/[-+]|\p{Nd}/u.test(char)) return this.#number(list, char);
    if (isWordCharacter(char)) {
      this.#at--;
      const word = this.#until(isTerminator);
      list.nodes.push(
        word === 'true' || word === 'false'
          ? { type: 'literal', value: word === 'true' }
          : { type: 'identifier', name: word },
      );
      return;
    }
    throw new JsonPathSyntaxError(`unrecognized character in action: ${unicodeName(char)}`);
  }

  #until(isEnd: (char: string | undefined) => boolean): string {
    let text = '';
    while (!isEnd(this.#input[this.#at])) text += this.#input[this.#at++];
    return text;
  }

  #recursive(list: ListNode): void {
    if (list.nodes.at(-1)?.type === 'recursive') throw new JsonPathSyntaxError('invalid multiple recursive descent');
    this.#at += 2;
    list.nodes.push({ type: 'recursive' });
    const next = this.#input[this.#at];
    if (next !== eof && isWordCharacter(next)) this.#field(list);
  }

  #number(list: ListNode, first: string): void {
    const text = first + this.#until((char) => char === eof || !/\.|\p{Nd}/u.test(char));
    if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new JsonPathSyntaxError(`cannot parse number ${text}`);
    list.nodes.push({ type: 'literal', value: text.includes('.') ? new FloatLiteral(Number(text)) : Number(text) });
  }

  #field(list: ListNode): void {
    let name = '';
    for (;;) {
      const char = this.#input[this.#at];
      if (char === '\\') {
        this.#at++;
        const next = this.#next();
        if (next !== eof) name += next;
        continue;
      }
      if (isTerminator(char)) break;
      name += char;
      this.#at++;
    }
    list.nodes.push(name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') });
  }

  #quoted(list: ListNode, mark: string): void {
    let text = mark;
    for (;;) {
      const char = this.#next();
      if (char === eof || char === '\n') throw new JsonPathSyntaxError('unterminated quoted string');
      text += char;
      if (char === mark && text.at(-2) !== '\\') break;
    }
    const value = unquote(text);
    if (value === undefined) throw new JsonPathSyntaxError(`unquote string ${text} error invalid syntax`);
    list.nodes.push({ type: 'text', text: value });
  }

  #array(list: ListNode): void {
    const inside = this.#until((char) => char === eof || char === '\n' || char === ']');
    if (this.#next() !== ']') throw new JsonPathSyntaxError('unterminated array');
    const text = inside === '*' ? ':' : inside;
    const parts = text.split(',');
    if (parts.length > 1) {
      list.nodes.push({
        type: 'union',
        branches: parts.map((part) => parseAction(`[${part.replace(/^ +| +$/g, '')}]`)),
      });
      return;
    }
    const key = /^'([^']*)'$/.exec(text);
    if (key) {
      list.nodes.push(...parseAction(`.${key[1]}`).nodes);
      return;
    }
    const slice = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
    if (!slice) throw new JsonPathSyntaxError(`invalid array index ${text}`);
    const start = sliceParam(slice[1] ?? '');
    const end = slice[2] ? sliceParam(slice[2].slice(1)) : { value: start.value + 1, isKnown: true, isDerived: true };
    list.nodes.push({ type: 'array', params: [start, end, sliceParam(slice[3]?.slice(1) ?? '')] });
  }

  #filter(list: ListNode): void {
    this.#at += 3;
    const text = this.#filterText();
    const comparison = /^([^!<>=]+)([!<>=]+)(.+?)$/s.exec(text);
    if (!comparison) {
      list.nodes.push({
        type: 'filter',
        left: parseAction(text),
        right: { type: 'list', nodes: [] },
        operator: 'exists',
      });
      return;
    }
    const [, left, operator, right] = comparison as unknown as [string, string, string, string];
    list.nodes.push({ type: 'filter', left: parseAction(left), right: parseAction(right), operator });
  }

  #filterText(): string {
    let text = '';
    let mark: string | undefined;
    let isClosed = false;
    for (;;) {
      const char = this.#next();
      if (char === eof || char === '\n') throw new JsonPathSyntaxError('unterminated filter');
      if (char === '"' || char === "'") {
        if (mark === undefined) mark = char;
        else if (text.at(-1) !== '\\' && char === mark) isClosed = true;
      } else if (char === ')' && (mark !== undefined) === isClosed) break;
      text += char;
    }
    if (this.#next() !== ']') throw new JsonPathSyntaxError('unclosed array expect ]');
    return text;
  }
}

function sliceParam(text: string): SliceParam {
  if (text === '') return { value: 0, isKnown: false, isDerived: false };
  if (!/^-?\d+$/.test(text)) throw new JsonPathSyntaxError(`array index ${text} is not a number`);
  return { value: Number(text), isKnown: true, isDerived: false };
}

function isTerminator(char: string | undefined): boolean {
  return char === eof || /[ \t\r\n.,[\]$@{}]/.test(char);
}

function isWordCharacter(char: string): boolean {
  return /[_\p{L}\p{Nd}]/u.test(char);
}

/** `U+007C '|'` */
function unicodeName(char: string): string {
  const code = char.codePointAt(0)!;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return code < 0x20 ? name : `${name} '${char}'`;
}
