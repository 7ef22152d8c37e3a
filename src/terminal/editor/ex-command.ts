import type { TextBuffer } from './text-buffer.ts';

/** What an ex command wants of the editor. */
export interface ExActions {
  write(name: string | undefined): boolean;
  quit(isForced: boolean): void;
  set(option: string): void;
  reload(): void;
  readonly lastSearch: string;
}

/**
 * A command after `:`. Gives back what went wrong, or what it has to say.
 * Upstream: ex(1), as POSIX describes it
 */
export function runExCommand(line: string, buffer: TextBuffer, actions: ExActions): string {
  const { first, last, rest, isGiven } = parseRange(line.trim(), buffer);
  const [, name = '', bang = '', argument = ''] = /^([a-zA-Z]*)(!?)\s*(.*)$/s.exec(rest) ?? [];
  switch (name) {
    case '':
      if (rest !== '') return `E492: Not an editor command: ${line}`;
      buffer.moveTo(last, 0);
      return '';
    case 'w':
    case 'write':
      actions.write(argument || undefined);
      return '';
    case 'q':
    case 'quit':
    case 'qa':
    case 'qall':
      actions.quit(bang === '!');
      return '';
    case 'wq':
    case 'x':
    case 'xit':
    case 'wqa':
    case 'xa':
      if (actions.write(argument || undefined)) actions.quit(true);
      return '';
    case 'e':
    case 'edit':
      if (bang !== '!') return 'E37: No write since last change (add ! to override)';
      actions.reload();
      return '';
    case 'set':
    case 'se':
      actions.set(argument);
      return '';
    case 'noh':
    case 'nohlsearch':
      return '';
    case 'd':
    case 'delete':
      buffer.checkpoint();
      buffer.replaceLines(first, last - first + 1, []);
      buffer.moveTo(first, 0);
      return '';
    case 'u':
    case 'undo':
      buffer.undo();
      return '';
    default:
      if (name.startsWith('s'))
        return substitute(rest.slice(1), buffer, isGiven ? [first, last] : [buffer.row, buffer.row], actions);
      return `E492: Not an editor command: ${line}`;
  }
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly rest: string;
  readonly isGiven: boolean;
}

function parseRange(text: string, buffer: TextBuffer): Range {
  const end = buffer.lines.length - 1;
  if (text.startsWith('%')) return { first: 0, last: end, rest: text.slice(1), isGiven: true };
  const [whole, from, to] = /^([.$]|\d+)?(?:,([.$]|\d+)([+-]\d+)?)?/.exec(text)!;
  const rowOf = (address: string) =>
    Math.max(0, Math.min(address === '.' ? buffer.row : address === '$' ? end : Number(address) - 1, end));
  const first = from === undefined ? buffer.row : rowOf(from);
  return { first, last: to === undefined ? first : rowOf(to), rest: text.slice(whole.length), isGiven: whole !== '' };
}

/** `s/pattern/replacement/flags` */
function substitute(
  text: string,
  buffer: TextBuffer,
  [first, last]: readonly [number, number],
  { lastSearch }: ExActions,
): string {
  const delimiter = text[0];
  if (delimiter === undefined || /[\w\s]/.test(delimiter)) return 'E486: Pattern not found';
  const [pattern = '', replacement = '', flags = ''] = splitBy(text.slice(1), delimiter);
  let expression: RegExp;
  try {
    expression = searchPattern(pattern || lastSearch, flags.includes('i'));
  } catch {
    return `E486: Pattern not found: ${pattern}`;
  }
  const once = flags.includes('g') ? expression : new RegExp(expression.source, expression.flags.replace('g', ''));
  const filled = replacement
    .replaceAll('$', '$$$$')
    .replace(/(?<!\\)&/g, '$$&')
    .replace(/\\(\d)/g, (_, digit: string) => (digit === '0' ? '$&' : `$${digit}`))
    .replace(/\\([&/])/g, '$1');
  const lines = buffer.lines.slice(first, last + 1);
  const changed = lines.map((line) => line.replace(once, filled));
  const count = changed.filter((line, index) => line !== lines[index]).length;
  if (count === 0) return `E486: Pattern not found: ${pattern || lastSearch}`;
  buffer.checkpoint();
  buffer.replaceLines(first, lines.length, changed);
  buffer.moveTo(first + changed.findLastIndex((line, index) => line !== lines[index]), 0);
  return count > 2 ? `${count} substitutions on ${count} lines` : '';
}

function splitBy(text: string, delimiter: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && at + 1 < text.length) {
      const next = text[++at]!;
      part += next === delimiter ? next : `\\${next}`;
    } else if (text[at] === delimiter && parts.length < 2) {
      parts.push(part);
      part = '';
    } else part += text[at];
  }
  return [...parts, part];
}

/** A basic regular expression, as vi's users write it, as JavaScript's. */
export function searchPattern(pattern: string, isCaseless = false): RegExp {
  const translated = pattern
    .replace(/\\([(){}|+?<>])|([(){}|+?])/g, (_, escaped: string | undefined, plain: string | undefined) =>
      escaped === undefined ? `\\${plain}` : escaped === '<' || escaped === '>' ? '\\b' : escaped,
    )
    .replace(/^\*/, '\\*');
  return new RegExp(translated, isCaseless ? 'gi' : 'g');
}
