import { expect, it } from 'vitest';
import { formatYaml } from './code.ts';

it('writes sorted keys, and the same value twice where it stands twice', () => {
  const shared = { x: 1 };
  expect(formatYaml({ b: shared, a: [shared] })).toBe('a:\n  - x: 1\nb:\n  x: 1\n');
});
