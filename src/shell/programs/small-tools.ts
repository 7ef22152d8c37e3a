import { BrokenPipe, encodeUtf8, type Routine } from '../../kernel/index.ts';
import { formatEcho } from '../format/echo.ts';
import { formatPrintf } from '../format/printf.ts';
import { evaluateTest } from '../interpreter/builtins/test-expression.ts';
import { ShellError } from '../interpreter/control-flow.ts';
import { parseOptions, UsageError } from './options.ts';
import type { Tool } from './tool.ts';
import { countOf } from './head.ts';
import { linesOf } from './tool.ts';

export function* trueTool(): Routine<number> {
  return 0;
}

export function* falseTool(): Routine<number> {
  return 1;
}

export function* echo(tool: Tool): Routine<number> {
  yield* tool.print(formatEcho(tool.args, tool.isGnu ? 'bash' : 'ash'));
  return 0;
}

export function* printf(tool: Tool): Routine<number> {
  const [format, ...args] = tool.args[0] === '--' ? tool.args.slice(1) : tool.args;
  if (format === undefined) throw new UsageError('missing operand');
  const { text, problems } = formatPrintf(format, args, tool.nowMs);
  for (const problem of problems) yield* tool.complain(problem);
  yield* tool.print(text);
  return problems.length > 0 ? 1 : 0;
}

export function* pwd(tool: Tool): Routine<number> {
  yield* tool.print(`${tool.files.realPath(tool.context.workingDirectory)}\n`);
  return 0;
}

/** `test` and `[`, as programs. */
export function* test(tool: Tool): Routine<number> {
  const args = [...tool.args];
  if (tool.name === '[' && args.pop() !== ']') {
    yield* tool.complain('missing ‘]’');
    return 2;
  }
  try {
    const scope = {
      machine: tool.machine,
      path: (text: string) => tool.path(text),
      isVariableSet: (name: string) => tool.context.environment.has(name),
      isOptionSet: () => false,
      isTerminal: (descriptor: number) => descriptor < 3 && tool.context.stdout.terminal !== undefined,
    };
    return Number(!evaluateTest(scope, args));
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    yield* tool.complain(error.message);
    return 2;
  }
}

const blockLines = 1024;

export function* yes(tool: Tool): Routine<number> {
  const block = encodeUtf8(`${tool.args.length > 0 ? tool.args.join(' ') : 'y'}\n`.repeat(blockLines));
  try {
    for (;;) {
      yield* tool.write(block);
      yield { kind: 'tick', cpuMs: 0.1 };
    }
  } catch (error) {
    if (error instanceof BrokenPipe) return 141;
    throw error;
  }
}

export function* sync(): Routine<number> {
  return 0;
}

export function* unlink(tool: Tool): Routine<number> {
  return yield* tool.each(tool.args, function* (path) {
    tool.files.remove(tool.path(path));
  });
}

export function* truncate(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'c', valued: 's' });
  const size = countOf(options.value('s') ?? '');
  if (size === undefined) throw new UsageError(`you must specify either ‘--size’ or ‘--reference’`);
  return yield* tool.each(options.operands, function* (path) {
    tool.files.open(tool.path(path), { write: true, create: !options.has('c') }).truncate(size);
  });
}

export function* shuf(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'e', valued: 'nio' });
  const range = /^(\d+)-(\d+)$/.exec(options.value('i') ?? '');
  const items = range
    ? Array.from({ length: Number(range[2]) - Number(range[1]) + 1 }, (_, n) => String(Number(range[1]) + n))
    : options.has('e')
      ? [...options.operands]
      : linesOf(yield* tool.readText(options.operands[0] ?? '-'));
  for (let index = items.length - 1; index > 0; index--) {
    const other = tool.machine.random.integer(0, index);
    [items[index], items[other]] = [items[other]!, items[index]!];
  }
  for (const item of items.slice(0, options.number('n') ?? items.length)) yield* tool.print(`${item}\n`);
  return 0;
}

export function* dd(tool: Tool): Routine<number> {
  const values = new Map(tool.args.map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]));
  const size = countOf(values.get('bs') ?? '512') ?? 512;
  const blocks = values.has('count') ? countOf(values.get('count')!)! : Number.POSITIVE_INFINITY;
  const reader = tool.reader(values.get('if') ?? '-');
  const output = values.get('of');
  if (output !== undefined) tool.files.write(tool.path(output), new Uint8Array(0));
  const handle = output === undefined ? undefined : tool.files.open(tool.path(output), { write: true });
  let full = 0;
  let partial = 0;
  let copied = 0;
  for (let block = 0; block < blocks; block++) {
    const chunk = yield* takeUpTo(reader, size);
    if (chunk.length === 0) break;
    if (chunk.length === size) full++;
    else partial++;
    copied += chunk.length;
    if (handle) handle.append(chunk);
    else yield* tool.write(chunk);
    yield { kind: 'tick', cpuMs: 0.01 };
  }
  yield* tool.printError(`${full}+${partial} records in\n${full}+${partial} records out\n`);
  if (tool.isGnu) yield* tool.printError(`${copied} bytes copied\n`);
  return 0;
}

function* takeUpTo(reader: ReturnType<Tool['reader']>, size: number): Routine<Uint8Array> {
  const block = new Uint8Array(size);
  let length = 0;
  while (length < size) {
    const byte = yield* reader.exactly(1);
    if (!byte) break;
    block[length++] = byte[0]!;
    const more = yield* reader.available(size - length);
    block.set(more, length);
    length += more.length;
  }
  return block.subarray(0, length);
}

export function* od(tool: Tool): Routine<number> {
  const isCharacters = tool.args.includes('-c');
  const options = parseOptions(tool.args, { flags: 'cbxv', valued: 'AtNj' });
  const bytes = yield* tool.readAll(options.operands[0] ?? '-');
  const isHex = options.has('x') || /x1/.test(options.value('t') ?? '');
  const address = (at: number): string => (options.value('A') === 'n' ? '' : at.toString(8).padStart(7, '0'));
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const cells = row.map((byte) =>
      isCharacters
        ? characterCell(byte)
        : isHex
          ? ` ${byte.toString(16).padStart(2, '0')}`
          : ` ${byte.toString(8).padStart(3, '0')}`,
    );
    yield* tool.print(`${address(at)}${cells.join('')}\n`);
  }
  if (options.value('A') !== 'n') yield* tool.print(`${address(bytes.length)}\n`);
  return 0;
}

const escapes: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

function characterCell(byte: number): string {
  const shown =
    escapes[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'));
  return shown.padStart(4);
}

export function* clear(tool: Tool): Routine<number> {
  yield* tool.print('\u001b[H\u001b[2J\u001b[3J');
  return 0;
}
