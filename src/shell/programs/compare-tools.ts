import type { Routine } from '../../kernel/index.ts';
import { formatTime } from '../format/strftime.ts';
import { diffLines, type Change } from './line-diff.ts';
import { parseOptions, UsageError, type ParsedOptions } from './options.ts';
import { linesOf, type Tool } from './tool.ts';

export function* cmp(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'slb', errorStatus: 2 });
  const [first, second] = options.operands;
  if (first === undefined || second === undefined) throw new UsageError(`missing operand after '${first ?? 'cmp'}'`, 2);
  const [a, b] = [yield* tool.readAll(first), yield* tool.readAll(second)];
  const shared = Math.min(a.length, b.length);
  let at = 0;
  while (at < shared && a[at] === b[at]) at++;
  if (at === a.length && at === b.length) return 0;
  const line = a.subarray(0, at).reduce((count, byte) => count + Number(byte === 10), 1);
  if (options.has('s')) return 1;
  if (at < shared)
    yield* tool.print(`${first} ${second} differ: ${tool.isGnu ? 'byte' : 'char'} ${at + 1}, line ${line}\n`);
  else
    yield* tool.complain(
      tool.isGnu
        ? `EOF on ${a.length < b.length ? first : second} after byte ${at}, in line ${Math.max(1, line - 1)}`
        : `EOF on ${a.length < b.length ? first : second}`,
    );
  return 1;
}

export function* diff(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'uqrNbwBiaspdt',
    valued: 'UL',
    long: {
      unified: 'u',
      brief: 'q',
      recursive: 'r',
      'new-file': 'N',
      'ignore-case': 'i',
      'ignore-all-space': 'w',
      'label:': 'L',
      color: 'color',
      'report-identical-files': 's',
    },
    errorStatus: 2,
  });
  const [first, second] = options.operands;
  if (first === undefined || second === undefined)
    throw new UsageError(`missing operand after '${first ?? 'diff'}'`, 2);
  for (const path of [first, second]) {
    if (path !== '-' && !tool.files.stat(tool.path(path)) && !options.has('N')) {
      yield* tool.complain(`${path}: No such file or directory`);
      return 2;
    }
  }
  return yield* comparePaths(tool, options, first, second);
}

function* comparePaths(tool: Tool, options: ParsedOptions, first: string, second: string): Routine<number> {
  const isDirectory = (path: string): boolean => path !== '-' && tool.files.stat(tool.path(path))?.type === 'directory';
  if (isDirectory(first) && isDirectory(second)) return yield* compareDirectories(tool, options, first, second);
  const [a, b] = [
    isDirectory(first) ? `${first}/${second.split('/').at(-1)}` : first,
    isDirectory(second) ? `${second}/${first.split('/').at(-1)}` : second,
  ];
  const read = function* (path: string): Routine<string> {
    return path !== '-' && !tool.files.stat(tool.path(path)) ? '' : yield* tool.readText(path);
  };
  const [before, after] = [yield* read(a), yield* read(b)];
  const fold = (line: string): string => {
    const cased = options.has('i') ? line.toLowerCase() : line;
    return options.has('w')
      ? cased.replace(/\s+/g, '')
      : options.has('b')
        ? cased.replace(/\s+/g, ' ').trimEnd()
        : cased;
  };
  const [x, y] = [linesOf(before), linesOf(after)];
  // A last line without its newline is another line.
  const keys = (lines: readonly string[], text: string): string[] =>
    lines.map((line, index) => fold(line) + (index === lines.length - 1 && !text.endsWith('\n') ? '\0' : ''));
  const changes = diffLines(keys(x, before), keys(y, after));
  if (changes.length === 0) {
    if (options.has('s')) yield* tool.print(`Files ${a} and ${b} are identical\n`);
    return 0;
  }
  if (options.has('q')) {
    yield* tool.print(`Files ${a} and ${b} differ\n`);
    return 1;
  }
  const isUnified = options.has('u') || options.has('U') || !tool.isGnu;
  const sides = {
    x,
    y,
    isXCut: before !== '' && !before.endsWith('\n'),
    isYCut: after !== '' && !after.endsWith('\n'),
  };
  if (isUnified) {
    const label = (path: string, index: number): string => {
      const given = options.values('L')[index];
      if (given !== undefined) return given;
      const ms = (path === '-' ? undefined : tool.files.stat(tool.path(path))?.modifiedMs) ?? tool.nowMs;
      return tool.isGnu ? `${path}\t${formatTime('%Y-%m-%d %H:%M:%S.%N %z', ms)}` : path;
    };
    yield* tool.print(`--- ${label(a, 0)}\n+++ ${label(b, 1)}\n${unified(changes, sides, options.number('U') ?? 3)}`);
  } else yield* tool.print(normal(changes, sides));
  return 1;
}

