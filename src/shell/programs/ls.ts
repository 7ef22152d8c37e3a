import { FileError, type FileStat } from '../file-system.ts';
import { formatTime } from '../format/strftime.ts';
import type { Routine } from '../../kernel/index.ts';
import { groupName, userName } from './accounts.ts';
import { modeText } from './file-mode.ts';
import { parseOptions, type ParsedOptions } from './options.ts';
import { humanSize } from './sizes.ts';
import { compareVersions } from './sort.ts';
import type { Tool } from './tool.ts';

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: FileStat;
}

export function* ls(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'laA1RhtSrdFpinsckuXUvgoCxmNQLHGTqbB',
    long: {
      all: 'a',
      'almost-all': 'A',
      recursive: 'R',
      'human-readable': 'h',
      reverse: 'r',
      directory: 'd',
      classify: 'F',
      inode: 'i',
      'numeric-uid-gid': 'n',
      color: 'color',
      'full-time': 'full',
      'group-directories-first': 'dirs',
      'time-style:': 'style',
      'sort:': 'sort',
    },
    errorStatus: 2,
  });
  const paths = options.operands.length > 0 ? options.operands : ['.'];
  const files: Entry[] = [];
  const directories: Entry[] = [];
  let status = 0;
  for (const path of paths) {
    const follows = !options.has('l') || options.has('L') || path.endsWith('/');
    const full = tool.path(path);
    const stat = (follows && !options.has('d') ? tool.files.stat(full) : undefined) ?? tool.files.lstat(full);
    if (!stat) {
      yield* tool.complain(
        tool.isGnu ? `cannot access '${path}': ${reasonFor(tool, full)}` : `${path}: ${reasonFor(tool, full)}`,
      );
      status = tool.isGnu ? 2 : 1;
    } else
      (stat.type === 'directory' && !options.has('d') ? directories : files).push({ name: path, path: full, stat });
  }
  yield* show(tool, options, sorted(options, files), false);
  let isFirst = files.length === 0;
  const showsNames = paths.length > 1 || options.has('R');
  const queue = sorted(options, directories);
  while (queue.length > 0) {
    const directory = queue.shift()!;
    if (showsNames) yield* tool.print(`${isFirst ? '' : '\n'}${directory.name}:\n`);
    isFirst = false;
    try {
      const entries = sorted(options, entriesOf(tool, options, directory));
      yield* show(tool, options, entries, true);
      if (options.has('R')) {
        const below = entries.filter(({ name, stat }) => stat.type === 'directory' && name !== '.' && name !== '..');
        queue.unshift(
          ...below.map((entry) => ({ ...entry, name: `${directory.name.replace(/\/$/, '')}/${entry.name}` })),
        );
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.complain(
        tool.isGnu
          ? `cannot open directory '${directory.name}': ${error.message}`
          : `can't open '${directory.name}': ${error.message}`,
      );
      status = tool.isGnu ? 2 : 1;
    }
  }
  return status;
}

