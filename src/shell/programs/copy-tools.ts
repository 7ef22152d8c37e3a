import type { Routine } from '../../kernel/index.ts';
import { FileError } from '../file-system.ts';
import { parseOptions, UsageError, type ParsedOptions } from './options.ts';
import type { Tool } from './tool.ts';

function baseName(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) || '/';
}

interface Transfer {
  readonly from: string;
  readonly to: string;
}

/** `SOURCE… DIRECTORY`, `SOURCE DEST` or `-t DIRECTORY SOURCE…` as pairs. */
function transfersOf(tool: Tool, options: ParsedOptions): Transfer[] {
  const operands = [...options.operands];
  if (operands.length === 0) throw new UsageError('missing file operand');
  const given = options.value('t');
  if (given === undefined && operands.length === 1)
    throw new UsageError(`missing destination file operand after '${operands[0]}'`);
  const target = given ?? operands.pop()!;
  const isDirectory = !options.has('T') && tool.files.stat(tool.path(target))?.type === 'directory';
  if (operands.length > 1 && !isDirectory) {
    throw new UsageError(
      tool.isGnu
        ? `target '${target}': ${tool.files.stat(tool.path(target)) ? 'Not a directory' : 'No such file or directory'}`
        : `target '${target}' is not a directory`,
      1,
      false,
    );
  }
  return operands.map((from) => ({
    from,
    to: isDirectory ? `${target.replace(/\/$/, '')}/${baseName(from)}` : target,
  }));
}

export function* cp(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'rRafpvidnuTLPH',
    valued: 't',
    long: {
      recursive: 'r',
      archive: 'a',
      force: 'f',
      preserve: 'p',
      verbose: 'v',
      'no-clobber': 'n',
      update: 'u',
      'target-directory:': 't',
      'no-target-directory': 'T',
      dereference: 'L',
    },
  });
  let status = 0;
  for (const { from, to } of transfersOf(tool, options)) {
    try {
      yield* copyOne(tool, options, from, to);
    } catch (error) {
      if (!(error instanceof CopyRefusal)) {
        if (!(error instanceof FileError)) throw error;
        yield* tool.complain(copyProblem(tool, error, from, to));
      } else yield* tool.complain(error.message);
      status = 1;
    }
  }
  return status;
}

class CopyRefusal extends Error {}

function copyProblem(tool: Tool, error: FileError, from: string, to: string): string {
  if (!tool.isGnu)
    return error.path === tool.path(from)
      ? `can't stat '${from}': ${error.message}`
      : `can't create '${to}': ${error.message}`;
  if (error.path !== tool.path(from)) return `cannot create regular file '${to}': ${error.message}`;
  return error.errno === 'EACCES'
    ? `cannot open '${from}' for reading: ${error.message}`
    : `cannot stat '${from}': ${error.message}`;
}

function* copyOne(tool: Tool, options: ParsedOptions, from: string, to: string): Routine<void> {
  const { files } = tool;
  const [source, target] = [tool.path(from), tool.path(to)];
  const isRecursive = ['r', 'R', 'a'].some((option) => options.has(option));
  const keepsLinks = (isRecursive || options.has('P') || options.has('d')) && !options.has('L');
  const stat = keepsLinks ? files.lstat(source) : files.stat(source);
  if (!stat) throw new FileError('ENOENT', source);
  if (stat.type === 'directory') {
    if (!isRecursive)
      throw new CopyRefusal(
        tool.isGnu ? `-r not specified; omitting directory '${from}'` : `omitting directory '${from}'`,
      );
    if (`${files.stat(target) ? files.realPath(target) : target}/`.startsWith(`${files.realPath(source)}/`)) {
      throw new CopyRefusal(`cannot copy a directory, '${from}', into itself, '${to}'`);
    }
    if (!files.stat(target)) files.makeDirectory(target, { mode: stat.mode });
    for (const name of files.list(source)) yield* copyOne(tool, options, `${from}/${name}`, `${to}/${name}`);
  } else {
    const existing = files.stat(target);
    if (existing && files.realPath(target) === files.realPath(source) && stat.type !== 'symlink')
      throw new CopyRefusal(`'${from}' and '${to}' are the same file`);
    if (existing?.type === 'directory')
      throw new CopyRefusal(`cannot overwrite directory '${to}' with non-directory '${from}'`);
    if (existing && (options.has('n') || (options.has('u') && existing.modifiedMs >= stat.modifiedMs))) return;
    if (stat.type === 'symlink') {
      if (files.lstat(target)) files.remove(target);
      files.link(files.readLink(source), target, { symbolic: true });
    } else if (!existing && to.endsWith('/') && tool.isGnu) {
      throw new CopyRefusal(`cannot create regular file '${to}': Not a directory`);
    } else if (existing) files.write(target, files.read(source));
    else files.write(target, files.read(source), { mode: stat.mode & 0o777 });
  }
  if ((options.has('p') || options.has('a')) && stat.type !== 'symlink') {
    files.setMode(target, stat.mode);
    if (tool.machine.user.uid === 0) files.setOwner(target, stat.uid, stat.gid);
    files.setTimes(target, stat.modifiedMs);
  }
  if (options.has('v')) yield* tool.print(`'${from}' -> '${to}'\n`);
}

