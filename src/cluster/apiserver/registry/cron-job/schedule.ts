import { DurationError, goQuote, parseGoDuration } from '../../../../api/index.ts';
import { zoneProblem } from './time-zone.ts';

/** What a crontab's fields may be. Upstream: github.com/robfig/cron/v3 parser.go, spec.go */
interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const fieldBounds: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const descriptors = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

/** Why the text is no schedule; undefined when it is one. */
export function scheduleProblem(text: string): string | undefined {
  const zoned = /^(?:TZ|CRON_TZ)=(\S*)\s(.*)$/s.exec(text);
  if (zoned) {
    const problem = zoneProblem(zoned[1]!);
    return problem ? `provided bad location ${zoned[1]}: ${problem}` : scheduleProblem(zoned[2]!.trim());
  }
  if (text.startsWith('@')) return descriptorProblem(text);
  const fields = text.split(/\s+/).filter(Boolean);
  if (fields.length !== fieldBounds.length) {
    return `expected exactly ${fieldBounds.length} fields, found ${fields.length}: [${fields.join(' ')}]`;
  }
  for (const [at, bounds] of fieldBounds.entries()) {
    for (const range of fields[at]!.split(',').filter(Boolean)) {
      const problem = rangeProblem(range, bounds);
      if (problem) return problem;
    }
  }
  return undefined;
}

const every = '@every ';

function descriptorProblem(text: string): string | undefined {
  if (descriptors.has(text)) return undefined;
  if (!text.startsWith(every)) return `unrecognized descriptor: ${text}`;
  try {
    parseGoDuration(text.slice(every.length));
    return undefined;
  } catch (error) {
    if (!(error instanceof DurationError)) throw error;
    return `failed to parse duration ${text}: ${error.message}`;
  }
}

/** `*`, `5`, `1-5`, each with a step: every tenth. */
function rangeProblem(text: string, { min, max, names }: Bounds): string | undefined {
  const [range = '', stepText, ...moreSteps] = text.split('/');
  const [low = '', high, ...moreEnds] = range.split('-');
  const isAny = low === '*' || low === '?';
  const start = isAny ? min : parseValue(low, names, min);
  if (typeof start === 'string') return start;
  let end: number | string = isAny ? max : start;
  if (!isAny && high !== undefined) {
    if (moreEnds.length > 0) return `too many hyphens: ${text}`;
    end = parseValue(high, names, min);
    if (typeof end === 'string') return end;
  }
  if (moreSteps.length > 0) return `too many slashes: ${text}`;
  const step = stepText === undefined ? 1 : parseValue(stepText, undefined, min);
  if (typeof step === 'string') return step;
  // `5/10` means from 5 on.
  if (stepText !== undefined && high === undefined) end = max;
  if (start < min) return `beginning of range (${start}) below minimum (${min}): ${text}`;
  if (end > max) return `end of range (${end}) above maximum (${max}): ${text}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${text}`;
  return step === 0 ? `step of range should be a positive number: ${text}` : undefined;
}

/** The number, or what is wrong with it. */
function parseValue(text: string, names: readonly string[] | undefined, min: number): number | string {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + min;
  if (!/^[+-]?\d+$/.test(text)) {
    return `failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`;
  }
  const value = Number(text);
  return value < 0 ? `negative number (${value}) not allowed: ${text}` : value;
}
