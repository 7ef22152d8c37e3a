import { decodeUtf8, type Routine } from '../../kernel/index.ts';
import { parseOptions, UsageError } from './options.ts';
import { linesOf, type Tool } from './tool.ts';

/** `tac`, `rev`, `nl`, `paste`, `fold`, `comm`: one small thing each to the lines of files. */

export function* tac(tool: Tool): Routine<number> {
  return yield* tool.each(tool.args.length > 0 ? tool.args : ['-'], function* (path) {
    const lines = linesOf(yield* tool.readText(path));
    if (lines.length > 0) yield* tool.print(`${lines.toReversed().join('\n')}\n`);
  });
}

export function* rev(tool: Tool): Routine<number> {
  return yield* tool.each(tool.args.length > 0 ? tool.args : ['-'], function* (path) {
    for (const line of linesOf(yield* tool.readText(path))) yield* tool.print(`${[...line].toReversed().join('')}\n`);
  });
}

export function* nl(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { valued: 'bwsvin' });
  const numbersAll = options.value('b') === 'a';
  const width = options.number('w') ?? 6;
  const separator = options.value('s') ?? '\t';
  let number = options.number('v') ?? 1;
  const paths = options.operands.length > 0 ? options.operands : ['-'];
  return yield* tool.each(paths, function* (path) {
    for (const line of linesOf(yield* tool.readText(path))) {
      const isNumbered = numbersAll || line !== '';
      const prefix = isNumbered
        ? `${String(number).padStart(width)}${separator}`
        : ' '.repeat(width + separator.length);
      if (isNumbered) number += options.number('i') ?? 1;
      yield* tool.print(`${prefix}${line}\n`);
    }
  });
}

export function* paste(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 's', valued: 'd' });
  const delimiters = [...(options.value('d') ?? '\t').replaceAll('\\n', '\n').replaceAll('\\t', '\t')];
  const columns: string[][] = [];
  const paths = options.operands.length > 0 ? options.operands : ['-'];
  const status = yield* tool.each(paths, function* (path) {
    columns.push(linesOf(yield* tool.readText(path)));
  });
  const join = (cells: readonly string[]): string =>
    cells.reduce((line, cell, index) => line + (delimiters[(index - 1) % delimiters.length] ?? '') + cell);
  if (options.has('s')) {
    for (const column of columns) yield* tool.print(`${join(column.length > 0 ? column : [''])}\n`);
    return status;
  }
  const height = Math.max(0, ...columns.map((column) => column.length));
  for (let row = 0; row < height; row++) yield* tool.print(`${join(columns.map((column) => column[row] ?? ''))}\n`);
  return status;
}

export function* fold(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'sb', valued: 'w' });
  const width = options.number('w') ?? 80;
  return yield* tool.each(options.operands.length > 0 ? options.operands : ['-'], function* (path) {
    for (const line of linesOf(yield* tool.readText(path))) {
      let rest = line;
      while (rest.length > width) {
        const space = options.has('s') ? rest.lastIndexOf(' ', width - 1) : -1;
        const at = space > 0 ? space + 1 : width;
        yield* tool.print(`${rest.slice(0, at)}\n`);
        rest = rest.slice(at);
      }
      yield* tool.print(`${rest}\n`);
    }
  });
}

export function* comm(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: '123' });
  const [first, second] = options.operands;
  if (first === undefined || second === undefined) throw new UsageError('missing operand');
  const [a, b] = [linesOf(yield* tool.readText(first)), linesOf(yield* tool.readText(second))];
  const show = function* (column: 1 | 2 | 3, line: string): Routine<void> {
    if (options.has(String(column))) return;
    const tabs = [1, 2].filter((before) => before < column && !options.has(String(before))).length;
    yield* tool.print(`${'\t'.repeat(tabs)}${line}\n`);
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (j >= b.length || (i < a.length && a[i]! < b[j]!)) yield* show(1, a[i++]!);
    else if (i >= a.length || b[j]! < a[i]!) yield* show(2, b[j++]!);
    else {
      yield* show(3, a[i++]!);
      j++;
    }
  }
  return 0;
}

export function* strings(tool: Tool): Routine<number> {
  return yield* tool.each(tool.args.length > 0 ? tool.args : ['-'], function* (path) {
    const text = decodeUtf8(yield* tool.readAll(path));
    for (const [run] of text.matchAll(/[\t -~]{4,}/g)) yield* tool.print(`${run}\n`);
  });
}
