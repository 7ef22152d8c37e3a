import type { Routine } from '../../kernel/index.ts';
import { FileError } from '../file-system.ts';
import { changeMode } from './file-mode.ts';
import { parseOptions, UsageError } from './options.ts';
import type { Tool } from './tool.ts';

export function* mkdir(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'pv',
    valued: 'm',
    long: { parents: 'p', 'mode:': 'm', verbose: 'v' },
  });
  if (options.operands.length === 0) throw new UsageError('missing operand');
  const mode = changeMode(options.value('m') ?? '755', 0o777, true);
  if (mode === undefined) throw new UsageError(`invalid mode ‘${options.value('m')}’`);
  let status = 0;
  for (const path of options.operands) {
    try {
      tool.files.makeDirectory(tool.path(path), { parents: options.has('p'), mode });
      if (options.has('v'))
        yield* tool.print(tool.isGnu ? `mkdir: created directory '${path}'\n` : `created directory: '${path}'\n`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.complain(
        tool.isGnu
          ? `cannot create directory ‘${path}’: ${error.message}`
          : `can't create directory '${path}': ${error.message}`,
      );
      status = 1;
    }
  }
  return status;
}

export function* rmdir(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'pv', long: { parents: 'p', 'ignore-fail-on-non-empty': 'i' } });
  if (options.operands.length === 0) throw new UsageError('missing operand');
  let status = 0;
  for (const operand of options.operands) {
    const names = operand.replace(/\/+$/, '').split('/');
    const paths = options.has('p')
      ? names.map((_, index) => names.slice(0, names.length - index).join('/')).filter((path) => path !== '')
      : [operand];
    try {
      for (const path of paths) {
        if (tool.files.lstat(tool.path(path))?.type !== 'directory' && tool.files.lstat(tool.path(path)))
          throw new FileError('ENOTDIR', path);
        tool.files.remove(tool.path(path));
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (options.has('i') && error.errno === 'ENOTEMPTY') continue;
      yield* tool.complain(
        tool.isGnu ? `failed to remove '${operand}': ${error.message}` : `'${operand}': ${error.message}`,
      );
      status = 1;
    }
  }
  return status;
}

export function* rm(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'rRfdiIv',
    long: { recursive: 'r', force: 'f', dir: 'd', verbose: 'v', 'no-preserve-root': 'root' },
  });
  if (options.operands.length === 0) {
    if (options.has('f')) return 0;
    throw new UsageError('missing operand');
  }
  const recursive = options.has('r') || options.has('R');
  let status = 0;
  const refuse = function* (path: string, reason: string): Routine<void> {
    yield* tool.complain(tool.isGnu ? `cannot remove '${path}': ${reason}` : `can't remove '${path}': ${reason}`);
    status = 1;
  };
  for (const path of options.operands) {
    const full = tool.path(path);
    if (recursive && tool.isGnu && /^\/+$/.test(full) && !options.has('root')) {
      yield* tool.complain(
        "it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe",
      );
      status = 1;
      continue;
    }
    if (/(?:^|\/)\.\.?\/*$/.test(path)) {
      yield* tool.complain(`refusing to remove '.' or '..' directory: skipping '${path}'`);
      status = 1;
      continue;
    }
    const stat = tool.files.lstat(full.replace(/(.)\/+$/, '$1'));
    if (!stat) {
      if (!options.has('f')) yield* refuse(path, 'No such file or directory');
      continue;
    }
    if (stat.type === 'directory' && !recursive && !options.has('d')) {
      yield* tool.complain(tool.isGnu ? `cannot remove '${path}': Is a directory` : `'${path}' is a directory`);
      status = 1;
      continue;
    }
    try {
      tool.files.remove(full.replace(/(.)\/+$/, '$1'), { recursive });
      if (options.has('v')) yield* tool.print(`removed ${stat.type === 'directory' ? 'directory ' : ''}'${path}'\n`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* refuse(error.path.startsWith(full) ? path + error.path.slice(full.length) : path, error.message);
    }
  }
  return status;
}
