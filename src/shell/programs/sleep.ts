import { sleep as sleepFor } from '../../kernel/index.ts';
import { UsageError } from './options.ts';
import type { Tool } from './tool.ts';

const unitSeconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `1.5`, `10m`: a duration in milliseconds, or undefined. */
export function durationMs(text: string): number | undefined {
  if (text === 'infinity' || text === 'inf') return Number.POSITIVE_INFINITY;
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * unitSeconds[match[2]!]! * 1000 : undefined;
}

const foreverMs = 100 * 365 * 86_400_000;

export function* sleep(tool: Tool) {
  if (tool.args.length === 0) throw new UsageError('missing operand');
  let totalMs = 0;
  for (const text of tool.args) {
    const ms = durationMs(text);
    if (ms === undefined) {
      if (!tool.isGnu) {
        yield* tool.complain(`invalid number '${text}'`);
        return 1;
      }
      throw new UsageError(`invalid time interval '${text}'`);
    }
    totalMs += ms;
  }
  yield* sleepFor(tool.machine.processes.turns, Math.min(totalMs, foreverMs));
  return 0;
}
