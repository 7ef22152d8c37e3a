/**
 * A regular expression in Go's dialect as one of JavaScript's: `(?i)`, `(?P<name>`, `\A`, `\z`, `\Q…\E`,
 * POSIX classes. Throws SyntaxError when it is none.
 * Upstream: regexp/syntax
 * Differs: in regular expressions of Go flags such as `(?i)` hold for the whole expression; nested repetition can take longer than in Go, where it is linear.
 */
export function goRegExp(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const expression = compile(pattern);
  if (compiled.size >= maxCompiled) compiled.clear();
  compiled.set(pattern, expression);
  return expression;
}

const compiled = new Map<string, RegExp>();
const maxCompiled = 1_000;

const posixClasses: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

function compile(pattern: string): RegExp {
  let flags = '';
  const body = pattern.replace(/\(\?([imsU]+)\)/g, (_, set: string) => {
    for (const flag of set) if (flag !== 'U' && !flags.includes(flag)) flags += flag;
    return '';
  });
  const translated = body
    .replace(/\\Q([^]*?)(?:\\E|$)/g, (_, literal: string) => literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .replace(/\\\\|\\[AzZCa_-]|\(\?P<|\[\[:\^?\w+:\]|\[:\^?\w+:\]/g, translatePart);
  try {
    return new RegExp(translated, `u${flags}`);
  } catch {
    // What Go takes for a literal, such as a lone brace or an escaped letter, the strict mode refuses.
    return new RegExp(translated, flags);
  }
}

function translatePart(part: string): string {
  if (part === '\\A') return '^(?<![^])';
  if (part === '\\z') return '$(?![^])';
  if (part === '\\a') return '\\x07';
  if (part === '(?P<') return '(?<';
  const [, open = '', negation, name = ''] = /^(\[?)\[:(\^?)(\w+):\]$/.exec(part) ?? [];
  const set = posixClasses[name];
  if (set === undefined || negation) return part;
  return open + set;
}
