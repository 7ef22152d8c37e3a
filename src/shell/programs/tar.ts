import { gunzipSync, gzipSync } from 'fflate';
import type { Routine } from '../../kernel/index.ts';
import { FileError } from '../file-system.ts';
import { formatTime } from '../format/strftime.ts';
import { matchesPattern } from '../interpreter/expand/pattern.ts';
import { groupName, userName } from './accounts.ts';
import { modeText } from './file-mode.ts';
import { parseOptions, UsageError, type ParsedOptions } from './options.ts';
import { readTar, writeTar, type TarEntry } from './tar-format.ts';
import type { Tool } from './tool.ts';

/** `tar`: c, x and t, of real archives. This is also what `kubectl cp` talks to. */
export function* tar(tool: Tool): Routine<number> {
  // The first word may be letters without a dash: `tar xzf file`.
  const [first, ...rest] = tool.args;
  const args = first !== undefined && /^[a-zA-Z]+$/.test(first) ? oldStyle(first, rest) : tool.args;
  const options = parseOptions(args, {
    flags: 'cxtvzjJpkmoOhSPa',
    valued: 'fCTX',
    long: {
      create: 'c',
      extract: 'x',
      get: 'x',
      list: 't',
      verbose: 'v',
      gzip: 'z',
      'file:': 'f',
      'directory:': 'C',
      'exclude:': 'exclude',
      'strip-components:': 'strip',
      'no-same-owner': 'o',
      'no-same-permissions': 'no-p',
      'preserve-permissions': 'p',
      'to-stdout': 'O',
      'keep-old-files': 'k',
      overwrite: 'overwrite',
    },
    errorStatus: 2,
  });
  if (options.has('c')) return yield* create(tool, options);
  if (options.has('x') || options.has('t')) return yield* extract(tool, options);
  throw new UsageError(
    tool.isGnu
      ? "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options"
      : 'must specify one of -c, -x, -t',
    2,
  );
}

function oldStyle(letters: string, rest: readonly string[]): string[] {
  const values = [...rest];
  const args: string[] = [];
  for (const letter of letters) {
    args.push(`-${letter}`);
    if ('fCTX'.includes(letter)) args.push(values.shift() ?? '');
  }
  return [...args, ...values];
}

function baseDirectory(tool: Tool, options: ParsedOptions): string {
  return tool.path(options.value('C') ?? '.');
}

