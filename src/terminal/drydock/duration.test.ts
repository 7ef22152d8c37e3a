import { expect, it } from 'vitest';
import { parseDuration } from './duration.ts';

it.each([
  { text: '90', expected: 90_000 },
  { text: '30s', expected: 30_000 },
  { text: '1h30m', expected: 5_400_000 },
  { text: '0.5m', expected: 30_000 },
  { text: '', expected: undefined },
  { text: '5 minutes', expected: undefined },
  { text: '-3s', expected: undefined },
])('reads $text', ({ text, expected }) => expect(parseDuration(text)).toBe(expected));
