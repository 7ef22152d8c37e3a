import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function testsIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.test.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

describe.each(['.', 'apiserver', 'store', 'informers'])('%s/SPEC.md', (name) => {
  it('has a test for every rule', () => {
    const folder = join(import.meta.dirname, '..', name);
    const rules = [...readFileSync(join(folder, 'SPEC.md'), 'utf8').matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm)];
    const tests = testsIn(folder);
    expect(rules.length).toBeGreaterThanOrEqual(5);
    expect(rules.map(([, rule]) => rule).filter((rule) => !tests.includes(`[${rule}]`))).toEqual([]);
  });
});
