import type { Routine } from '../../kernel/index.ts';
import { MemoryFileSystem } from '../files/memory-file-system.ts';
import { parseOptions } from './options.ts';
import { humanSize } from './sizes.ts';
import type { Tool } from './tool.ts';

const blockBytes = 4096;

function diskBytes(tool: Tool, path: string): number {
  const stat = tool.files.lstat(path);
  return stat?.type === 'directory'
    ? blockBytes
    : stat?.type === 'file'
      ? Math.ceil(stat.size / blockBytes) * blockBytes
      : 0;
}

export function* du(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'shackmbx',
    valued: 'd',
    long: { summarize: 's', 'human-readable': 'h', all: 'a', total: 'c', bytes: 'b', 'max-depth:': 'd' },
  });
  const deepest = options.has('s') ? 0 : (options.number('d') ?? Number.POSITIVE_INFINITY);
  const shown = (bytes: number): string => {
    if (options.has('h')) return humanSize(bytes);
    if (options.has('b')) return String(bytes);
    return String(Math.ceil(bytes / (options.has('m') ? 1_048_576 : 1024)));
  };
  const visit = function* (path: string, depth: number): Routine<number> {
    const full = tool.path(path);
    let bytes = options.has('b') ? (tool.files.lstat(full)?.size ?? 0) : diskBytes(tool, full);
    if (tool.files.lstat(full)?.type !== 'directory') {
      if (depth === 0 || (options.has('a') && depth <= deepest)) yield* tool.print(`${shown(bytes)}\t${path}\n`);
      return bytes;
    }
    for (const name of tool.files.list(full)) bytes += yield* visit(`${path.replace(/\/$/, '')}/${name}`, depth + 1);
    if (depth <= deepest) yield* tool.print(`${shown(bytes)}\t${path}\n`);
    return bytes;
  };
  let total = 0;
  let hasFailed = false;
  const status = yield* tool.each(options.operands.length > 0 ? options.operands : ['.'], function* (path) {
    if (!tool.files.lstat(tool.path(path))) {
      yield* tool.complain(
        tool.isGnu ? `cannot access '${path}': No such file or directory` : `${path}: No such file or directory`,
      );
      hasFailed = true;
    } else total += yield* visit(path, 0);
  });
  if (options.has('c')) yield* tool.print(`${shown(total)}\ttotal\n`);
  return hasFailed ? 1 : status;
}

/** Differs: shows what was written to the tree's own layer, of what that layer may hold; the image below is not counted. */
export function* df(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'hkmaPTi' });
  const isHuman = options.has('h');
  const cell = (bytes: number): string => (isHuman ? humanSize(bytes) : String(Math.ceil(bytes / 1024)));
  const rows = [{ path: '/', source: 'overlay' }, ...tool.files.mounts.map(({ path, source }) => ({ path, source }))];
  const wanted = options.operands.map((path) => tool.path(path));
  yield* tool.print(
    `Filesystem           ${isHuman ? '     Size' : '1K-blocks'}      Used Available Use% Mounted on\n`,
  );
  for (const { path, source } of rows) {
    if (wanted.length > 0 && path !== mountOf(rows, wanted[0]!)) continue;
    const { used, capacity } = usage(tool, path);
    const share = capacity === 0 ? 0 : Math.ceil((used / capacity) * 100);
    yield* tool.print(
      `${source.padEnd(20)} ${cell(capacity).padStart(9)} ${cell(used).padStart(9)} ${cell(capacity - used).padStart(9)} ${`${share}%`.padStart(4)} ${path}\n`,
    );
  }
  return 0;
}

function mountOf(rows: readonly { path: string }[], wanted: string): string {
  return rows.filter(({ path }) => path === '/' || wanted === path || wanted.startsWith(`${path}/`)).at(-1)!.path;
}

const unlimitedBytes = 100 * 1024 ** 3;

function usage(tool: Tool, path: string): { used: number; capacity: number } {
  const tree = tool.files instanceof MemoryFileSystem ? tool.files.subtree(path) : undefined;
  const capacity = tree && Number.isFinite(tree.capacityBytes) ? tree.capacityBytes : unlimitedBytes;
  return { used: tree?.usedBytes ?? 0, capacity };
}