export function* mv(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'fivnuT',
    valued: 't',
    long: {
      force: 'f',
      verbose: 'v',
      'no-clobber': 'n',
      update: 'u',
      'target-directory:': 't',
      'no-target-directory': 'T',
    },
  });
  let status = 0;
  for (const { from, to } of transfersOf(tool, options)) {
    try {
      const [source, target] = [tool.path(from), tool.path(to)];
      if (!tool.files.lstat(source)) throw new FileError('ENOENT', source);
      if (options.has('n') && tool.files.lstat(target)) continue;
      try {
        tool.files.rename(source, target);
      } catch (error) {
        if (!(error instanceof FileError) || error.errno !== 'EXDEV') throw error;
        // Another file system: copy, then remove.
        yield* copyOne(tool, parseOptions(['-a'], { flags: 'a' }), from, to);
        tool.files.remove(source, { recursive: true });
      }
      if (options.has('v')) yield* tool.print(`renamed '${from}' -> '${to}'\n`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.complain(moveProblem(tool, error, from, to));
      status = 1;
    }
  }
  return status;
}

function moveProblem(tool: Tool, { errno, message }: FileError, from: string, to: string): string {
  if (!tool.isGnu) return `can't rename '${from}': ${message}`;
  const isMissing = !tool.files.lstat(tool.path(from));
  if (errno === 'ENOENT' && isMissing) return `cannot stat '${from}': ${message}`;
  if (errno === 'EINVAL') return `cannot move '${from}' to a subdirectory of itself, '${to}'`;
  return `cannot move '${from}' to '${to}': ${message}`;
}

export function* ln(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'sfnvTr',
    valued: 't',
    long: { symbolic: 's', force: 'f', 'no-dereference': 'n', verbose: 'v', 'no-target-directory': 'T' },
  });
  if (options.operands.length === 1) options.operands.push('.');
  const symbolic = options.has('s');
  let status = 0;
  for (const { from, to } of transfersOf(tool, options.has('n') ? withoutFollowing(tool, options) : options)) {
    try {
      const target = tool.path(to);
      if (options.has('f') && tool.files.lstat(target)) tool.files.remove(target);
      tool.files.link(symbolic ? from : tool.path(from), target, { symbolic });
      if (options.has('v')) yield* tool.print(`'${to}' -> '${from}'\n`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const kind = symbolic ? 'symbolic' : 'hard';
      const isMissing = !symbolic && !tool.files.lstat(tool.path(from));
      if (!tool.isGnu) yield* tool.complain(`${to}: ${error.message}`);
      else if (isMissing) yield* tool.complain(`failed to access '${from}': ${error.message}`);
      else if (error.errno === 'EPERM') yield* tool.complain(`${from}: hard link not allowed for directory`);
      else yield* tool.complain(`failed to create ${kind} link '${to}': ${error.message}`);
      status = 1;
    }
  }
  return status;
}

/** `-n`: a link to a directory is replaced, not entered. */
function withoutFollowing(tool: Tool, options: ParsedOptions): ParsedOptions {
  const last = options.operands.at(-1);
  const isLink = last !== undefined && tool.files.lstat(tool.path(last))?.type === 'symlink';
  return isLink ? { ...options, has: (name) => name === 'T' || options.has(name) } : options;
}