function* create(tool: Tool, options: ParsedOptions): Routine<number> {
  const base = baseDirectory(tool, options);
  const entries: TarEntry[] = [];
  let status = 0;
  if (options.operands.length === 0)
    throw new UsageError(tool.isGnu ? 'Cowardly refusing to create an empty archive' : 'empty archive', 2);
  const toOutput = (options.value('f') ?? '-') === '-';
  const collect = function* (name: string): Routine<void> {
    if (
      options
        .values('exclude')
        .some((pattern) => matchesPattern(name, pattern) || matchesPattern(name.split('/').at(-1)!, pattern))
    )
      return;
    const path = name.startsWith('/') ? name : `${base}/${name}`;
    const stat = options.has('h') ? tool.files.stat(path) : tool.files.lstat(path);
    if (!stat) {
      yield* tool.complain(`${name}: ${tool.isGnu ? 'Cannot stat: ' : ''}No such file or directory`);
      status = tool.isGnu ? 2 : 1;
      return;
    }
    if (stat.type === 'device') return;
    const isDirectory = stat.type === 'directory';
    const stored = options.has('P') ? name : name.replace(/^\/+/, '');
    const shown = `${stored.replace(/\/+$/, '') || '.'}${isDirectory ? '/' : ''}`;
    if (options.has('v')) yield* toOutput ? tool.printError(`${shown}\n`) : tool.print(`${shown}\n`);
    try {
      entries.push({
        name: shown,
        type: stat.type,
        mode: stat.mode,
        uid: stat.uid,
        gid: stat.gid,
        modifiedMs: stat.modifiedMs,
        linkName: stat.type === 'symlink' ? tool.files.readLink(path) : '',
        content: stat.type === 'file' ? tool.files.read(path) : new Uint8Array(0),
      });
      if (isDirectory)
        for (const child of tool.files.list(path)) yield* collect(`${name.replace(/\/+$/, '')}/${child}`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.complain(`${name}: Cannot open: ${error.message}`);
      status = 2;
    }
  };
  const isAbsolute = options.operands.some((name) => name.startsWith('/'));
  if (isAbsolute && !options.has('P'))
    yield* tool.complain(
      tool.isGnu ? "Removing leading `/' from member names" : "removing leading '/' from member names",
    );
  for (const name of options.operands) yield* collect(name);
  const archive = writeTar(entries);
  const bytes = options.has('z') ? gzipSync(archive, { mtime: tool.nowMs }) : archive;
  if (toOutput) yield* tool.write(bytes);
  else tool.files.write(tool.path(options.value('f')!), bytes);
  if (status !== 0 && tool.isGnu) yield* tool.complain('Exiting with failure status due to previous errors');
  return status;
}

function* extract(tool: Tool, options: ParsedOptions): Routine<number> {
  const source = options.value('f') ?? '-';
  if (source !== '-' && !tool.files.stat(tool.path(source))) {
    yield* tool.complain(
      tool.isGnu
        ? `${source}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`
        : `can't open '${source}': No such file or directory`,
    );
    return tool.isGnu ? 2 : 1;
  }
  const entries = readTar(inflated(yield* tool.readAll(source)));
  if (!entries) {
    yield* tool.complain(
      tool.isGnu
        ? 'This does not look like a tar archive\ntar: Exiting with failure status due to previous errors'
        : 'invalid tar magic',
    );
    return tool.isGnu ? 2 : 1;
  }
  const base = baseDirectory(tool, options);
  if (options.has('x') && tool.files.stat(base)?.type !== 'directory') {
    yield* tool.complain(
      tool.isGnu
        ? `${options.value('C')}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`
        : `can't change directory to '${options.value('C')}': No such file or directory`,
    );
    return tool.isGnu ? 2 : 1;
  }
  const strip = options.number('strip') ?? 0;
  let status = 0;
  for (const entry of entries) {
    const name = entry.name.split('/').slice(strip).join('/');
    if (name === '' || !isWanted(options, entry.name)) continue;
    if (options.has('t')) {
      yield* tool.print(options.has('v') ? listing(tool, entry) : `${entry.name}\n`);
      continue;
    }
    if (options.has('v')) yield* options.has('O') ? tool.printError(`${entry.name}\n`) : tool.print(`${entry.name}\n`);
    if (options.has('O')) {
      yield* tool.write(entry.content);
      continue;
    }
    try {
      place(tool, base, { ...entry, name }, options);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.complain(
        `${tool.isGnu ? `${entry.name}: Cannot open` : `can't open '${entry.name}'`}: ${error.message}`,
      );
      status = tool.isGnu ? 2 : 1;
    }
  }
  return status;
}

/** Archives are recognised as compressed by their first bytes, whatever the options say. */
function inflated(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

function isWanted(options: ParsedOptions, name: string): boolean {
  if (options.operands.length === 0) return true;
  return options.operands.some(
    (wanted) => name === wanted || name === `${wanted}/` || name.startsWith(`${wanted.replace(/\/$/, '')}/`),
  );
}

function place(tool: Tool, base: string, entry: TarEntry, options: ParsedOptions): void {
  const { files } = tool;
  // `..` must not lead out of the directory.
  const names = entry.name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  if (names.length === 0) return;
  const path = `${base === '/' ? '' : base}/${names.join('/')}`;
  files.makeDirectory(path.slice(0, path.lastIndexOf('/')) || '/', { parents: true });
  const existing = files.lstat(path);
  if (entry.type === 'directory') {
    if (existing?.type !== 'directory') files.makeDirectory(path, { mode: entry.mode });
  } else {
    if (existing && options.has('k')) throw new FileError('EEXIST', path);
    if (existing) files.remove(path);
    if (entry.type === 'symlink') return files.link(entry.linkName, path, { symbolic: true });
    if (entry.type === 'link') return files.link(`${base}/${entry.linkName}`, path, { symbolic: false });
    files.write(path, entry.content, { mode: entry.mode });
  }
  if (tool.machine.user.uid === 0 && !options.has('o')) files.setOwner(path, entry.uid, entry.gid);
  if (!options.has('m')) files.setTimes(path, entry.modifiedMs);
}

function listing(tool: Tool, { name, type, mode, uid, gid, modifiedMs, content, linkName }: TarEntry): string {
  const owner = `${userName(tool.files, uid)}/${groupName(tool.files, gid)}`;
  const target = type === 'symlink' ? ` -> ${linkName}` : '';
  const letter = modeText({ type: type === 'link' ? 'file' : type, mode });
  return `${letter} ${owner} ${String(content.length).padStart(9)} ${formatTime('%Y-%m-%d %H:%M', modifiedMs)} ${name}${target}\n`;
}
