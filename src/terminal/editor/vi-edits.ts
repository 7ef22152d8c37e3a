import type { Key } from '../line-editor/keys.ts';
import type { TextBuffer } from './text-buffer.ts';

/** Changes of vi that need to know nothing but the text. */

export const indent = '  ';

export interface Register {
  readonly text: string;
  readonly isLinewise: boolean;
}

/** `<` and `>` */
export function shiftLines(buffer: TextBuffer, operator: string, first: number, last: number): void {
  const lines = buffer.lines.slice(first, last + 1);
  const shifted = lines.map((line) => (operator === '<' ? line.replace(/^ {1,2}/, '') : line && indent + line));
  buffer.checkpoint();
  buffer.replaceLines(first, lines.length, shifted);
  buffer.moveTo(first, firstLetter(shifted[0]!));
}

/** `J` */
export function joinLines(buffer: TextBuffer): void {
  const { row, line, lines } = buffer;
  const next = lines[row + 1];
  if (next === undefined) return;
  buffer.checkpoint();
  buffer.replaceLines(row, 2, [`${line.trimEnd()} ${next.trimStart()}`.trimEnd()]);
  buffer.moveTo(row, line.trimEnd().length);
}

/** `p` and `P` */
export function put(buffer: TextBuffer, { text, isLinewise }: Register, isAfter: boolean, times: number): void {
  const { row, column, line } = buffer;
  if (text === '' && !isLinewise) return;
  buffer.checkpoint();
  if (isLinewise) {
    const at = isAfter ? row + 1 : row;
    const lines = Array.from({ length: times }, () => text.split('\n')).flat();
    buffer.replaceLines(at, 0, lines);
    buffer.moveTo(at, firstLetter(lines[0]!));
    return;
  }
  buffer.moveTo(row, isAfter ? Math.min(column + 1, line.length) : column);
  buffer.insert(text.repeat(times));
  buffer.moveTo(buffer.row, buffer.column - 1);
}

/** `r` */
export function replaceCharacters(buffer: TextBuffer, letter: string, times: number): void {
  const { row, column, line } = buffer;
  if (column + times > line.length) return;
  buffer.checkpoint();
  buffer.replaceLines(row, 1, [line.slice(0, column) + letter.repeat(times) + line.slice(column + times)]);
  buffer.moveTo(row, column + times - 1);
}

/** `~` */
export function swapCase(buffer: TextBuffer): void {
  const { row, column, line } = buffer;
  const letter = line[column] ?? '';
  const swapped = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  buffer.checkpoint();
  buffer.replaceLines(row, 1, [line.slice(0, column) + swapped + line.slice(column + 1)]);
  buffer.moveTo(row, column + 1);
}

/** A key of insert mode that changes the text. False for keys that move. */
export function insertKey(buffer: TextBuffer, key: Key, replaces: boolean): boolean {
  const { row, column, line } = buffer;
  if (key.type !== 'key') {
    if (replaces) buffer.remove(buffer.cursor, { row, column: Math.min(line.length, column + key.text.length) });
    buffer.insert(key.text);
    return true;
  }
  switch (key.name) {
    case 'Enter':
      buffer.insert('\n');
      return true;
    case 'Tab':
      buffer.insert(indent);
      return true;
    case 'Backspace':
    case 'C-h':
      if (column > 0) buffer.remove({ row, column: column - 1 }, buffer.cursor);
      else if (row > 0) buffer.remove({ row: row - 1, column: buffer.lines[row - 1]!.length }, buffer.cursor);
      return true;
    case 'Delete':
      if (column < line.length) buffer.remove(buffer.cursor, { row, column: column + 1 });
      return true;
    case 'C-w':
      buffer.remove({ row, column: line.slice(0, column).replace(/\S+\s*$|\s+$/, '').length }, buffer.cursor);
      return true;
    case 'C-u':
      buffer.remove({ row, column: 0 }, buffer.cursor);
      return true;
    default:
      return false;
  }
}

export function firstLetter(line: string): number {
  return Math.max(0, line.search(/\S|$/));
}
