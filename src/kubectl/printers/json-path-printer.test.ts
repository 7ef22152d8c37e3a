import { expect, it } from 'vitest';
import { JsonPathPrinter } from './json-path-printer.ts';

it('prints results as a JSON array', () => {
  const printer = new JsonPathPrinter('{.users[*].name}', { allowsMissingKeys: true, asJson: true });
  expect(printer.print({ users: [{ name: 'myself' }, { name: 'e2e' }] })).toBe('[\n    "myself",\n    "e2e"\n]\n');
});
