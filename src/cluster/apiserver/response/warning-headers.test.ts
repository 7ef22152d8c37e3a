import { expect, it } from 'vitest';
import { warningHeaders } from './respond.ts';

const texts = (warnings: readonly string[]) => warningHeaders(warnings).map(([, value]) => value);

it.each([
  { name: 'each text once', warnings: ['a', 'b', 'a'], expected: ['299 - "a"', '299 - "b"'] },
  { name: 'quotes and backslashes', warnings: ['say "\\"'], expected: ['299 - "say \\"\\\\\\""'] },
  { name: 'nothing that could end a header', warnings: ['a\r\nset-cookie: b', '', 'c'], expected: ['299 - "c"'] },
])('warns of $name', ({ warnings, expected }) => expect(texts(warnings)).toEqual(expected));

it('cuts long warnings when all together are too long', () => {
  const long = Array.from({ length: 30 }, (_, index) => `${index}${'é'.repeat(500)}`);
  expect(texts(long.slice(0, 8)).map((text) => text.length)).toEqual(Array(8).fill(509));
  const cut = texts(long);
  expect(cut).toHaveLength(16);
  expect(cut[0]).toBe(`299 - "0${'é'.repeat(255)}"`);
});
