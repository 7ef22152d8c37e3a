import type { Routine } from '../../kernel/index.ts';
import { parseOptions, UsageError } from './options.ts';
import { linesOf, type Tool } from './tool.ts';

export function* cut(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'sn',
    valued: 'bcfd',
    long: {
      'bytes:': 'b',
      'characters:': 'c',
      'fields:': 'f',
      'delimiter:': 'd',
      'only-delimited': 's',
      complement: 'complement',
      'output-delimiter:': 'output',
    },
  });
  const list = options.value('f') ?? options.value('c') ?? options.value('b');
  if (list === undefined) throw new UsageError('you must specify a list of bytes, characters, or fields');
  const delimiter = options.value('d') ?? '\t';
  if ([...delimiter].length > 1) throw new UsageError('the delimiter must be a single character');
  const ranges = rangesOf(list, options.has('f'));
  const isWanted = (position: number): boolean =>
    ranges.some(([from, to]) => position >= from && position <= to) !== options.has('complement');
  return yield* tool.each(options.operands.length > 0 ? options.operands : ['-'], function* (path) {
    for (const line of linesOf(yield* tool.readText(path))) {
      if (!options.has('f')) {
        yield* tool.print(`${[...line].filter((_, index) => isWanted(index + 1)).join('')}\n`);
        continue;
      }
      const fields = line.split(delimiter);
      if (fields.length === 1) {
        if (!options.has('s')) yield* tool.print(`${line}\n`);
        continue;
      }
      const kept = fields.filter((_, index) => isWanted(index + 1));
      yield* tool.print(`${kept.join(options.value('output') ?? delimiter)}\n`);
    }
  });
}

function rangesOf(list: string, isFields: boolean): readonly (readonly [number, number])[] {
  return list.split(',').map((part) => {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    const bad = (problem: string): never => {
      throw new UsageError(problem);
    };
    if (!match || part === '' || part === '-')
      return bad(
        `invalid ${isFields ? 'field' : 'byte or character'} ${part === '-' ? 'range with no endpoint: -' : `value '${part}'`}`,
      );
    const from = match[1] === '' ? 1 : Number(match[1]);
    if (from === 0)
      return bad(isFields ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1');
    const to = match[2] === '' ? from : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (to < from) return bad('invalid decreasing range');
    return [from, to] as const;
  });
}
