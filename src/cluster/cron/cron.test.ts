import { describe, expect, it } from 'vitest';
import { rfc3339 } from '../../api/time.ts';
import { nextTime } from './next-time.ts';
import { parseSchedule, ScheduleError } from './schedule.ts';
import { zonedRfc3339 } from './time-zone.ts';

/** The next times after a moment, as the zone shows them. */
function times(schedule: string, after: string, count: number, zone = ''): readonly string[] {
  const parsed = parseSchedule(schedule);
  const result: string[] = [];
  let ms: number | undefined = Date.parse(after);
  while (result.length < count) {
    ms = nextTime(parsed, ms, zone);
    if (ms === undefined) break;
    result.push(zonedRfc3339(ms, zone));
  }
  return result;
}

describe('a schedule', () => {
  it.each([
    ['*/15 * * * *', '2026-01-05T09:14:59Z', ['2026-01-05T09:15:00Z', '2026-01-05T09:30:00Z']],
    ['0 9-17/4 * * mon-fri', '2026-01-09T17:00:00Z', ['2026-01-12T09:00:00Z', '2026-01-12T13:00:00Z']],
    ['30 2 29 feb *', '2026-01-01T00:00:00Z', ['2028-02-29T02:30:00Z']],
    ['@monthly', '2026-11-30T23:59:59Z', ['2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z']],
    ['0 0 13 * 5', '2026-02-01T00:00:00Z', ['2026-02-06T00:00:00Z', '2026-02-13T00:00:00Z', '2026-02-20T00:00:00Z']],
    ['0 0 */2 * 5', '2026-02-02T00:00:00Z', ['2026-02-03T00:00:00Z', '2026-02-05T00:00:00Z', '2026-02-06T00:00:00Z']],
    ['@every 90s', '2026-01-05T09:00:00Z', ['2026-01-05T09:01:30Z', '2026-01-05T09:03:00Z']],
    ['0 0 31 2 *', '2026-01-01T00:00:00Z', []],
  ])('%s after %s', (schedule, after, expected) => {
    expect(times(schedule, after, Math.max(1, expected.length))).toEqual(expected);
  });

  it('follows the clocks of its zone over their changes', () => {
    // Skipped on the last Sunday of March, twice on that of October.
    expect(times('30 2 * * *', '2026-03-28T00:00:00Z', 2, 'Europe/Berlin')).toEqual([
      '2026-03-28T02:30:00+01:00',
      '2026-03-30T02:30:00+02:00',
    ]);
    expect(times('30 2 * * *', '2026-10-25T00:00:00+02:00', 3, 'Europe/Berlin')).toEqual([
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T02:30:00+01:00',
      '2026-10-26T02:30:00+01:00',
    ]);
    expect(times('0 0 * * *', '2018-11-03T12:00:00Z', 2, 'America/Sao_Paulo')[0]).toBe('2018-11-05T00:00:00-02:00');
    const inText = nextTime(parseSchedule('CRON_TZ=Asia/Kolkata 0 6 * * *'), Date.parse('2026-01-05T09:00:00Z'), '');
    expect(rfc3339(inText!)).toBe('2026-01-06T00:30:00Z');
  });

  it.each([
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ['@fortnightly', 'unrecognized descriptor: @fortnightly'],
    ['TZ=Mars/Phobos * * * * *', 'provided bad location Mars/Phobos: unknown time zone Mars/Phobos'],
  ])('%s is none', (text, message) => {
    expect(() => parseSchedule(text)).toThrow(new ScheduleError(message));
  });
});
