import type { Routine } from '../../kernel/index.ts';
import { FileError, type FileStat } from '../file-system.ts';
import { formatTime } from '../format/strftime.ts';
import { groupName, groups, userName, users } from './accounts.ts';
import { parseDate } from './date-parse.ts';
import { changeMode, modeText } from './file-mode.ts';
import { parseOptions, UsageError } from './options.ts';
import type { Tool } from './tool.ts';

export function* touch(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'cam',
    valued: 'drt',
    long: { 'no-create': 'c', 'date:': 'd', 'reference:': 'r' },
  });
  if (options.operands.length === 0) throw new UsageError('missing file operand');
  const reference = options.value('r');
  const date = options.value('d');
  const timeMs =
    reference !== undefined
      ? tool.files.stat(tool.path(reference))?.modifiedMs
      : date !== undefined
        ? parseDate(date, tool.nowMs)
        : tool.nowMs;
  if (timeMs === undefined)
    throw new UsageError(
      date !== undefined
        ? `invalid date format ‘${date}’`
        : `failed to get attributes of '${reference}': No such file or directory`,
    );
  let status = 0;
  for (const path of options.operands) {
    try {
      const full = tool.path(path);
      if (!tool.files.stat(full)) {
        if (options.has('c')) continue;
        tool.files.write(full, new Uint8Array(0), { mode: 0o644 });
      }
      tool.files.setTimes(full, timeMs);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.complain(tool.isGnu ? `cannot touch '${path}': ${error.message}` : `${path}: ${error.message}`);
      status = 1;
    }
  }
  return status;
}

/** Changes each file, with all below it when `-R` is given. */
function* changeEach(
  tool: Tool,
  paths: readonly string[],
  recursive: boolean,
  verb: string,
  change: (path: string, stat: FileStat) => void,
): Routine<number> {
  let status = 0;
  const visit = function* (path: string): Routine<void> {
    const full = tool.path(path);
    try {
      const stat = tool.files.stat(full);
      if (!stat) {
        yield* tool.complain(
          tool.isGnu ? `cannot access '${path}': No such file or directory` : `${path}: No such file or directory`,
        );
        status = 1;
        return;
      }
      change(full, stat);
      if (recursive && tool.files.lstat(full)!.type === 'directory')
        for (const name of tool.files.list(full)) yield* visit(`${path}/${name}`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.complain(
        tool.isGnu ? `changing ${verb} of '${path}': ${error.message}` : `${path}: ${error.message}`,
      );
      status = 1;
    }
  };
  for (const path of paths) yield* visit(path);
  return status;
}

export function* chmod(tool: Tool): Routine<number> {
  // `chmod -x file`: what looks like an option is a mode.
  const modeAt = tool.args.findIndex((arg) => /^-[rwxXst]+$/.test(arg));
  const args = modeAt < 0 ? tool.args : [...tool.args.slice(0, modeAt), ...tool.args.slice(modeAt + 1)];
  const options = parseOptions(args, { flags: 'Rvcf', long: { recursive: 'R', verbose: 'v' } });
  const operands = modeAt < 0 ? options.operands : [tool.args[modeAt]!, ...options.operands];
  const [mode, ...paths] = operands;
  if (mode === undefined) throw new UsageError('missing operand');
  if (paths.length === 0) throw new UsageError(`missing operand after '${mode}'`);
  if (changeMode(mode, 0, false) === undefined)
    throw new UsageError(tool.isGnu ? `invalid mode: ‘${mode}’` : `invalid mode '${mode}'`);
  return yield* changeEach(tool, paths, options.has('R'), 'permissions', (path, stat) =>
    tool.files.setMode(path, changeMode(mode, stat.mode, stat.type === 'directory')!),
  );
}

export function* chown(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'RvhLP', long: { recursive: 'R' } });
  const [owner, ...paths] = options.operands;
  if (owner === undefined) throw new UsageError('missing operand');
  if (paths.length === 0) throw new UsageError(`missing operand after '${owner}'`);
  const onlyGroup = tool.name === 'chgrp';
  const [user, group] = onlyGroup ? ['', owner] : owner.split(/[:.]/);
  const uid = idOf(user!, users(tool.files));
  const gid = group === undefined || group === '' ? undefined : idOf(group, groups(tool.files));
  if (user !== '' && uid === undefined)
    throw new UsageError(tool.isGnu ? `invalid user: '${owner}'` : `unknown user ${user}`);
  if (group && gid === undefined)
    throw new UsageError(tool.isGnu ? `invalid group: '${owner}'` : `unknown group ${group}`);
  return yield* changeEach(tool, paths, options.has('R'), 'ownership', (path, stat) =>
    tool.files.setOwner(path, uid ?? stat.uid, gid ?? stat.gid),
  );
}

function idOf(text: string, accounts: readonly { name: string; id: number }[]): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  return accounts.find(({ name }) => name === text)?.id ?? (text === 'root' ? 0 : undefined);
}

export function* stat(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'Lt',
    valued: 'c',
    long: { 'format:': 'c', 'printf:': 'printf', dereference: 'L' },
  });
  if (options.operands.length === 0) throw new UsageError('missing operand');
  let status = 0;
  for (const path of options.operands) {
    const full = tool.path(path);
    const found = options.has('L') ? tool.files.stat(full) : tool.files.lstat(full);
    if (!found) {
      yield* tool.complain(
        tool.isGnu
          ? `cannot statx '${path}': No such file or directory`
          : `can't stat '${path}': No such file or directory`,
      );
      status = 1;
      continue;
    }
    const format = options.value('c');
    if (format !== undefined) yield* tool.print(`${formatStat(tool, format, path, found)}\n`);
    else yield* tool.print(formatStat(tool, statLayout, path, found));
  }
  return status;
}

const typeNames: Readonly<Record<FileStat['type'], string>> = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  device: 'character special file',
};

const statLayout = `  File: %N
  Size: %s\tBlocks: %b\tIO Block: 4096   %F
Device: 0,42\tInode: %i\tLinks: %h
Access: (%04a/%A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)
Access: %y
Modify: %y
Change: %y
 Birth: -
`;

function formatStat(tool: Tool, format: string, path: string, found: FileStat): string {
  return format.replace(/%(0?)(\d*)([A-Za-z%])/g, (_, zero: string, width: string, letter: string) =>
    statField(tool, letter, path, found).padStart(Number(width || 0), zero === '' ? ' ' : '0'),
  );
}

function statField(tool: Tool, letter: string, path: string, found: FileStat): string {
  const { files } = tool;
  switch (letter) {
    case 'n':
      return path;
    case 'N':
      return found.type === 'symlink' ? `${path} -> ${files.readLink(tool.path(path))}` : path;
    case 's':
      return String(found.size);
    case 'b':
      return String(Math.ceil(found.size / 4096) * 8);
    case 'B':
      return '512';
    case 'F':
      return found.type === 'file' && found.size === 0 ? 'regular empty file' : typeNames[found.type];
    case 'a':
      return found.mode.toString(8);
    case 'A':
      return modeText(found);
    case 'i':
      return String(found.inode);
    case 'h':
      return String(found.links);
    case 'u':
      return String(found.uid);
    case 'U':
      return userName(files, found.uid);
    case 'g':
      return String(found.gid);
    case 'G':
      return groupName(files, found.gid);
    case 'x':
    case 'y':
    case 'z':
      return formatTime('%Y-%m-%d %H:%M:%S.%N %z', found.modifiedMs);
    case 'X':
    case 'Y':
    case 'Z':
      return String(Math.floor(found.modifiedMs / 1000));
    case '%':
      return '%';
    default:
      return '?';
  }
}
