import { gunzipSync, gzipSync } from 'fflate';
import type { Routine } from '../../kernel/index.ts';
import { parseOptions } from './options.ts';
import type { Tool } from './tool.ts';

/** `gzip`, `gunzip` and `zcat`. */
export function* gzip(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'cdfkvqn123456789lrt',
    long: { stdout: 'c', decompress: 'd', force: 'f', keep: 'k' },
  });
  const inflates = options.has('d') || tool.name === 'gunzip' || tool.name === 'zcat';
  const toOutput = options.has('c') || tool.name === 'zcat' || options.operands.length === 0;
  const level = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((each) => options.has(String(each))) as
    1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | undefined;
  let status = 0;
  for (const path of options.operands.length > 0 ? options.operands : ['-']) {
    if (path !== '-' && tool.files.stat(tool.path(path))?.type !== 'file') {
      yield* tool.complain(
        tool.files.stat(tool.path(path)) ? `${path} is a directory -- ignored` : `${path}: No such file or directory`,
      );
      status = 1;
      continue;
    }
    const bytes = yield* tool.readAll(path);
    let result: Uint8Array;
    if (inflates) {
      if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
        yield* tool.complain(
          tool.isGnu ? `\n${tool.name}: ${path === '-' ? 'stdin' : path}: not in gzip format` : 'invalid magic',
        );
        status = 1;
        continue;
      }
      result = gunzipSync(bytes);
    } else result = gzipSync(bytes, { mtime: tool.nowMs, level: level ?? 6 });
    if (toOutput) {
      yield* tool.write(result);
      continue;
    }
    const target = inflates ? path.replace(/\.t?gz$/, '') : `${path}.gz`;
    if (inflates && target === path) {
      yield* tool.complain(tool.isGnu ? `${path}: unknown suffix -- ignored` : `${path}: unknown suffix - ignored`);
      status = 1;
      continue;
    }
    tool.files.write(tool.path(target), result);
    if (!options.has('k')) tool.files.remove(tool.path(path));
  }
  return status;
}
