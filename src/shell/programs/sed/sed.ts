import { decodeUtf8, encodeUtf8, type Routine } from '../../../kernel/index.ts';
import { FileError } from '../../file-system.ts';
import { parseOptions, UsageError } from '../options.ts';
import type { Tool } from '../tool.ts';
import { parseSed } from './parse.ts';
import { SedRun, type SedInput } from './run.ts';

export function* sed(tool: Tool): Routine<number> {
  // `-i.bak`: what follows the letter is a suffix, so no other letter may.
  const inPlace = tool.args.find((arg) => /^-[nErsz]*i/.test(arg) || arg.startsWith('--in-place'));
  const suffix = inPlace && (/^--in-place=?(.*)$/.exec(inPlace)?.[1] ?? /^-[nErsz]*i(.*)$/.exec(inPlace)![1]!);
  const args = tool.args.flatMap((arg) => {
    if (arg !== inPlace) return [arg];
    const letters = /^-([nErsz]*)i/.exec(arg)?.[1];
    return letters ? [`-${letters}`] : [];
  });
  const options = parseOptions(args, {
    flags: 'nErsuz',
    valued: 'efl',
    long: {
      quiet: 'n',
      silent: 'n',
      'regexp-extended': 'E',
      separate: 's',
      'expression:': 'e',
      'file:': 'f',
      posix: 'posix',
      debug: 'debug',
    },
  });
  const operands = [...options.operands];
  const scripts = [...options.values('e')];
  for (const path of options.values('f')) scripts.push((yield* tool.readText(path)).replace(/\n$/, ''));
  if (scripts.length === 0) {
    const first = operands.shift();
    if (first === undefined)
      throw new UsageError(
        tool.isGnu ? 'Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...' : 'no script specified',
      );
    scripts.push(first);
  }
  const source = scripts.join('\n');
  const isExtended = options.has('E') || options.has('r');
  const isQuiet = options.has('n') || source.startsWith('#n\n');
  const parse = () => parseSed(source, isExtended);
  if (suffix !== undefined) return yield* editInPlace(tool, operands, parse, isQuiet, suffix);
  let text = '';
  let failed = false;
  const commands = parse();
  const status = yield* tool.each(operands.length > 0 ? operands : ['-'], function* (path) {
    try {
      text += decodeUtf8(yield* tool.readAll(path));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (tool.isGnu && error.errno === 'EISDIR') yield* tool.complain(`couldn't edit ${path}: not a regular file`);
      else yield* tool.complain(tool.isGnu ? `can't read ${path}: ${error.message}` : `${path}: ${error.message}`);
      failed = true;
    }
  });
  const quit = yield* new SedRun(tool, commands, isQuiet, (part) => tool.print(part)).run(inputOf(text));
  return quit?.status || (failed ? (tool.isGnu ? 2 : 1) : status);
}

function* editInPlace(
  tool: Tool,
  paths: readonly string[],
  parse: () => ReturnType<typeof parseSed>,
  isQuiet: boolean,
  suffix: string,
): Routine<number> {
  let status = 0;
  for (const path of paths) {
    const full = tool.path(path);
    if (tool.files.stat(full)?.type !== 'file') {
      yield* tool.complain(
        tool.files.stat(full)
          ? `couldn't edit ${path}: not a regular file`
          : tool.isGnu
            ? `can't read ${path}: No such file or directory`
            : `${path}: No such file or directory`,
      );
      status = tool.isGnu ? 2 : 1;
      continue;
    }
    const before = tool.files.read(full);
    let result = '';
    const collect = function* (part: string): Routine<void> {
      result += part;
    };
    yield* new SedRun(tool, parse(), isQuiet, collect).run(inputOf(decodeUtf8(before)));
    if (suffix !== '') tool.files.write(`${full}${suffix}`, before);
    tool.files.write(full, encodeUtf8(result));
  }
  return status;
}

function inputOf(text: string): SedInput {
  let at = 0;
  return {
    next() {
      if (at >= text.length) return undefined;
      const end = text.indexOf('\n', at);
      const line = text.slice(at, end < 0 ? undefined : end);
      at = end < 0 ? text.length : end + 1;
      return { line, isEnded: end >= 0 };
    },
    isLast: () => at >= text.length,
  };
}
