import { isBase60, resolvePlain } from './resolve-plain.ts';

/** How far a line may go before it is folded at a space. */
const bestWidth = 80;

export interface ScalarPlace {
  /** Columns that a line which continues the scalar is indented by. */
  readonly indent: number;
  /** Where the scalar begins, the space before it included. */
  readonly column: number;
  readonly isKey: boolean;
}

/** Writes a string. Upstream: go.yaml.in/yaml/v2 emitterc.go */
export function emitString(text: string, place: ScalarPlace): string {
  const traits = analyze(text);
  const isPlainSafe = resolvePlain(text).kind === 'string' && !isBase60(text);
  if (text.includes('\n')) {
    return traits.allowsBlock && !place.isKey ? literal(text, place.indent) : doubleQuoted(text, place);
  }
  if (!isPlainSafe) return doubleQuoted(text, place);
  if (traits.allowsPlain && !(place.isKey && traits.isMultiline)) return folded(text, place, 0);
  return traits.allowsSingleQuotes && !(place.isKey && traits.isMultiline)
    ? `'${folded(text.replaceAll("'", "''"), { ...place, column: place.column + 1 }, 1)}'`
    : doubleQuoted(text, place);
}

interface Traits {
  readonly allowsPlain: boolean;
  readonly allowsSingleQuotes: boolean;
  readonly allowsBlock: boolean;
  readonly isMultiline: boolean;
}

const lineBreaks = /[\n\r\u0085\u2028\u2029]/;

function analyze(text: string): Traits {
  const startsWithBlank = /^[ \n\r\u0085\u2028\u2029]/.test(text);
  const endsWithSpace = text.endsWith(' ');
  const endsWithBreak = lineBreaks.test(text.slice(-1));
  const hasBreakThenSpace = /[\n\r\u0085\u2028\u2029] /.test(text);
  const hasSpaceThenBreak = / [\n\r\u0085\u2028\u2029]/.test(text);
  const isSpecial = [...text].some((char) => !isPrintable(char));
  const isMultiline = lineBreaks.test(text);
  const isPlain =
    !startsWithBlank && !endsWithSpace && !endsWithBreak && !hasBreakThenSpace && !isMultiline && !hasIndicators(text);
  return {
    allowsPlain: isPlain && !isSpecial,
    allowsSingleQuotes: !hasBreakThenSpace && !hasSpaceThenBreak && !isSpecial,
    allowsBlock: !endsWithSpace && !hasSpaceThenBreak && !isSpecial,
    isMultiline,
  };
}

function hasIndicators(text: string): boolean {
  if (/^(?:---|\.\.\.)/.test(text)) return true;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text)) return true;
  if (/^[?:-](?:[ \t\n\r\u0085\u2028\u2029]|$)/.test(text)) return true;
  return /.:(?:[ \t\n\r\u0085\u2028\u2029]|$)/su.test(text) || /[ \t\n\r\u0085\u2028\u2029]#/.test(text);
}

/** As libyaml sees it: a tab counts as unprintable. */
function isPrintable(char: string): boolean {
  const code = char.codePointAt(0)!;
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e)) return true;
  if (code < 0xa0 || code === 0xfeff || (code >= 0xd800 && code <= 0xdfff)) return false;
  return code <= 0xfffd && code !== 0xfffe ? true : code > 0xffff && code <= 0x10ffff ? isAstralPrintable : false;
}

/** libyaml's table of printable bytes stops at three of them, so characters beyond U+FFFF are escaped. */
const isAstralPrintable = false;

/** Breaks long lines at single spaces. */
function folded(text: string, place: ScalarPlace, edge: 0 | 1): string {
  if (place.isKey || place.column + text.length <= bestWidth) return text;
  const chars = [...text];
  let out = '';
  let column = place.column;
  let hasSpaces = false;
  chars.forEach((char, index) => {
    const isInside = edge === 0 || (index > 0 && index < chars.length - 1);
    if (char !== ' ') {
      out += char;
      column++;
      hasSpaces = false;
      return;
    }
    if (!hasSpaces && column > bestWidth && isInside && chars[index + 1] !== ' ') {
      out += `\n${' '.repeat(place.indent)}`;
      column = place.indent;
    } else {
      out += ' ';
      column++;
    }
    hasSpaces = true;
  });
  return out;
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function doubleQuoted(text: string, place: ScalarPlace): string {
  const chars = [...text];
  let out = '"';
  let column = place.column + 1;
  let hasSpaces = false;
  const put = (piece: string) => {
    out += piece;
    column += piece.length;
  };
  chars.forEach((char, index) => {
    if (!isPrintable(char) || lineBreaks.test(char) || char === '"' || char === '\\') {
      put(escaped(char));
      hasSpaces = false;
    } else if (char === ' ') {
      if (!place.isKey && !hasSpaces && column > bestWidth && index > 0 && index < chars.length - 1) {
        out += `\n${' '.repeat(place.indent)}`;
        column = place.indent;
        if (chars[index + 1] === ' ') put('\\');
      } else put(' ');
      hasSpaces = true;
    } else {
      out += char;
      column++;
      hasSpaces = false;
    }
  });
  return `${out}"`;
}

function escaped(char: string): string {
  const named = escapes[char];
  if (named) return `\\${named}`;
  const code = char.codePointAt(0)!;
  const hex = (digits: number) => code.toString(16).toUpperCase().padStart(digits, '0');
  if (code <= 0xff) return `\\x${hex(2)}`;
  return code <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}

/** `|`, with what says how it is indented and what becomes of the last line break. */
function literal(text: string, indent: number): string {
  const indentHint = /^[ \n\r\u0085\u2028\u2029]/.test(text) ? '2' : '';
  const isOpen = /[\n\r\u0085\u2028\u2029]{2}$/.test(text) || text === '\n';
  const chomp = !lineBreaks.test(text.slice(-1)) ? '-' : isOpen ? '+' : '';
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const body = lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)).join('\n');
  return `|${indentHint}${chomp}\n${body}`;
}
