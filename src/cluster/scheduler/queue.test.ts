import { expect, it } from 'vitest';
import { backoffMs } from './queue.ts';

it.each([
  { failures: 0, expected: 0 },
  { failures: 1, expected: 1_000 },
  { failures: 2, expected: 2_000 },
  { failures: 4, expected: 8_000 },
  { failures: 5, expected: 10_000 },
  { failures: 50, expected: 10_000 },
])('[SCH-3] waits $expected ms after $failures failures', ({ failures, expected }) => {
  expect(backoffMs(failures)).toBe(expected);
});
