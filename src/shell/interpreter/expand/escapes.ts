const single: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** What `echo -e` and `printf` make of backslash escapes. `isCut` says that `\c` ended the output. */
export function unescape(
  text: string,
  dialect: 'echo' | 'printf' | 'ansi',
): { readonly text: string; readonly isCut: boolean } {
  let result = '';
  for (let index = 0; index < text.length; index++) {
    if (text[index] !== '\\' || index + 1 >= text.length) {
      result += text[index];
      continue;
    }
    const rest = text.slice(index + 1);
    if (rest[0] === 'c' && dialect !== 'printf') return { text: result, isCut: true };
    const coded = codeAt(rest, dialect);
    if (coded) {
      result += coded.text;
      index += coded.length;
    } else if (single[rest[0]!] !== undefined) {
      result += single[rest[0]!];
      index++;
    } else if (dialect !== 'echo' && /["'?]/.test(rest[0]!)) {
      result += rest[0];
      index++;
    } else {
      result += '\\';
    }
  }
  return { text: result, isCut: false };
}

function codeAt(rest: string, dialect: string): { text: string; length: number } | undefined {
  const octal = dialect === 'echo' ? /^0[0-7]{0,3}/.exec(rest) : /^[0-7]{1,3}/.exec(rest);
  if (octal) return { text: String.fromCharCode(Number.parseInt(octal[0], 8) & 0xff), length: octal[0].length };
  const coded = /^(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/.exec(rest);
  if (!coded) return undefined;
  const code = Number.parseInt(coded[1] ?? coded[2] ?? coded[3]!, 16);
  return { text: code > 0x10ffff ? '' : String.fromCodePoint(code), length: coded[0].length };
}
