/**
 * Brace expansion: `a{b,c}d` and `{1..5}`. It works on the source of a word, before anything else is expanded, and
 * leaves quoted text and `${…}` alone.
 */
export function expandBraces(source: string): readonly string[] {
  for (let open = 0; open < source.length; open++) {
    open = skipQuoted(source, open);
    if (source[open] !== '{' || source[open - 1] === '$') {
      if (source.startsWith('${', open)) open = skipParameter(source, open);
      continue;
    }
    const inner = braceAt(source, open);
    const alternatives = inner && (inner.parts.length > 1 ? inner.parts : sequence(inner.parts[0]!));
    if (!inner || !alternatives) continue;
    const before = source.slice(0, open);
    const rest = expandBraces(source.slice(inner.end));
    const middles = inner.parts.length > 1 ? alternatives.flatMap((part) => expandBraces(part)) : alternatives;
    return middles.flatMap((middle) => rest.map((tail) => before + middle + tail));
  }
  return [source];
}

/** The index of the last character of a quoted stretch that begins at `at`, or `at`. */
function skipQuoted(source: string, at: number): number {
  const letter = source[at];
  if (letter === '\\') return at + 1;
  if (letter === "'") {
    const end = source.indexOf("'", at + 1);
    return end < 0 ? source.length : end;
  }
  if (letter === '"' || letter === '`') {
    for (let index = at + 1; index < source.length; index++) {
      if (source[index] === '\\') index++;
      else if (source[index] === letter) return index;
    }
    return source.length;
  }
  if (letter === '$' && source[at + 1] === '(') {
    let depth = 0;
    for (let index = at + 1; index < source.length; index++) {
      if (source[index] === '(') depth++;
      else if (source[index] === ')' && --depth === 0) return index;
    }
  }
  return at;
}

function skipParameter(source: string, at: number): number {
  let depth = 0;
  for (let index = at + 1; index < source.length; index++) {
    if (source[index] === '{') depth++;
    else if (source[index] === '}' && --depth === 0) return index;
  }
  return source.length;
}

function braceAt(source: string, open: number): { parts: string[]; end: number } | undefined {
  const parts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let index = open; index < source.length; index++) {
    const skipped = index === open ? index : skipQuoted(source, index);
    if (skipped !== index) {
      index = skipped;
      continue;
    }
    if (source.startsWith('${', index)) {
      index = skipParameter(source, index);
      continue;
    }
    const letter = source[index];
    if (letter === '{') depth++;
    else if (letter === '}' && --depth === 0) {
      parts.push(source.slice(start, index));
      return { parts, end: index + 1 };
    } else if (letter === ',' && depth === 1) {
      parts.push(source.slice(start, index));
      start = index + 1;
    }
  }
  return undefined;
}

const itemLimit = 100_000;

/** `1..5`, `a..e`, `01..10..2` */
function sequence(body: string): readonly string[] | undefined {
  const numeric = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(body);
  if (numeric) {
    const [, from, to, by] = numeric;
    const width = [from!, to!].some((end) => /^-?0\d/.test(end)) ? Math.max(from!.length, to!.length) : 0;
    return range(Number(from), Number(to), Number(by ?? 1)).map((value) => padded(value, width));
  }
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(body);
  if (!letters) return undefined;
  const codes = range(letters[1]!.charCodeAt(0), letters[2]!.charCodeAt(0), Number(letters[3] ?? 1));
  return codes.map((code) => String.fromCharCode(code));
}

function range(from: number, to: number, by: number): number[] {
  const step = Math.abs(by) || 1;
  const count = Math.min(Math.floor(Math.abs(to - from) / step) + 1, itemLimit);
  return Array.from({ length: count }, (_, n) => (from <= to ? from + n * step : from - n * step));
}

function padded(value: number, width: number): string {
  const digits = String(Math.abs(value));
  return value < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0');
}
