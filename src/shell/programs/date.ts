import type { Routine } from '../../kernel/index.ts';
import { formatTime } from '../format/strftime.ts';
import { parseDate } from './date-parse.ts';
import { parseOptions, UsageError } from './options.ts';
import type { Tool } from './tool.ts';

export function* date(tool: Tool): Routine<number> {
  // The argument of -I is optional.
  const args = tool.args.map((arg) => arg.replace(/^-I(.+)$/, '--iso-8601=$1'));
  const options = parseOptions(args, {
    flags: 'uRI',
    valued: 'dsr',
    long: {
      'date:': 'd',
      'set:': 's',
      'reference:': 'r',
      utc: 'u',
      universal: 'u',
      'rfc-email': 'R',
      'iso-8601': 'I',
      'rfc-3339:': 'rfc',
    },
  });
  let ms = tool.nowMs;
  const given = options.value('d');
  if (given !== undefined) {
    const parsed = parseDate(given, ms);
    if (parsed === undefined) {
      yield* tool.complain(tool.isGnu ? `invalid date ‘${given}’` : `invalid date '${given}'`);
      return 1;
    }
    ms = parsed;
  }
  const reference = options.value('r');
  if (reference !== undefined) ms = tool.files.stat(tool.path(reference))?.modifiedMs ?? ms;
  if (options.has('s')) {
    yield* tool.complain(
      tool.isGnu ? 'cannot set date: Operation not permitted' : "can't set date: Operation not permitted",
    );
    return 1;
  }
  const format = options.operands[0];
  if (format !== undefined && !format.startsWith('+'))
    throw new UsageError(tool.isGnu ? `invalid date ‘${format}’` : `invalid date '${format}'`);
  yield* tool.print(`${formatTime(format?.slice(1) ?? defaultFormat(options, tool), ms)}\n`);
  return 0;
}

function defaultFormat(options: ReturnType<typeof parseOptions>, tool: Tool): string {
  if (options.has('R')) return '%a, %d %b %Y %H:%M:%S %z';
  const precision = options.value('I') ?? options.value('rfc');
  if (precision === 'seconds' || precision === 's')
    return options.has('rfc') ? '%Y-%m-%d %H:%M:%S+00:00' : '%Y-%m-%dT%H:%M:%S+00:00';
  if (options.has('I') || options.has('rfc')) return '%Y-%m-%d';
  return tool.isGnu ? '%a %b %e %H:%M:%S %Z %Y' : '%a %b %e %H:%M:%S %Z %Y';
}
