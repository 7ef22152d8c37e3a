import { expect, it } from 'vitest';
import { safeEncode, templateHash } from './template-hash.ts';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', image: 'nginx' }] } };

it('depends on what the template says, not on the order in which it says it', () => {
  const reordered = { spec: { containers: [{ image: 'nginx', name: 'main' }] }, metadata: { labels: { app: 'web' } } };
  expect(templateHash(template, undefined)).toBe(templateHash(reordered, undefined));
  const other = { ...template, spec: { containers: [{ name: 'main', image: 'nginx:2' }] } };
  expect(templateHash(template, undefined)).not.toBe(templateHash(other, undefined));
});

it('changes with the number of collisions', () => {
  expect(templateHash(template, 1)).not.toBe(templateHash(template, undefined));
  expect(templateHash(template, 1)).not.toBe(templateHash(template, 2));
});

it.each([['0123456789', '456789bcdf']])('encodes %s without vowels', (digits, expected) => {
  expect(safeEncode(digits)).toBe(expected);
  expect(safeEncode(digits)).toMatch(/^[bcdf4-9]+$/);
});
