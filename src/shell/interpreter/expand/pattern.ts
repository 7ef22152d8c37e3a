/** Shell patterns (`*.txt`, `[a-z]?`, `@(a|b)`): a backslash makes the next character stand for itself. */

const classes: Readonly<Record<string, string>> = {
  alnum: '\\p{L}\\p{Nd}',
  alpha: '\\p{L}',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: '\\p{Ll}',
  print: '\\x20-\\x7e',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: '\\p{Lu}',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
};

const compiled = new Map<string, RegExp>();
const cacheLimit = 500;

/** The regular expression that matches exactly what the pattern matches. */
export function compilePattern(pattern: string, flags = ''): RegExp {
  const key = `${flags}/${pattern}`;
  const known = compiled.get(key);
  if (known) return known;
  let expression: RegExp;
  try {
    expression = new RegExp(`^(?:${translate(pattern)})$`, `su${flags}`);
  } catch {
    // A range such as [z-a] is no pattern: it stands for itself.
    expression = new RegExp(`^(?:${escapeRegExp(unescapePattern(pattern))})$`, `su${flags}`);
  }
  if (compiled.size >= cacheLimit) compiled.clear();
  compiled.set(key, expression);
  return expression;
}

export function matchesPattern(text: string, pattern: string, flags = ''): boolean {
  return compilePattern(pattern, flags).test(text);
}

export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Makes every character stand for itself. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]!()|+@&]/g, '\\$&');
}

export function unescapePattern(pattern: string): string {
  return pattern.replace(/\\(.)/gsu, '$1');
}

/** Whether anything in it is special. */
export function isPattern(pattern: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*(?:[*?]|\[.*\]|[@!+]\(.*\))/s.test(pattern);
}

function translate(pattern: string): string {
  let source = '';
  let index = 0;
  while (index < pattern.length) {
    const letter = pattern[index]!;
    const group = '?*+@!'.includes(letter) && pattern[index + 1] === '(' ? groupAt(pattern, index + 1) : undefined;
    if (group) {
      const body = group.alternatives.map(translate).join('|');
      if (letter === '!')
        return `${source}(?:(?!(?:${body})${translate(pattern.slice(group.end))}$).*)${translate(pattern.slice(group.end))}`;
      source += `(?:${body})${letter === '@' ? '' : letter}`;
      index = group.end;
      continue;
    }
    if (letter === '[') {
      const bracket = bracketAt(pattern, index);
      if (bracket) {
        source += bracket.source;
        index = bracket.end;
        continue;
      }
    }
    if (letter === '\\' && index + 1 < pattern.length) {
      const code = String.fromCodePoint(pattern.codePointAt(index + 1)!);
      source += escapeRegExp(code);
      index += 1 + code.length;
      continue;
    }
    const code = String.fromCodePoint(pattern.codePointAt(index)!);
    source += code === '*' ? '.*' : code === '?' ? '.' : escapeRegExp(code);
    index += code.length;
  }
  return source;
}

/** The alternatives between the parenthesis at `open` and its partner. */
function groupAt(pattern: string, open: number): { alternatives: string[]; end: number } | undefined {
  const alternatives: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let index = open; index < pattern.length; index++) {
    const letter = pattern[index];
    if (letter === '\\') index++;
    else if (letter === '(') depth++;
    else if (letter === ')' && --depth === 0) {
      alternatives.push(pattern.slice(start, index));
      return { alternatives, end: index + 1 };
    } else if (letter === '|' && depth === 1) {
      alternatives.push(pattern.slice(start, index));
      start = index + 1;
    }
  }
  return undefined;
}

function bracketAt(pattern: string, open: number): { source: string; end: number } | undefined {
  let index = open + 1;
  const isNegated = pattern[index] === '!' || pattern[index] === '^';
  if (isNegated) index++;
  let body = '';
  for (let isFirst = true; index < pattern.length; isFirst = false) {
    const letter = pattern[index]!;
    if (letter === ']' && !isFirst) {
      return { source: `[${isNegated ? '^' : ''}${body}]`, end: index + 1 };
    }
    const named = /^\[:(\w+):\]/.exec(pattern.slice(index));
    if (named) {
      body += classes[named[1]!] ?? '';
      index += named[0].length;
      continue;
    }
    if (letter === '-' && !isFirst && pattern[index + 1] !== ']') {
      body += '-';
      index++;
      continue;
    }
    const at = letter === '\\' && index + 1 < pattern.length ? index + 1 : index;
    const code = String.fromCodePoint(pattern.codePointAt(at)!);
    body += /[\\\]^[-]/.test(code) ? `\\${code}` : code;
    index = at + code.length;
  }
  return undefined;
}
