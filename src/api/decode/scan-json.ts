/**
 * What JSON.parse does not tell: which keys an object has twice, and what is wrong with broken JSON in Go's words.
 * Upstream: encoding/json scanner.go, sigs.k8s.io/json
 */
import { goQuote } from '../json.ts';
import { DecodeError } from './decode-error.ts';

const maxDepth = 10_000;

interface Container {
  readonly isObject: boolean;
  readonly path: string;
  readonly keys: Set<string>;
  /** Elements so far. */
  count: number;
}

/** Paths of duplicate fields, `metadata.name`, in the order of the text. Throws DecodeError when it is no JSON. */
export function scanJson(text: string): readonly string[] {
  return new JsonScanner(text).scan();
}

class JsonScanner {
  readonly #text: string;
  #at = 0;
  readonly #open: Container[] = [];
  readonly #duplicates = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  scan(): readonly string[] {
    let path = '';
    for (;;) {
      const isContainerOpen = this.#value(path);
      if (!isContainerOpen && !this.#closeContainers()) return [...this.#duplicates];
      path = this.#nextElement();
    }
  }

  /** Reads a scalar, an empty container, or the start of a container: then answers true. */
  #value(path: string): boolean {
    this.#skipSpace();
    const character = this.#text[this.#at];
    if (character === '{' || character === '[') {
      this.#at++;
      if (this.#open.length >= maxDepth) throw new DecodeError('exceeded max depth');
      this.#open.push({ isObject: character === '{', path, keys: new Set(), count: 0 });
      this.#skipSpace();
      if (this.#text[this.#at] !== (character === '{' ? '}' : ']')) return true;
      this.#at++;
      this.#open.pop();
    } else if (character === '"') {
      this.#string();
    } else if (character === '-' || isDigit(character)) {
      this.#number();
    } else {
      this.#literal();
    }
    return false;
  }

  /** After a value: what closes here. Answers false at the end of the text. */
  #closeContainers(): boolean {
    for (;;) {
      this.#skipSpace();
      const container = this.#open.at(-1);
      const character = this.#text[this.#at];
      if (!container) {
        if (character !== undefined) throw this.#unexpected('after top-level value');
        return false;
      }
      if (character === ',') {
        this.#at++;
        return true;
      }
      if (character !== (container.isObject ? '}' : ']')) {
        throw this.#unexpected(container.isObject ? 'after object key:value pair' : 'after array element');
      }
      this.#at++;
      this.#open.pop();
    }
  }

  /** Reads a key, if in an object, and answers with the path of the value to come. */
  #nextElement(): string {
    const container = this.#open.at(-1)!;
    const index = container.count++;
    if (!container.isObject) return `${container.path}[${index}]`;
    this.#skipSpace();
    if (this.#text[this.#at] !== '"') throw this.#unexpected('looking for beginning of object key string');
    const key = this.#string();
    const path = container.path ? `${container.path}.${key}` : key;
    if (container.keys.has(key)) this.#duplicates.add(path);
    container.keys.add(key);
    this.#skipSpace();
    if (this.#text[this.#at] !== ':') throw this.#unexpected('after object key');
    this.#at++;
    return path;
  }

  #string(): string {
    const start = this.#at++;
    let hasEscapes = false;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x22) break;
      if (Number.isNaN(code) || code < 0x20) throw this.#unexpected('in string literal');
      this.#at++;
      if (code !== 0x5c) continue;
      hasEscapes = true;
      this.#escape();
    }
    this.#at++;
    return hasEscapes
      ? (JSON.parse(this.#text.slice(start, this.#at)) as string)
      : this.#text.slice(start + 1, this.#at - 1);
  }

  #escape(): void {
    const character = this.#text[this.#at];
    if (character === undefined || !'"\\/bfnrtu'.includes(character)) throw this.#unexpected('in string escape code');
    this.#at++;
    if (character !== 'u') return;
    for (let digit = 0; digit < 4; digit++) {
      if (!/[0-9a-fA-F]/.test(this.#text[this.#at] ?? '')) {
        throw this.#unexpected('in \\u hexadecimal character escape');
      }
      this.#at++;
    }
  }

  #number(): void {
    if (this.#text[this.#at] === '-') this.#at++;
    if (this.#text[this.#at] === '0') this.#at++;
    else this.#digits('in numeric literal');
    if (this.#text[this.#at] === '.') {
      this.#at++;
      this.#digits('after decimal point in numeric literal');
    }
    if (this.#text[this.#at] === 'e' || this.#text[this.#at] === 'E') {
      this.#at++;
      if (this.#text[this.#at] === '+' || this.#text[this.#at] === '-') this.#at++;
      this.#digits('in exponent of numeric literal');
    }
  }

  #digits(where: string): void {
    if (!isDigit(this.#text[this.#at])) throw this.#unexpected(where);
    while (isDigit(this.#text[this.#at])) this.#at++;
  }

  #literal(): void {
    const word = ['true', 'false', 'null'].find((candidate) => candidate[0] === this.#text[this.#at]);
    if (!word) throw this.#unexpected('looking for beginning of value');
    for (const letter of word) {
      if (this.#text[this.#at] !== letter) throw this.#unexpected(`in literal ${word} (expecting '${letter}')`);
      this.#at++;
    }
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #unexpected(where: string): DecodeError {
    const character = this.#text[this.#at];
    if (character === undefined) return new DecodeError('unexpected end of JSON input');
    const shown = character === "'" ? `'\\''` : character === '"' ? `'"'` : `'${goQuote(character).slice(1, -1)}'`;
    return new DecodeError(`invalid character ${shown} ${where}`);
  }
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}
