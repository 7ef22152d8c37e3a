import { concatBytes, sleep } from '../../kernel/index.ts';
import { UsageError, parseOptions } from './options.ts';
import { countOf, withoutOldCounts } from './head.ts';
import type { Tool } from './tool.ts';

const pollMs = 1000;

export function* tail(tool: Tool) {
  const args = withoutOldCounts(tool.args);
  const options = parseOptions(args, {
    flags: 'fFqvr',
    valued: 'ncs',
    long: { 'lines:': 'n', 'bytes:': 'c', follow: 'f', quiet: 'q', verbose: 'v', retry: 'F', 'sleep-interval:': 's' },
  });
  const text = options.value('c') ?? options.value('n') ?? '10';
  const count = countOf(text.replace(/^\+/, ''));
  if (count === undefined) throw new UsageError(`invalid number of ${options.has('c') ? 'bytes' : 'lines'}: '${text}'`);
  const fromStart = text.startsWith('+');
  const paths = options.operands.length > 0 ? options.operands : ['-'];
  const showsNames = (paths.length > 1 && !options.has('q')) || options.has('v');
  let isFirst = true;
  const offsets = new Map<string, number>();
  const status = yield* tool.each(
    paths,
    function* (path) {
      const content = yield* tool.readAll(path);
      if (showsNames) yield* tool.print(`${isFirst ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`);
      isFirst = false;
      offsets.set(path, content.length);
      yield* tool.write(
        options.has('c')
          ? lastBytes(content, Math.abs(count), fromStart)
          : lastLines(content, Math.abs(count), fromStart),
      );
    },
    (path, error) => tool.cannotOpen(path, error),
  );
  if (options.has('f') || options.has('F')) yield* follow(tool, paths, offsets, showsNames);
  return status;
}

function lastBytes(content: Uint8Array, count: number, fromStart: boolean): Uint8Array {
  if (fromStart) return content.subarray(Math.max(0, count - 1));
  return count === 0 ? new Uint8Array(0) : content.subarray(Math.max(0, content.length - count));
}

function lastLines(content: Uint8Array, count: number, fromStart: boolean): Uint8Array {
  if (fromStart) {
    let at = 0;
    for (let line = 1; line < count; line++) {
      const end = content.indexOf(10, at);
      if (end < 0) return new Uint8Array(0);
      at = end + 1;
    }
    return content.subarray(at);
  }
  if (count === 0) return new Uint8Array(0);
  let at = content.length - (content.at(-1) === 10 ? 1 : 0);
  for (let line = 0; line < count; line++) {
    const end = at <= 0 ? -1 : content.lastIndexOf(10, at - 1);
    if (end < 0) return content;
    at = end;
  }
  return content.subarray(at + 1);
}

/** `-f`: what is added from now on. `-F` also follows a file that is replaced. */
function* follow(tool: Tool, paths: readonly string[], offsets: Map<string, number>, showsNames: boolean) {
  let last = paths.at(-1);
  for (;;) {
    yield* sleep(tool.machine.processes.turns, pollMs);
    for (const path of paths) {
      const stat = path === '-' ? undefined : tool.files.stat(tool.path(path));
      const offset = offsets.get(path) ?? 0;
      if (!stat || stat.size === offset) continue;
      if (stat.size < offset) yield* tool.complain(`${path}: file truncated`);
      const from = stat.size < offset ? 0 : offset;
      const added = tool.files.read(tool.path(path)).subarray(from);
      if (showsNames && last !== path) yield* tool.print(`\n==> ${path} <==\n`);
      last = path;
      offsets.set(path, stat.size);
      yield* tool.write(concatBytes([added]));
    }
  }
}
