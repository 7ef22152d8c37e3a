import { decodeUtf8, sourceOf, type Routine } from '../../kernel/index.ts';
import { ByteReader } from '../io/byte-reader.ts';
import { parseOptions } from './options.ts';
import { runCommand } from './run-command.ts';
import type { Tool } from './tool.ts';

export function* xargs(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: '0trpx',
    valued: 'nLIdPsEa',
    long: {
      null: '0',
      'max-args:': 'n',
      'max-lines:': 'L',
      'replace:': 'I',
      'delimiter:': 'd',
      'no-run-if-empty': 'r',
      verbose: 't',
      'max-procs:': 'P',
    },
    stopsAtOperand: true,
  });
  const command = options.operands.length > 0 ? options.operands : ['echo'];
  const text = decodeUtf8(
    yield* new ByteReader(options.has('a') ? tool.open(options.value('a')!) : tool.context.stdin).all(),
  );
  const replaced = options.value('I');
  const delimiter = options.has('0') ? '\0' : options.value('d')?.replace('\\n', '\n').replace('\\t', '\t');
  const items = itemsOf(text, delimiter, replaced !== undefined || options.has('L'));
  const batches = batchesOf(
    items,
    replaced !== undefined ? 1 : (options.number('n') ?? options.number('L')),
    options.has('L') && replaced === undefined,
  );
  if (batches.length === 0 && !options.has('r') && replaced === undefined && tool.isGnu) batches.push([]);
  let status = 0;
  for (const batch of batches) {
    const argv =
      replaced === undefined ? [...command, ...batch] : command.map((word) => word.replaceAll(replaced, batch[0]!));
    if (options.has('t')) yield* tool.printError(`${argv.join(' ')}\n`);
    const exit = yield* runCommand(tool, argv, { stdin: sourceOf() });
    if (exit.signal) {
      yield* tool.complain(`${argv[0]}: terminated by signal ${exit.code - 128}`);
      return 125;
    }
    if (exit.code === 126 || exit.code === 127) return exit.code;
    if (exit.code === 255) {
      yield* tool.complain(`${argv[0]}: exited with status 255; aborting`);
      return 124;
    }
    if (exit.code !== 0) status = 123;
  }
  return status;
}

function itemsOf(text: string, delimiter: string | undefined, byLine: boolean): string[] {
  if (delimiter !== undefined)
    return (text.endsWith(delimiter) ? text.slice(0, -1) : text)
      .split(delimiter)
      .filter((item, index, all) => item !== '' || all.length > 1);
  if (byLine)
    return text
      .split('\n')
      .map((line) => line.trimStart())
      .filter((line) => line.trim() !== '');
  const words = text.match(/(?:'[^']*'|"[^"]*"|\\[\s\S]|[^\s'"\\])+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /'([^']*)'|"([^"]*)"|\\([\s\S])/g,
      (_, single?: string, double?: string, escaped?: string) => single ?? double ?? escaped ?? '',
    ),
  );
}

function batchesOf(items: readonly string[], size: number | undefined, splitsLines: boolean): string[][] {
  if (size === undefined) return items.length > 0 ? [[...items]] : [];
  const batches: string[][] = [];
  for (let index = 0; index < items.length; index += size) {
    const batch = items.slice(index, index + size);
    batches.push(splitsLines ? batch.flatMap((line) => line.split(/\s+/).filter((word) => word !== '')) : batch);
  }
  return batches;
}
