import { isBase60, resolvePlain } from '../yaml/resolve-plain.ts';

/**
 * A string as KYAML writes it: always in double quotes, and text of several lines on several lines, each with its line break
 * spelled out and a fold after it.
 * Upstream: sigs.k8s.io/yaml/kyaml renderString
 * @param indent of the lines and the closing quote
 */
export function kyamlString(text: string, indent: string): string {
  if (!text.includes('\n')) return `"${escaped(text, true)}"`;
  const lines = text.split('\n');
  const last = lines.pop()!;
  const folded = lines.map((line) => `${indent}${lead(line)}${escaped(line, true)}\\n\\\n`);
  if (last !== '') folded.push(`${indent}${lead(last)}${escaped(last, true)}\\\n`);
  return `"\\\n${folded.join('')}${indent}"`;
}

/** Readers drop white space at the start of a folded line: a backslash keeps the text's own, a space keeps the lines in line. */
function lead(line: string): string {
  return /^\s/.test(line) ? '\\' : ' ';
}

/** A key stands without quotes where no reader can take it for anything but a string. */
export function kyamlKey(key: string): string {
  const isWord = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_\-./]*[\p{L}\p{N}_])?$/u.test(key);
  const isString = resolvePlain(key).kind === 'string' && !isBase60(key) && !/^[tf]$/i.test(key);
  return isWord && isString ? key : `"${escaped(key, false)}"`;
}

const escapes = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\v', '\\v'],
  ['\0', '\\0'],
  ['\x1b', '\\e'],
  ['\x85', '\\N'],
  ['\xa0', '\\_'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

/** @param keepsTabs tabs stand for themselves in values, and are spelled out in keys */
function escaped(text: string, keepsTabs: boolean): string {
  let output = '';
  for (const char of text) {
    const known = escapes.get(char);
    if (char === '\t') output += keepsTabs ? char : '\\t';
    else if (known !== undefined) output += known;
    else if (char === ' ' || /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(char)) output += char;
    else output += byNumber(char.codePointAt(0)!);
  }
  return output;
}

function byNumber(code: number): string {
  const digits = code.toString(16);
  if (code < 0x20 || code === 0x7f) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
