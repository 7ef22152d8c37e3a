import { textWidth } from '../screen/character-width.ts';

/** Candidates below the line, in columns that run downwards, as readline lists them. */
export function columnList(names: readonly string[], columns: number): string {
  const width = Math.max(...names.map(textWidth)) + 2;
  const perRow = Math.max(1, Math.floor(columns / width));
  const rows = Math.ceil(names.length / perRow);
  const lines = Array.from({ length: rows }, (_, row) =>
    names
      .filter((_name, index) => index % rows === row)
      .map((name, index, inRow) => (index === inRow.length - 1 ? name : name + ' '.repeat(width - textWidth(name))))
      .join(''),
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** The longest beginning that all have in common. */
export function commonPrefix(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length--;
  }
  return first.slice(0, length);
}
