import { goQuote } from '../json.ts';

/** Go's `%q` for a rune. */
export function quoteRune(char: string): string {
  if (char === "'") return `'\\''`;
  if (char === '"') return `'"'`;
  return `'${goQuote(char).slice(1, -1)}'`;
}

/** Undoes `%q`, with either kind of quotation mark; undefined when it is malformed (strconv.Unquote). */
export function unquote(quoted: string): string | undefined {
  const mark = quoted[0];
  if (quoted.length < 2 || (mark !== '"' && mark !== "'") || quoted.at(-1) !== mark) return undefined;
  const body = quoted.slice(1, -1);
  let text = '';
  for (let index = 0; index < body.length; index++) {
    const char = body[index]!;
    if (char === mark || char === '\n') return undefined;
    if (char !== '\\') {
      text += char;
      continue;
    }
    const next = body[++index];
    if (next === undefined) return undefined;
    const digits = { x: 2, u: 4, U: 8 }[next];
    if (digits) {
      const code = body.slice(index + 1, index + 1 + digits);
      if (!new RegExp(`^[0-9a-fA-F]{${digits}}$`).test(code)) return undefined;
      text += String.fromCodePoint(parseInt(code, 16));
      index += digits;
    } else if (/[0-7]/.test(next)) {
      const code = body.slice(index, index + 3);
      if (!/^[0-7]{3}$/.test(code) || parseInt(code, 8) > 255) return undefined;
      text += String.fromCharCode(parseInt(code, 8));
      index += 2;
    } else {
      const plain = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' }[next];
      if (plain !== undefined) text += plain;
      else if (next === mark) text += next;
      else return undefined;
    }
  }
  return text;
}