function* compareDirectories(tool: Tool, options: ParsedOptions, first: string, second: string): Routine<number> {
  const names = [...new Set([...tool.files.list(tool.path(first)), ...tool.files.list(tool.path(second))])].sort();
  let status = 0;
  for (const name of names) {
    const [a, b] = [`${first.replace(/\/$/, '')}/${name}`, `${second.replace(/\/$/, '')}/${name}`];
    const [x, y] = [tool.files.stat(tool.path(a)), tool.files.stat(tool.path(b))];
    if ((!x || !y) && !options.has('N')) {
      yield* tool.print(`Only in ${x ? first : second}: ${name}\n`);
      status = 1;
    } else if (x?.type === 'directory' && y?.type === 'directory') {
      if (!options.has('r')) yield* tool.print(`Common subdirectories: ${a} and ${b}\n`);
      else status = Math.max(status, yield* compareDirectories(tool, options, a, b));
    } else {
      const changed = yield* comparePaths(tool, options, a, b);
      status = Math.max(status, changed);
    }
  }
  return status;
}

interface Sides {
  readonly x: readonly string[];
  readonly y: readonly string[];
  /** The last line has no newline. */
  readonly isXCut: boolean;
  readonly isYCut: boolean;
}

const noNewline = '\\ No newline at end of file\n';

function lineText(mark: string, lines: readonly string[], index: number, isCut: boolean): string {
  return `${mark}${lines[index]}\n${isCut && index === lines.length - 1 ? noNewline : ''}`;
}

function normal(changes: readonly Change[], { x, y, isXCut, isYCut }: Sides): string {
  const range = (from: number, to: number): string =>
    to - from <= 1 ? String(to - from === 1 ? from + 1 : from) : `${from + 1},${to}`;
  return changes
    .map(({ fromX, toX, fromY, toY }) => {
      const kind = fromX === toX ? 'a' : fromY === toY ? 'd' : 'c';
      let text = `${range(fromX, toX)}${kind}${range(fromY, toY)}\n`;
      for (let index = fromX; index < toX; index++) text += lineText('< ', x, index, isXCut);
      if (kind === 'c') text += '---\n';
      for (let index = fromY; index < toY; index++) text += lineText('> ', y, index, isYCut);
      return text;
    })
    .join('');
}

function unified(changes: readonly Change[], { x, y, isXCut, isYCut }: Sides, context: number): string {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1);
    if (last && change.fromX - last.toX <= context * 2) hunks.at(-1)!.push(change);
    else hunks.push([change]);
  }
  return hunks
    .map((hunk) => {
      const [first, last] = [hunk[0]!, hunk.at(-1)!];
      const startX = Math.max(0, first.fromX - context);
      const startY = Math.max(0, first.fromY - (first.fromX - startX));
      const endX = Math.min(x.length, last.toX + context);
      const endY = Math.min(y.length, last.toY + (endX - last.toX));
      const span = (start: number, end: number): string =>
        `${end === start ? start : start + 1}${end - start === 1 ? '' : `,${end - start}`}`;
      let text = `@@ -${span(startX, endX)} +${span(startY, endY)} @@\n`;
      let at = startX;
      for (const { fromX, toX, fromY, toY } of hunk) {
        for (; at < fromX; at++) text += lineText(' ', x, at, isXCut);
        for (let index = fromX; index < toX; index++) text += lineText('-', x, index, isXCut);
        for (let index = fromY; index < toY; index++) text += lineText('+', y, index, isYCut);
        at = toX;
      }
      for (; at < endX; at++) text += lineText(' ', x, at, isXCut);
      return text;
    })
    .join('');
}
