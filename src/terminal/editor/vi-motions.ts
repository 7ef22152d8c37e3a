import type { Place, TextBuffer } from './text-buffer.ts';

/** Where a motion leads, and how an operator takes what lies between. */
export interface Motion {
  readonly to: Place;
  /** Whole lines. */
  readonly isLinewise?: boolean;
  /** The character at the end belongs to it. */
  readonly isInclusive?: boolean;
}

type MotionOf = (buffer: TextBuffer, count: number, isCounted: boolean) => Motion | undefined;

const firstLetter = (line: string) => Math.max(0, line.search(/\S/));

function alongLine(columnOf: (buffer: TextBuffer, count: number) => number, isInclusive = false): MotionOf {
  return (buffer, count) => ({ to: { row: buffer.row, column: columnOf(buffer, count) }, isInclusive });
}

function byLines(rowOf: (buffer: TextBuffer, count: number, isCounted: boolean) => number): MotionOf {
  return (buffer, count, isCounted) => {
    const row = Math.max(0, Math.min(rowOf(buffer, count, isCounted), buffer.lines.length - 1));
    return { to: { row, column: Math.min(buffer.column, buffer.lines[row]!.length) }, isLinewise: true };
  };
}

function toLine(rowOf: (buffer: TextBuffer, count: number, isCounted: boolean) => number): MotionOf {
  const motion = byLines(rowOf);
  return (buffer, count, isCounted) => {
    const { to } = motion(buffer, count, isCounted)!;
    return { to: { row: to.row, column: firstLetter(buffer.lines[to.row]!) }, isLinewise: true };
  };
}

const halfPage = 12;

const left = alongLine(({ column }, count) => Math.max(0, column - count));
const right = alongLine(({ column, line }, count) => Math.min(line.length, column + count));
const up = byLines(({ row }, count) => row - count);
const down = byLines(({ row }, count) => row + count);
const lineStart = alongLine(() => 0);
const lineEnd: MotionOf = (buffer, count) => {
  const row = Math.min(buffer.row + count - 1, buffer.lines.length - 1);
  return { to: { row, column: buffer.lines[row]!.length }, isInclusive: false };
};

/** Upstream: vi(1), as POSIX describes it */
export const motions: Readonly<Record<string, MotionOf>> = {
  h: left,
  Left: left,
  Backspace: left,
  l: right,
  Right: right,
  ' ': right,
  k: up,
  Up: up,
  'C-p': up,
  j: down,
  Down: down,
  'C-n': down,
  '0': lineStart,
  Home: lineStart,
  '^': alongLine(({ line }) => firstLetter(line)),
  $: lineEnd,
  End: lineEnd,
  Enter: toLine(({ row }, count) => row + count),
  '+': toLine(({ row }, count) => row + count),
  '-': toLine(({ row }, count) => row - count),
  G: toLine(({ lines }, count, isCounted) => (isCounted ? count : lines.length) - 1),
  gg: toLine((_buffer, count) => count - 1),
  PageDown: byLines(({ row }, count) => row + 2 * halfPage * count),
  'C-f': byLines(({ row }, count) => row + 2 * halfPage * count),
  PageUp: byLines(({ row }, count) => row - 2 * halfPage * count),
  'C-b': byLines(({ row }, count) => row - 2 * halfPage * count),
  'C-d': byLines(({ row }, count) => row + halfPage * count),
  'C-u': byLines(({ row }, count) => row - halfPage * count),
  w: repeated((buffer, at) => nextWord(buffer, at, false)),
  W: repeated((buffer, at) => nextWord(buffer, at, true)),
  b: repeated((buffer, at) => previousWord(buffer, at, false)),
  B: repeated((buffer, at) => previousWord(buffer, at, true)),
  e: repeated((buffer, at) => wordEnd(buffer, at, false), true),
  E: repeated((buffer, at) => wordEnd(buffer, at, true), true),
  '}': repeated((buffer, at) => blankLine(buffer, at, 1)),
  '{': repeated((buffer, at) => blankLine(buffer, at, -1)),
  '%': (buffer) => {
    const to = matchingBracket(buffer);
    return to && { to, isInclusive: true };
  },
};

