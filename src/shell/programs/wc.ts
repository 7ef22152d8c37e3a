import { decodeUtf8 } from '../../kernel/index.ts';
import { parseOptions } from './options.ts';
import type { Tool } from './tool.ts';

interface Counts {
  l: number;
  w: number;
  m: number;
  c: number;
  L: number;
}

type Column = keyof Counts;

const allColumns: readonly Column[] = ['l', 'w', 'm', 'c', 'L'];

export function* wc(tool: Tool) {
  const options = parseOptions(tool.args, {
    flags: 'lwmcL',
    long: { lines: 'l', words: 'w', chars: 'm', bytes: 'c', 'max-line-length': 'L' },
  });
  const wanted = (['l', 'w', 'm', 'c', 'L'] as const).filter((column) => options.has(column));
  const columns: readonly Column[] = wanted.length > 0 ? wanted : ['l', 'w', 'c'];
  const paths = options.operands.length > 0 ? options.operands : ['-'];
  const total: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
  const rows: { counts: Counts; name: string }[] = [];
  const status = yield* tool.each(paths, function* (path) {
    const counts = countsOf(yield* tool.readAll(path));
    for (const column of allColumns)
      total[column] = column === 'L' ? Math.max(total.L, counts.L) : total[column] + counts[column];
    rows.push({ counts, name: options.operands.length > 0 ? path : '' });
  });
  if (paths.length > 1) rows.push({ counts: total, name: 'total' });
  const width = widthOf(tool, columns, rows.length, total);
  for (const { counts, name } of rows) {
    const cells = columns.map((column) => String(counts[column]).padStart(width));
    yield* tool.print(`${cells.join(' ')}${name === '' ? '' : ` ${name}`}\n`);
  }
  return status;
}

/** GNU makes all columns as wide as the largest total; standard input gets seven columns. BusyBox pads to nine. */
function widthOf(tool: Tool, columns: readonly Column[], rows: number, total: Counts): number {
  if (columns.length === 1 && rows === 1) return 1;
  if (!tool.isGnu) return 9;
  const readsInput = !tool.args.some((arg) => !arg.startsWith('-'));
  return readsInput ? 7 : Math.max(1, ...columns.map(() => String(total.c).length));
}

function countsOf(bytes: Uint8Array): Counts {
  const text = decodeUtf8(bytes);
  return {
    l: bytes.reduce((count, byte) => count + Number(byte === 10), 0),
    w: text.split(/\s+/).filter((word) => word !== '').length,
    m: [...text].length,
    c: bytes.length,
    L: Math.max(0, ...text.split('\n').map((line) => line.length)),
  };
}
