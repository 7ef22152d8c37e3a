import { quoteDouble, quoteSingle } from './quote.ts';
import { compilePattern } from './pattern.ts';
import { unescape } from './escapes.ts';

/** `#`, `##`, `%`, `%%`: takes what the pattern matches from one end. */
export function removeMatch(text: string, operator: '#' | '##' | '%' | '%%', pattern: string): string {
  const expression = compilePattern(pattern);
  const isPrefix = operator[0] === '#';
  const isLongest = operator.length === 2;
  for (let taken = 0; taken <= text.length; taken++) {
    const length = isLongest ? text.length - taken : taken;
    const candidate = isPrefix ? text.slice(0, length) : text.slice(text.length - length);
    if (expression.test(candidate)) return isPrefix ? text.slice(length) : text.slice(0, text.length - length);
  }
  return text;
}

/** `/`, `//`, `/#`, `/%`: replaces the longest match. `replacement` is given what matched (for `&`). */
export function replaceMatch(
  text: string,
  operator: '/' | '//' | '/#' | '/%',
  pattern: string,
  replacement: (match: string) => string,
): string {
  if (pattern === '')
    return operator === '/#' ? replacement('') + text : operator === '/%' ? text + replacement('') : text;
  const expression = compilePattern(pattern);
  let result = '';
  let index = 0;
  while (index <= text.length) {
    const length = matchLengthAt(text, index, expression, operator);
    if (length < 0 || (length === 0 && index === text.length && index > 0)) {
      if (operator === '/#') break;
      result += text[index] ?? '';
      index++;
      continue;
    }
    result += replacement(text.slice(index, index + length));
    index += length;
    if (operator !== '//') break;
    if (length === 0) {
      result += text[index] ?? '';
      index++;
    }
  }
  return result + text.slice(index);
}

function matchLengthAt(text: string, index: number, expression: RegExp, operator: string): number {
  if (operator === '/%') return expression.test(text.slice(index)) ? text.length - index : -1;
  for (let end = text.length; end >= index; end--) {
    if (expression.test(text.slice(index, end))) return end - index;
  }
  return -1;
}

/** `^`, `^^`, `,`, `,,`: changes the case of what the pattern (any character, by default) matches. */
export function changeCase(text: string, operator: '^' | '^^' | ',' | ',,', pattern: string): string {
  const expression = compilePattern(pattern === '' ? '?' : pattern);
  const change = (letter: string): string =>
    !expression.test(letter) ? letter : operator[0] === '^' ? letter.toUpperCase() : letter.toLowerCase();
  const letters = [...text];
  if (operator.length === 2) return letters.map(change).join('');
  return letters.length === 0 ? '' : change(letters[0]!) + letters.slice(1).join('');
}

/** `${x@Q}` and the other transformations of a value alone; undefined for those of a variable. */
export function transform(text: string, operator: string): string | undefined {
  switch (operator) {
    case 'Q':
      return quoteSingle(text);
    case 'E':
      return unescape(text, 'ansi').text;
    case 'U':
      return text.toUpperCase();
    case 'L':
      return text.toLowerCase();
    case 'u':
      return changeCase(text, '^', '');
    case 'K':
    case 'k':
      return operator === 'K' ? quoteDouble(text) : text;
    default:
      return undefined;
  }
}
