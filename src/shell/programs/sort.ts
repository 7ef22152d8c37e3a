import { encodeUtf8, type Routine } from '../../kernel/index.ts';
import { parseOptions, UsageError, type ParsedOptions } from './options.ts';
import { linesOf, type Tool } from './tool.ts';

export function* sort(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'nrufhVbdiMgcsRz',
    valued: 'ktoST',
    long: {
      'numeric-sort': 'n',
      reverse: 'r',
      unique: 'u',
      'ignore-case': 'f',
      'human-numeric-sort': 'h',
      'version-sort': 'V',
      'month-sort': 'M',
      'general-numeric-sort': 'g',
      'ignore-leading-blanks': 'b',
      stable: 's',
      check: 'c',
      'key:': 'k',
      'field-separator:': 't',
      'output:': 'o',
    },
    errorStatus: 2,
  });
  const lines: string[] = [];
  for (const path of options.operands.length > 0 ? options.operands : ['-']) {
    if (path !== '-' && !tool.files.stat(tool.path(path))) {
      yield* tool.complain(`${tool.isGnu ? `cannot read: ${path}` : path}: No such file or directory`);
      return 2;
    }
    lines.push(...linesOf(yield* tool.readText(path)));
  }
  const compare = comparison(options);
  if (options.has('c')) {
    const at = lines.findIndex(
      (line, index) => index > 0 && compare(lines[index - 1]!, line) > (options.has('u') ? -1 : 0),
    );
    if (at > 0) yield* tool.complain(`${options.operands[0] ?? '-'}:${at + 1}: disorder: ${lines[at]}`);
    return at > 0 ? 1 : 0;
  }
  lines.sort(compare);
  const shown = options.has('u')
    ? lines.filter((line, index) => index === 0 || keyComparison(options)(lines[index - 1]!, line) !== 0)
    : lines;
  const text = shown.map((line) => `${line}\n`).join('');
  const output = options.value('o');
  if (output !== undefined) tool.files.write(tool.path(output), encodeUtf8(text));
  else yield* tool.print(text);
  return 0;
}

type Compare = (a: string, b: string) => number;

interface Key {
  readonly from: readonly [field: number, letter: number];
  readonly to: readonly [field: number, letter: number] | undefined;
  readonly kinds: string;
}

function keyOf(text: string): Key {
  const match = /^(\d+)(?:\.(\d+))?([bdfghiMnRrV]*)(?:,(\d+)(?:\.(\d+))?([bdfghiMnRrV]*))?$/.exec(text);
  if (!match || match[1] === '0')
    throw new UsageError(`invalid number at field start: invalid count at start of '${text}'`, 2);
  const to = match[4] === undefined ? undefined : ([Number(match[4]), Number(match[5] ?? 0)] as const);
  return { from: [Number(match[1]), Number(match[2] ?? 1)], to, kinds: match[3]! + (match[6] ?? '') };
}

function keyComparison(options: ParsedOptions): Compare {
  const general = [...'nrfhVbdMg'].filter((letter) => options.has(letter)).join('');
  const keys = options.values('k').map(keyOf);
  const separator = options.value('t')?.replace('\\t', '\t');
  if (keys.length === 0) return oneKey(general, (line) => line);
  const comparisons = keys.map((key) => {
    // A key without letters of its own takes the general ones.
    const kinds = key.kinds === '' ? general : key.kinds;
    return oneKey(kinds, (line) => extract(line, key, separator, kinds));
  });
  return (a, b) => {
    for (const compare of comparisons) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function comparison(options: ParsedOptions): Compare {
  const byKeys = keyComparison(options);
  const isLastResort = !options.has('s') && !options.has('u');
  const isReversed = options.has('r');
  return (a, b) => {
    const order = byKeys(a, b);
    if (order !== 0 || !isLastResort) return order;
    const whole = a < b ? -1 : a > b ? 1 : 0;
    return isReversed ? -whole : whole;
  };
}

function oneKey(kinds: string, extractKey: (line: string) => string): Compare {
  const sign = kinds.includes('r') ? -1 : 1;
  const compare = kindComparison(kinds);
  return (a, b) => sign * compare(extractKey(a), extractKey(b));
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function kindComparison(kinds: string): Compare {
  if (kinds.includes('n')) return (a, b) => leadingNumber(a) - leadingNumber(b);
  if (kinds.includes('g')) return (a, b) => (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0);
  if (kinds.includes('h')) return (a, b) => humanNumber(a) - humanNumber(b);
  if (kinds.includes('M'))
    return (a, b) =>
      months.indexOf(a.trim().slice(0, 3).toUpperCase()) - months.indexOf(b.trim().slice(0, 3).toUpperCase());
  if (kinds.includes('V')) return compareVersions;
  const prepare = (text: string): string => {
    const trimmed = kinds.includes('b') ? text.trimStart() : text;
    const plain = kinds.includes('d') ? trimmed.replace(/[^\p{L}\p{N}\s]/gu, '') : trimmed;
    return kinds.includes('f') ? plain.toUpperCase() : plain;
  };
  return (a, b) => {
    const [x, y] = [prepare(a), prepare(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
}

function leadingNumber(text: string): number {
  return Number(/^\s*(-?\d*\.?\d*)/.exec(text)![1] || 0) || 0;
}

function humanNumber(text: string): number {
  const match = /^\s*(-?\d*\.?\d+)([KMGTPEk])?/.exec(text);
  if (!match) return 0;
  const power = match[2] === undefined ? 0 : 'KMGTPE'.indexOf(match[2].toUpperCase()) + 1;
  // The suffix counts before the number: 1K is more than 999.
  return Number(match[1]) * 1024 ** power;
}

/** Runs of digits by value, everything else by letter: `1.10` after `1.9`. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let index = 0; index < Math.max(x.length, y.length); index++) {
    const [p, q] = [x[index] ?? '', y[index] ?? ''];
    if (p === q) continue;
    if (/^\d/.test(p) && /^\d/.test(q) && Number(p) !== Number(q)) return Number(p) - Number(q);
    return p < q ? -1 : 1;
  }
  return 0;
}

function extract(line: string, { from, to }: Key, separator: string | undefined, kinds: string): string {
  const fields = fieldsOf(line, separator);
  const start = positionOf(fields, from[0], from[1] - 1, kinds.includes('b'));
  if (start === undefined) return '';
  if (!to) return line.slice(start);
  const field = fields[to[0] - 1];
  if (!field) return line.slice(start);
  return line.slice(start, to[1] === 0 ? field.end : Math.min(field.end, field.start + to[1]));
}

interface FieldSpan {
  readonly start: number;
  readonly end: number;
}

function positionOf(
  fields: readonly FieldSpan[],
  field: number,
  letter: number,
  _skipsBlanks: boolean,
): number | undefined {
  const span = fields[field - 1];
  return span && Math.min(span.end, span.start + letter);
}

/** Without a separator, a field begins with the blanks before it. */
function fieldsOf(line: string, separator: string | undefined): FieldSpan[] {
  if (separator === undefined) {
    return [...line.matchAll(/\s*\S+/g)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  }
  const spans: FieldSpan[] = [];
  let start = 0;
  for (const part of line.split(separator)) {
    spans.push({ start, end: start + part.length });
    start += part.length + separator.length;
  }
  return spans;
}
