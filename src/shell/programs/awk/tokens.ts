/** What is wrong with a program, as far as awk says it. */
export class AwkSyntaxError extends Error {
  override readonly name = 'AwkSyntaxError';
}

export interface AwkToken {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'function' | 'keyword' | 'operator' | 'newline' | 'end';
  readonly text: string;
  readonly line: number;
  /** A name right before a parenthesis is a function's. */
  readonly isCall: boolean;
}

const keywords = new Set(
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(
    ' ',
  ),
);

const operators = /(?:\*\*=|\*\*|&&|\|\||\+\+|--|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|!~|>>|[-+*/%^!<>=~?:,;(){}[\]$|])/y;

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  '/': '/',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** Cuts a program into tokens. Where a slash begins a regular expression depends on the token before it. */
export function tokenizeAwk(source: string): readonly AwkToken[] {
  const tokens: AwkToken[] = [];
  let at = 0;
  let line = 1;
  const push = (kind: AwkToken['kind'], text: string, isCall = false): void => {
    tokens.push({ kind, text, line, isCall });
  };
  while (at < source.length) {
    const letter = source[at]!;
    if (letter === '\n') {
      push('newline', '\n');
      line++;
      at++;
    } else if (letter === '\\' && /^\\\r?\n/.test(source.slice(at))) {
      at = source.indexOf('\n', at) + 1;
      line++;
    } else if (/\s/.test(letter)) at++;
    else if (letter === '#') {
      while (at < source.length && source[at] !== '\n') at++;
    } else if (letter === '"') {
      const { text, end } = stringAt(source, at);
      push('string', text);
      at = end;
    } else if (letter === '/' && mayBeginRegex(tokens.at(-1))) {
      const { text, end } = regexAt(source, at);
      push('regex', text);
      at = end;
    } else if (/[\d.]/.test(letter) && /^(?:\d|\.\d)/.test(source.slice(at))) {
      const text = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(source.slice(at))![0];
      push('number', text);
      at += text.length;
    } else if (/[A-Za-z_]/.test(letter)) {
      const text = /^\w+/.exec(source.slice(at))![0];
      at += text.length;
      push(keywords.has(text) ? 'keyword' : 'name', text === 'func' ? 'function' : text, source[at] === '(');
    } else {
      operators.lastIndex = at;
      const text = operators.exec(source)?.[0];
      if (text === undefined) throw new AwkSyntaxError(`syntax error at source line ${line}`);
      push('operator', text === '**' ? '^' : text === '**=' ? '^=' : text);
      at += text.length;
    }
  }
  push('end', '');
  return tokens;
}

function mayBeginRegex(before: AwkToken | undefined): boolean {
  if (!before) return true;
  if (before.kind === 'number' || before.kind === 'string' || before.kind === 'name' || before.kind === 'regex')
    return false;
  if (before.kind === 'operator') return ![')', ']', '$', '++', '--'].includes(before.text);
  return true;
}

function stringAt(source: string, start: number): { text: string; end: number } {
  let text = '';
  for (let at = start + 1; at < source.length; at++) {
    const letter = source[at]!;
    if (letter === '"') return { text, end: at + 1 };
    if (letter === '\n') break;
    if (letter !== '\\') {
      text += letter;
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(source.slice(at + 1))?.[0];
    if (octal !== undefined) {
      text += String.fromCharCode(Number.parseInt(octal, 8));
      at += octal.length;
      continue;
    }
    const next = source[++at] ?? '';
    text += escapes[next] ?? (next === '\n' ? '' : `\\${next}`);
  }
  throw new AwkSyntaxError('unterminated string');
}

function regexAt(source: string, start: number): { text: string; end: number } {
  let isInBrackets = false;
  for (let at = start + 1; at < source.length && source[at] !== '\n'; at++) {
    const letter = source[at]!;
    if (letter === '\\') at++;
    else if (letter === '[') isInBrackets = true;
    else if (letter === ']') isInBrackets = false;
    else if (letter === '/' && !isInBrackets)
      return { text: source.slice(start + 1, at).replaceAll('\\/', '/'), end: at + 1 };
  }
  throw new AwkSyntaxError('unterminated regexp');
}
