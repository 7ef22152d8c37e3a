import { expect, it } from 'vitest';
import { formatGoDuration, parseGoDuration } from './duration.ts';
import { humanDuration, parseRfc3339, rfc3339, rfc3339Micro } from './time.ts';

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

it.each([
  [-3 * seconds, '<invalid>'],
  [-1.5 * seconds, '0s'],
  [0, '0s'],
  [119 * seconds, '119s'],
  [120 * seconds, '2m'],
  [195 * seconds, '3m15s'],
  [10 * minutes + 5 * seconds, '10m'],
  [179 * minutes, '179m'],
  [3 * hours, '3h'],
  [3 * hours + 5 * minutes, '3h5m'],
  [47 * hours, '47h'],
  [52 * hours, '2d4h'],
  [8 * days, '8d'],
  [729 * days, '729d'],
  [730 * days, '2y'],
  [800 * days, '2y70d'],
  [3000 * days, '8y'],
])('%d ms is %s', (durationMs, shown) => expect(humanDuration(durationMs)).toBe(shown));

it('writes and reads times', () => {
  const ms = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
  expect(rfc3339(ms)).toBe('2026-01-02T03:04:05Z');
  expect(rfc3339Micro(ms)).toBe('2026-01-02T03:04:05.678000Z');
  expect(parseRfc3339('2026-01-02T03:04:05.678000Z')).toBe(ms);
  expect(parseRfc3339('2026-01-02T05:04:05.678+02:00')).toBe(ms);
});

it.each(['2026-02-31T00:00:00Z', '2026-01-02', 'yesterday', '2026-01-02T24:00:00Z'])('refuses %s', (text) =>
  expect(parseRfc3339(text)).toBeUndefined(),
);

it.each([
  ['90s', 90_000, '1m30s'],
  ['1h', 3_600_000, '1h0m0s'],
  ['1.5s', 1500, '1.5s'],
  ['250ms', 250, '250ms'],
  ['0', 0, '0s'],
  ['-1m', -60_000, '-1m0s'],
  ['1h15m30.918s', 4_530_918, '1h15m30.918s'],
])('reads %s', (text, ms, shown) => {
  expect(parseGoDuration(text)).toBe(ms);
  expect(formatGoDuration(ms)).toBe(shown);
});

it.each([
  ['5', 'time: missing unit in duration "5"'],
  ['', 'time: invalid duration ""'],
  ['5x', 'time: unknown unit "x" in duration "5x"'],
  ['abc', 'time: invalid duration "abc"'],
])('refuses the duration %j', (text, message) => expect(() => parseGoDuration(text)).toThrow(message));