function repeated(step: (buffer: TextBuffer, from: Place) => Place, isInclusive = false): MotionOf {
  return (buffer, count) => {
    let to = buffer.cursor;
    for (let n = 0; n < count; n++) to = step(buffer, to);
    return { to, isInclusive };
  };
}

/** 0 for blanks, 1 for words, 2 for the rest. */
function classOf(character: string | undefined, isBig: boolean): number {
  if (character === undefined || /\s/.test(character)) return 0;
  return isBig || /[\p{L}\p{N}_]/u.test(character) ? 1 : 2;
}

function nextWord({ lines }: TextBuffer, from: Place, isBig: boolean): Place {
  let { row, column } = from;
  const kind = classOf(lines[row]![column], isBig);
  while (column < lines[row]!.length && kind !== 0 && classOf(lines[row]![column], isBig) === kind) column++;
  for (;;) {
    while (column < lines[row]!.length && classOf(lines[row]![column], isBig) === 0) column++;
    if (column < lines[row]!.length || row === lines.length - 1) return { row, column };
    row++;
    column = 0;
    // An empty line is a word.
    if (lines[row] === '') return { row, column };
  }
}

function previousWord({ lines }: TextBuffer, from: Place, isBig: boolean): Place {
  let { row, column } = from;
  for (;;) {
    while (column > 0 && classOf(lines[row]![column - 1], isBig) === 0) column--;
    if (column > 0 || row === 0) break;
    row--;
    column = lines[row]!.length;
    if (column === 0) return { row, column };
  }
  const kind = classOf(lines[row]![column - 1], isBig);
  while (column > 0 && classOf(lines[row]![column - 1], isBig) === kind) column--;
  return { row, column };
}

function wordEnd({ lines }: TextBuffer, from: Place, isBig: boolean): Place {
  let { row } = from;
  let column = from.column + 1;
  for (;;) {
    while (column < lines[row]!.length && classOf(lines[row]![column], isBig) === 0) column++;
    if (column < lines[row]!.length) break;
    if (row === lines.length - 1) return { row, column: Math.max(0, lines[row]!.length - 1) };
    row++;
    column = 0;
  }
  const kind = classOf(lines[row]![column], isBig);
  while (column + 1 < lines[row]!.length && classOf(lines[row]![column + 1], isBig) === kind) column++;
  return { row, column };
}

function blankLine({ lines }: TextBuffer, from: Place, step: 1 | -1): Place {
  let row = from.row + step;
  while (row > 0 && row < lines.length - 1 && lines[row] !== '') row += step;
  row = Math.max(0, Math.min(row, lines.length - 1));
  return { row, column: 0 };
}

const brackets: Readonly<Record<string, readonly [string, 1 | -1]>> = {
  '(': [')', 1],
  '[': [']', 1],
  '{': ['}', 1],
  ')': ['(', -1],
  ']': ['[', -1],
  '}': ['{', -1],
};

function matchingBracket({ lines, row, column, line }: TextBuffer): Place | undefined {
  const start = [...line].findIndex((letter, index) => index >= column && letter in brackets);
  const own = line[start];
  if (own === undefined) return undefined;
  const [other, step] = brackets[own]!;
  let depth = 0;
  for (let at = { row, column: start }; lines[at.row] !== undefined;) {
    const letter = lines[at.row]![at.column];
    if (letter === own) depth++;
    if (letter === other && --depth === 0) return at;
    const next = at.column + step;
    if (next >= 0 && next < lines[at.row]!.length) at = { row: at.row, column: next };
    else {
      const nextRow = at.row + step;
      at = { row: nextRow, column: step > 0 ? 0 : Math.max(0, (lines[nextRow]?.length ?? 1) - 1) };
    }
  }
  return undefined;
}

/** `f`, `t`, `F` and `T`: to a character in this line. */
export function motionToCharacter(
  { row, column, line }: TextBuffer,
  command: string,
  wanted: string,
  count: number,
): Motion | undefined {
  const step = command === 'f' || command === 't' ? 1 : -1;
  let at = column;
  for (let n = 0; n < count; n++) {
    at = step > 0 ? line.indexOf(wanted, at + 1) : at === 0 ? -1 : line.lastIndexOf(wanted, at - 1);
    if (at < 0) return undefined;
  }
  const stop = command === 't' ? at - 1 : command === 'T' ? at + 1 : at;
  return { to: { row, column: stop }, isInclusive: step > 0 };
}
