import type { Routine } from '../../kernel/index.ts';
import { FileError } from '../file-system.ts';
import { logicalPath } from '../interpreter/builtins/directories.ts';
import { parseOptions, UsageError } from './options.ts';
import type { Tool } from './tool.ts';

export function* basename(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'az', valued: 's', long: { multiple: 'a', 'suffix:': 's' } });
  const [first, second] = options.operands;
  if (first === undefined) throw new UsageError('missing operand');
  const isMany = options.has('a') || options.has('s');
  const suffix = options.value('s') ?? (isMany ? '' : (second ?? ''));
  for (const path of isMany ? options.operands : [first]) {
    const name = /^\/+$/.test(path) ? '/' : (path.replace(/\/+$/, '').split('/').at(-1) ?? '');
    yield* tool.print(
      `${suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
    );
  }
  return 0;
}

export function* dirname(tool: Tool): Routine<number> {
  const { operands } = parseOptions(tool.args, { flags: 'z' });
  if (operands.length === 0) throw new UsageError('missing operand');
  for (const path of operands)
    yield* tool.print(`${path.replace(/\/+$/, '').replace(/\/*[^/]*$/, '') || (path.startsWith('/') ? '/' : '.')}\n`);
  return 0;
}

export function* realpath(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'emsqLP' });
  if (options.operands.length === 0) throw new UsageError('missing operand');
  let status = 0;
  for (const path of options.operands) {
    try {
      yield* tool.print(
        `${options.has('m') || options.has('s') ? logicalPath(tool.path(path)) : resolveMost(tool, path, options.has('e'))}\n`,
      );
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (!options.has('q')) yield* tool.complain(`${path}: ${error.message}`);
      status = 1;
    }
  }
  return status;
}

/** The real path; the last name need not exist. */
function resolveMost(tool: Tool, path: string, mustExist: boolean): string {
  const full = tool.path(path);
  if (mustExist || tool.files.stat(full)) return tool.files.realPath(full);
  const parent = tool.files.realPath(full.replace(/\/+[^/]*\/*$/, '') || '/');
  return `${parent === '/' ? '' : parent}/${full.replace(/\/+$/, '').split('/').at(-1)}`;
}

export function* readlink(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'femnsqvz', long: { canonicalize: 'f' } });
  if (options.operands.length === 0) throw new UsageError('missing operand');
  let status = 0;
  for (const path of options.operands) {
    try {
      const text =
        options.has('f') || options.has('e')
          ? resolveMost(tool, path, options.has('e'))
          : tool.files.readLink(tool.path(path));
      yield* tool.print(`${text}${options.has('n') ? '' : '\n'}`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      status = 1;
    }
  }
  return status;
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export function* mktemp(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'dqut',
    valued: 'p',
    long: { directory: 'd', 'dry-run': 'u', 'tmpdir:': 'p', 'suffix:': 'suffix' },
  });
  const given = options.operands[0];
  const directory =
    options.value('p') ??
    (given === undefined || options.has('t') ? (tool.context.environment.get('TMPDIR') ?? '/tmp') : undefined);
  const template = given ?? 'tmp.XXXXXXXXXX';
  const run = /X{3,}(?=[^X]*$)/.exec(template);
  if (!run) {
    yield* tool.complain(`too few X's in template ‘${template}’`);
    return 1;
  }
  const name =
    template.slice(0, run.index) +
    tool.machine.random.text(run[0].length, letters) +
    template.slice(run.index + run[0].length) +
    (options.value('suffix') ?? '');
  const path = directory === undefined ? name : `${directory}/${name}`;
  try {
    if (options.has('d')) tool.files.makeDirectory(tool.path(path), { mode: 0o700 });
    else if (!options.has('u')) tool.files.write(tool.path(path), new Uint8Array(0), { mode: 0o600 });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield* tool.complain(
      `failed to create ${options.has('d') ? 'directory' : 'file'} via template ‘${directory === undefined ? template : `${directory}/${template}`}’: ${error.message}`,
    );
    return 1;
  }
  yield* tool.print(`${path}\n`);
  return 0;
}
