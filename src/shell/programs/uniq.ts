import type { Routine } from '../../kernel/index.ts';
import { parseOptions } from './options.ts';
import { linesOf, type Tool } from './tool.ts';

export function* uniq(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'cduiD',
    valued: 'fsw',
    long: { count: 'c', repeated: 'd', unique: 'u', 'ignore-case': 'i', 'skip-fields:': 'f', 'skip-chars:': 's' },
  });
  const lines = linesOf(yield* tool.readText(options.operands[0] ?? '-'));
  const keyOf = (line: string): string => {
    const fields = options.number('f') ?? 0;
    const rest = line.replace(new RegExp(`^(?:\\s*\\S+){0,${fields}}`), '').slice(options.number('s') ?? 0);
    const cut = rest.slice(0, options.number('w'));
    return options.has('i') ? cut.toLowerCase() : cut;
  };
  const groups: { line: string; count: number; key: string }[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const key = keyOf(line);
    if (last && last.key === key) last.count++;
    else groups.push({ line, count: 1, key });
  }
  for (const { line, count } of groups) {
    if ((options.has('d') || options.has('D')) && count === 1) continue;
    if (options.has('u') && count > 1) continue;
    const text = options.has('c') ? `${String(count).padStart(7)} ${line}\n` : `${line}\n`;
    yield* tool.print(options.has('D') ? text.repeat(count) : text);
  }
  return 0;
}
