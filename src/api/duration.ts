/** Durations in Go's notation, as flags and metav1.Duration have them: `1m30s`, `500ms`. */
import { goQuote } from './json.ts';

export class DurationError extends Error {
  override readonly name = 'DurationError';
}

const nanosecondsPerUnit: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);

/** Milliseconds, possibly with a fraction. Throws DurationError worded as Go's time.ParseDuration. */
export function parseGoDuration(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[-+]/, '');
  if (rest === '0') return 0;
  if (rest === '') throw new DurationError(`time: invalid duration ${goQuote(text)}`);
  let nanoseconds = 0;
  while (rest !== '') {
    const number = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) throw new DurationError(`time: invalid duration ${goQuote(text)}`);
    rest = rest.slice(number.length);
    const unit = /^[^.\d]*/.exec(rest)![0];
    if (unit === '') throw new DurationError(`time: missing unit in duration ${goQuote(text)}`);
    const factor = nanosecondsPerUnit.get(unit);
    if (factor === undefined) {
      throw new DurationError(`time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`);
    }
    nanoseconds += Number(number) * factor;
    rest = rest.slice(unit.length);
  }
  if (nanoseconds > 2 ** 63 - 1) throw new DurationError(`time: invalid duration ${goQuote(text)}`);
  return (sign * Math.trunc(nanoseconds)) / 1e6;
}

/** `1h0m0s`, `1.5s`, `250ms`, `0s`: Go's Duration.String(). */
export function formatGoDuration(durationMs: number): string {
  const nanoseconds = Math.round(Math.abs(durationMs) * 1e6);
  const sign = durationMs < 0 ? '-' : '';
  if (nanoseconds === 0) return '0s';
  if (nanoseconds < 1e3) return `${sign}${nanoseconds}ns`;
  if (nanoseconds < 1e6) return `${sign}${nanoseconds / 1e3}µs`;
  if (nanoseconds < 1e9) return `${sign}${nanoseconds / 1e6}ms`;
  const hours = Math.trunc(nanoseconds / 3600e9);
  const minutes = Math.trunc(nanoseconds / 60e9) % 60;
  const seconds = `${Math.round(nanoseconds % 60e9) / 1e9}s`;
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`;
}
