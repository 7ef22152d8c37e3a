import type { Routine } from '../../kernel/index.ts';
import { formatPrintf } from '../format/printf.ts';
import { parseOptions, UsageError } from './options.ts';
import type { Tool } from './tool.ts';

export function* seq(tool: Tool): Routine<number> {
  // Negative numbers are operands.
  const args = tool.args.map((arg) => (/^-[\d.]/.test(arg) ? ` ${arg}` : arg));
  const options = parseOptions(args, {
    flags: 'w',
    valued: 'sf',
    long: { 'separator:': 's', 'format:': 'f', 'equal-width': 'w' },
  });
  const texts = options.operands.map((text) => text.trim());
  if (texts.length === 0) throw new UsageError('missing operand');
  if (texts.length > 3) throw new UsageError(`extra operand '${texts[3]}'`);
  const bad = texts.find((text) => !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text));
  if (bad !== undefined) throw new UsageError(`invalid floating point argument: '${bad}'`);
  const last = Number(texts.at(-1));
  const first = texts.length > 1 ? Number(texts[0]) : 1;
  const step = texts.length > 2 ? Number(texts[1]) : 1;
  if (step === 0) throw new UsageError(`invalid Zero increment value: '${texts[1]}'`);
  const decimals = Math.max(
    0,
    ...texts.slice(0, texts.length > 1 ? 2 : 0).map((text) => (text.split('.')[1] ?? '').length),
  );
  const count = Math.floor((last - first) / step + 1e-10) + 1;
  const width = options.has('w') ? Math.max(first.toFixed(decimals).length, last.toFixed(decimals).length) : 0;
  const separator = options.value('s') ?? '\n';
  let output = '';
  for (let index = 0; index < count; index++) {
    const value = (first + index * step).toFixed(decimals);
    const format = options.value('f');
    const text = format === undefined ? padded(value, width) : formatPrintf(format, [value], 0).text;
    output += index === 0 ? text : separator + text;
    if (output.length > 32_768) {
      yield* tool.print(output);
      output = '';
    }
  }
  if (count > 0) yield* tool.print(`${output}\n`);
  return 0;
}

function padded(text: string, width: number): string {
  return text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
}
