import type { RandomStream } from '../../kernel/index.ts';

/** Values that have broken servers before. */
export function hostileValue(random: RandomStream): unknown {
  return random.pick(makers)(random);
}

/** Short texts that names, labels, selectors and queries are tried with. */
export function hostileText(random: RandomStream): string {
  return random.pick(texts);
}

const texts: readonly string[] = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  '%2e%2e%2f',
  '-',
  '.',
  '..',
  'a/b/c',
  'UPPER',
  'nul\0byte',
  'line\nbreak',
  '\u{1f600}',
  '\ud800',
  'é'.repeat(300),
  'x'.repeat(64),
  'x'.repeat(254),
  '$(reboot)',
  '{{.Name}}',
  '<script>',
  "';--",
  '=',
  '!',
  'in ()',
  'a=b,,c',
  'a in (b',
  '9223372036854775808',
  '-1',
  '0',
  '1e400',
  'NaN',
  'true',
  'null',
];

const makers: readonly ((random: RandomStream) => unknown)[] = [
  hostileText,
  hostileText,
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 1.5,
  () => 2 ** 31,
  () => 2 ** 53 + 2,
  () => 1e308,
  () => [],
  () => ({}),
  () => [null, [], {}],
  () => 'y'.repeat(70_000),
  (random) => nested(random.integer(2, 300)),
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown,
  () => Array.from({ length: 200 }, (_, index) => ({ name: `n${index}` })),
  () => Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${index}`, 'v'])),
];

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}
