import { expect, it } from 'vitest';
import { checkYamlNesting } from '../yaml/nesting.ts';
import { checkJsonNesting } from './nesting.ts';

const levels = (count: number, open: string, close: string) => open.repeat(count) + close.repeat(count);

it.each([
  ['arrays', levels(501, '[', ']')],
  ['objects', levels(501, '{"a":', '}')],
  ['what never ends', '['.repeat(100_000)],
])('[API-4] refuses JSON that is too deep: %s', (_, text) => {
  expect(() => checkJsonNesting(text)).toThrow('exceeded max depth');
});

it.each([
  ['500 levels', levels(500, '[', ']')],
  ['many lists beside each other', `[${'[],'.repeat(2000)}[]]`],
  ['brackets in a text', JSON.stringify({ a: '["[{'.repeat(1000) })],
])('[API-4] takes JSON: %s', (_, text) => {
  expect(() => checkJsonNesting(text)).not.toThrow();
});

it.each([
  ['flow', levels(501, '[', ']')],
  ['flow that never ends', '[{a: '.repeat(20_000)],
  ['lists in lists', '- '.repeat(501)],
  ['maps in maps', Array.from({ length: 501 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
])('[API-4] refuses YAML that is too deep: %s', (_, text) => {
  expect(() => checkYamlNesting(text)).toThrow('yaml: exceeded max depth of 500');
});

it.each([
  ['brackets in a text', `a: |\n${'  [[[[ {{{{\n'.repeat(500)}`],
  ['a text far to the right', `a: |\n${' '.repeat(600)}b\n`],
  ['many lists', 'a:\n- [b]\n'.repeat(1) + '- [c]\n'.repeat(1000)],
])('[API-4] takes YAML: %s', (_, text) => {
  expect(() => checkYamlNesting(text)).not.toThrow();
});
