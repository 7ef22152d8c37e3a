import { DurationError, goQuote, parseGoDuration } from '../../api/index.ts';
import { zoneProblem } from './time-zone.ts';

/** At which minutes something is due. Upstream: github.com/robfig/cron/v3 parser.go, spec.go */
export type Schedule = CalendarSchedule | { readonly everyMs: number };

export interface CalendarSchedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** Whether days of the month and of the week must both fit: so when one of them is not restricted. */
  readonly needsBothDays: boolean;
  /** The zone that the text itself names. */
  readonly zone?: string;
}

/** The text is no schedule; the message says why, in Go's words. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

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

const descriptors: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

/** Throws ScheduleError. */
export function parseSchedule(text: string): Schedule {
  const zoned = /^(?:TZ|CRON_TZ)=(\S*)\s(.*)$/s.exec(text);
  if (zoned) {
    const [, zone = '', rest = ''] = zoned;
    const problem = zoneProblem(zone);
    if (problem) throw new ScheduleError(`provided bad location ${zone}: ${problem}`);
    const schedule = parseSchedule(rest.trim());
    return 'everyMs' in schedule ? schedule : { ...schedule, zone };
  }
  if (text.startsWith('@')) return parseDescriptor(text);
  return parseFields(text.split(/\s+/).filter(Boolean));
}

const every = '@every ';

function parseDescriptor(text: string): Schedule {
  const fields = descriptors.get(text);
  if (fields) return parseFields(fields.split(' '));
  if (!text.startsWith(every)) throw new ScheduleError(`unrecognized descriptor: ${text}`);
  try {
    const seconds = Math.trunc(parseGoDuration(text.slice(every.length)) / 1000);
    return { everyMs: Math.max(1, seconds) * 1000 };
  } catch (error) {
    if (!(error instanceof DurationError)) throw error;
    throw new ScheduleError(`failed to parse duration ${text}: ${error.message}`);
  }
}

function parseFields(fields: readonly string[]): Schedule {
  if (fields.length !== fieldBounds.length) {
    const count = fieldBounds.length;
    throw new ScheduleError(`expected exactly ${count} fields, found ${fields.length}: [${fields.join(' ')}]`);
  }
  const [minutes, hours, days, months, weekdays] = fields.map((field, at) => parseField(field, fieldBounds[at]!));
  return {
    minutes: minutes!.values,
    hours: hours!.values,
    days: days!.values,
    months: months!.values,
    weekdays: weekdays!.values,
    needsBothDays: days!.isAny || weekdays!.isAny,
  };
}

interface Field {
  readonly values: ReadonlySet<number>;
  /** Something in it is a star. */
  readonly isAny: boolean;
}

function parseField(text: string, bounds: Bounds): Field {
  const values = new Set<number>();
  let isAny = false;
  for (const item of text.split(',').filter(Boolean)) {
    const range = parseRange(item, bounds);
    if (range.isAny) isAny = true;
    for (let value = range.start; value <= range.end; value += range.step) values.add(value);
  }
  return { values, isAny };
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly isAny: boolean;
}

/** `*`, `5`, `1-5`, each with a step: every tenth. */
function parseRange(text: string, { min, max, names }: Bounds): Range {
  const [range = '', stepText, ...moreSteps] = text.split('/');
  const [low = '', high, ...moreEnds] = range.split('-');
  const isStar = low === '*' || low === '?';
  const start = isStar ? min : parseValue(low, names, min);
  let end = isStar ? max : start;
  if (!isStar && high !== undefined) {
    if (moreEnds.length > 0) throw new ScheduleError(`too many hyphens: ${text}`);
    end = parseValue(high, names, min);
  }
  if (moreSteps.length > 0) throw new ScheduleError(`too many slashes: ${text}`);
  const step = stepText === undefined ? 1 : parseValue(stepText, undefined, min);
  // `5/10` means from 5 on.
  if (stepText !== undefined && high === undefined) end = max;
  if (start < min) throw new ScheduleError(`beginning of range (${start}) below minimum (${min}): ${text}`);
  if (end > max) throw new ScheduleError(`end of range (${end}) above maximum (${max}): ${text}`);
  if (start > end) throw new ScheduleError(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (step === 0) throw new ScheduleError(`step of range should be a positive number: ${text}`);
  return { start, end, step, isAny: isStar && step === 1 };
}

function parseValue(text: string, names: readonly string[] | undefined, min: number): number {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + min;
  if (!/^[+-]?\d+$/.test(text)) {
    throw new ScheduleError(`failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`);
  }
  const value = Number(text);
  if (value < 0) throw new ScheduleError(`negative number (${value}) not allowed: ${text}`);
  return value;
}
