import { UsageError, parseOptions } from './options.ts';
import type { Tool } from './tool.ts';

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 512,
  k: 1024,
  K: 1024,
  kB: 1000,
  m: 1_048_576,
  M: 1_048_576,
  G: 1_073_741_824,
};

/** `10`, `2k`: a count, or undefined. */
export function countOf(text: string): number | undefined {
  const match = /^([-+]?\d+)(b|kB|k|K|m|M|G)?$/.exec(text);
  return match ? Number(match[1]) * units[match[2] ?? '']! : undefined;
}

/** `head -5` is `head -n 5`, and `tail +5` is `tail -n +5`. */
export function withoutOldCounts(args: readonly string[]): string[] {
  return args.map((arg, index) => {
    if (/^-[nc]$/.test(args[index - 1] ?? '')) return arg;
    return arg.replace(/^-(\d+)$/, '-n$1').replace(/^(\+\d+)$/, '-n$1');
  });
}

export function* head(tool: Tool) {
  const args = withoutOldCounts(tool.args);
  const options = parseOptions(args, {
    flags: 'qv',
    valued: 'nc',
    long: { 'lines:': 'n', 'bytes:': 'c', quiet: 'q', verbose: 'v' },
  });
  const text = options.value('c') ?? options.value('n') ?? '10';
  const count = countOf(text);
  if (count === undefined) throw new UsageError(`invalid number of ${options.has('c') ? 'bytes' : 'lines'}: '${text}'`);
  const paths = options.operands.length > 0 ? options.operands : ['-'];
  const showsNames = (paths.length > 1 && !options.has('q')) || options.has('v');
  let isFirst = true;
  return yield* tool.each(
    paths,
    function* (path) {
      const reader = tool.reader(path);
      if (showsNames) yield* tool.print(`${isFirst ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`);
      isFirst = false;
      if (options.has('c')) {
        const bytes = count < 0 ? (yield* reader.all()).slice(0, count) : yield* upTo(reader, count);
        return yield* tool.write(bytes);
      }
      if (count < 0) {
        const lines = [];
        for (let line = yield* reader.lineBytes(); line; line = yield* reader.lineBytes()) lines.push(line);
        for (const line of lines.slice(0, count)) yield* tool.write(line);
        return;
      }
      for (let left = count; left > 0; left--) {
        const line = yield* reader.lineBytes();
        if (!line) return;
        yield* tool.write(line);
      }
    },
    (path, error) => tool.cannotOpen(path, error),
  );
}

function* upTo(reader: ReturnType<Tool['reader']>, count: number) {
  let got = new Uint8Array(0);
  while (got.length < count) {
    const part = yield* reader.some();
    if (!part) break;
    const joined = new Uint8Array(got.length + part.length);
    joined.set(got);
    joined.set(part, got.length);
    got = joined;
  }
  return got.subarray(0, count);
}