function reasonFor(tool: Tool, path: string): string {
  try {
    tool.files.realPath(path);
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
  return 'No such file or directory';
}

function entriesOf(tool: Tool, options: ParsedOptions, { path }: Entry): Entry[] {
  const names = tool.files.list(path).filter((name) => options.has('a') || options.has('A') || !name.startsWith('.'));
  const all = options.has('a') ? ['.', '..', ...names] : names;
  return all.flatMap((name) => {
    const child = `${path === '/' ? '' : path}/${name}`;
    const stat = options.has('L') ? tool.files.stat(child) : tool.files.lstat(child);
    return stat ? [{ name, path: child, stat }] : [];
  });
}

function sorted(options: ParsedOptions, entries: readonly Entry[]): Entry[] {
  if (options.has('U')) return [...entries];
  const byName = (a: Entry, b: Entry): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const compare = (a: Entry, b: Entry): number => {
    if (options.has('t')) return b.stat.modifiedMs - a.stat.modifiedMs || byName(a, b);
    if (options.has('S')) return b.stat.size - a.stat.size || byName(a, b);
    if (options.has('v')) return compareVersions(a.name, b.name);
    if (options.has('X')) return extension(a.name).localeCompare(extension(b.name)) || byName(a, b);
    return byName(a, b);
  };
  const result = entries.toSorted(compare);
  if (options.has('r')) result.reverse();
  if (options.has('dirs'))
    result.sort((a, b) => Number(b.stat.type === 'directory') - Number(a.stat.type === 'directory'));
  return result;
}

function extension(name: string): string {
  return /\.([^.]*)$/.exec(name)?.[1] ?? '';
}

function* show(tool: Tool, options: ParsedOptions, entries: readonly Entry[], isDirectory: boolean): Routine<void> {
  if (['l', 'n', 'g', 'o', 'full'].some((option) => options.has(option)))
    return yield* showLong(tool, options, entries, isDirectory);
  const names = entries.map(
    (entry) => `${options.has('i') ? `${entry.stat.inode} ` : ''}${labelOf(tool, options, entry)}`,
  );
  if (names.length === 0) return;
  if (options.has('m')) return yield* tool.print(`${wrapped(names, tool.context.stdout.terminal?.columns ?? 80)}\n`);
  const { terminal } = tool.context.stdout;
  if (!terminal || options.has('1')) return yield* tool.print(`${names.join('\n')}\n`);
  yield* tool.print(columns(names, terminal.columns));
}

/** `-m`: a list with commas, broken before it gets too wide. */
function wrapped(names: readonly string[], width: number): string {
  const lines: string[] = [];
  let line = '';
  names.forEach((name, index) => {
    const piece = name + (index < names.length - 1 ? ',' : '');
    if (line !== '' && line.length + 1 + piece.length >= width) {
      lines.push(line);
      line = piece;
    } else line = line === '' ? piece : `${line} ${piece}`;
  });
  return [...lines, line].join('\n');
}

/** As many columns as fit, filled downwards. */
function columns(names: readonly string[], width: number): string {
  for (let rows = 1; rows < names.length; rows++) {
    const count = Math.ceil(names.length / rows);
    const widths = Array.from({ length: count }, (_, column) =>
      Math.max(...names.slice(column * rows, (column + 1) * rows).map((name) => name.length)),
    );
    if (widths.reduce((sum, each) => sum + each + 2, -2) > width) continue;
    const lines = Array.from({ length: rows }, (_, row) =>
      widths
        .map((each, column) => (names[column * rows + row] ?? '').padEnd(each))
        .join('  ')
        .trimEnd(),
    );
    return `${lines.join('\n')}\n`;
  }
  return `${names.join('\n')}\n`;
}

function labelOf(tool: Tool, options: ParsedOptions, { name, path, stat }: Entry): string {
  const shown = tool.isGnu && tool.context.stdout.terminal && /[\s'"\\$*?]/.test(name) ? `'${name}'` : name;
  if (options.has('p') || options.has('F')) {
    if (stat.type === 'directory') return `${shown}/`;
    if (options.has('p') && !options.has('F')) return shown;
    if (stat.type === 'symlink') return `${shown}${options.has('l') ? '' : '@'}`;
    if (stat.type === 'file' && (stat.mode & 0o111) !== 0) return `${shown}*`;
  }
  void path;
  return shown;
}

function* showLong(tool: Tool, options: ParsedOptions, entries: readonly Entry[], isDirectory: boolean): Routine<void> {
  const { files } = tool;
  const blocks = entries.reduce(
    (sum, { stat }) =>
      sum + Math.ceil((stat.type === 'file' ? stat.size : stat.type === 'directory' ? 4096 : 0) / 4096) * 4,
    0,
  );
  if (isDirectory) yield* tool.print(`total ${options.has('h') ? humanSize(blocks * 1024) : blocks}\n`);
  const rows = entries.map((entry) => {
    const { stat } = entry;
    const isNumeric = options.has('n');
    return {
      entry,
      links: String(stat.links),
      owner: isNumeric ? String(stat.uid) : userName(files, stat.uid),
      group: isNumeric ? String(stat.gid) : groupName(files, stat.gid),
      size: stat.type === 'device' ? '1, 3' : options.has('h') ? humanSize(stat.size) : String(stat.size),
    };
  });
  const width = (key: 'links' | 'owner' | 'group' | 'size'): number =>
    Math.max(0, ...rows.map((row) => row[key].length));
  const widths = { links: width('links'), owner: width('owner'), group: width('group'), size: width('size') };
  if (!tool.isGnu)
    Object.assign(widths, {
      links: Math.max(4, widths.links + 2),
      owner: Math.max(8, widths.owner),
      group: Math.max(8, widths.group),
      size: Math.max(9, widths.size),
    });
  for (const { entry, links, owner, group, size } of rows) {
    const target = entry.stat.type === 'symlink' ? ` -> ${files.readLink(entry.path)}` : '';
    const parts = [
      options.has('i') ? String(entry.stat.inode) : undefined,
      modeText(entry.stat),
      links.padStart(widths.links),
      options.has('g') ? undefined : owner.padEnd(widths.owner),
      options.has('o') ? undefined : group.padEnd(widths.group),
      size.padStart(widths.size),
      timeText(tool, options, entry.stat.modifiedMs),
      labelOf(tool, options, entry),
    ];
    yield* tool.print(`${parts.filter((part) => part !== undefined).join(' ')}${target}\n`);
  }
}

const halfYearMs = 15_778_476_000;

function timeText(tool: Tool, options: ParsedOptions, ms: number): string {
  if (options.has('full')) return formatTime('%Y-%m-%d %H:%M:%S.%N %z', ms);
  const style = options.value('style');
  if (style?.startsWith('+')) return formatTime(style.slice(1), ms);
  if (style === 'long-iso') return formatTime('%Y-%m-%d %H:%M', ms);
  const isRecent = ms <= tool.nowMs + 60_000 && tool.nowMs - ms < halfYearMs;
  return formatTime(isRecent ? '%b %e %H:%M' : '%b %e  %Y', ms);
}
