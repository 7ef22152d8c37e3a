import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('has a test for each rule of SPEC.md', () => {
  const folder = import.meta.dirname;
  const rules = [...readFileSync(join(folder, 'SPEC.md'), 'utf8').matchAll(/^- \*\*(SCH-\d+)\*\*/gm)].map(
    (rule) => rule[1]!,
  );
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  expect(rules.length).toBeGreaterThan(0);
  expect(rules.filter((rule) => !tests.includes(`[${rule}]`))).toEqual([]);
});
