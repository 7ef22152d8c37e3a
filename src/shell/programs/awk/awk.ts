import type { Routine } from '../../../kernel/index.ts';
import { parseOptions, UsageError } from '../options.ts';
import type { Tool } from '../tool.ts';
import { parseAwk } from './parse.ts';
import { AwkRun } from './run.ts';
import { AwkRuntimeError } from './runtime-error.ts';
import { AwkSyntaxError } from './tokens.ts';

export function* awk(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: '',
    valued: 'Fvf',
    long: { 'field-separator:': 'F', 'assign:': 'v', 'file:': 'f' },
    stopsAtOperand: true,
    errorStatus: 2,
  });
  const operands = [...options.operands];
  const sources: string[] = [];
  for (const path of options.values('f')) sources.push(yield* tool.readText(path));
  if (sources.length === 0) {
    const first = operands.shift();
    if (first === undefined)
      throw new UsageError(
        tool.isGnu
          ? 'usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]'
          : 'Usage: awk [OPTIONS] [AWK_PROGRAM] [FILE]...',
        2,
      );
    sources.push(first);
  }
  try {
    const run = new AwkRun(tool, parseAwk(sources.join('\n')), operands);
    const separator = options.value('F');
    if (separator !== undefined) run.assignOperand('FS', separator === 't' ? '\t' : separator);
    for (const assignment of options.values('v')) {
      const at = assignment.indexOf('=');
      if (at < 0) throw new UsageError(`invalid -v argument: ${assignment}`, 2);
      run.assignOperand(assignment.slice(0, at), assignment.slice(at + 1));
    }
    return yield* run.run();
  } catch (error) {
    if (!(error instanceof AwkSyntaxError) && !(error instanceof AwkRuntimeError)) throw error;
    yield* tool.complain(
      tool.isGnu
        ? error.message
        : `cmd. line:${/line (\d+)/.exec(error.message)?.[1] ?? 1}: ${error instanceof AwkSyntaxError ? 'Unexpected token' : error.message}`,
    );
    return tool.isGnu ? 2 : 1;
  }
}
