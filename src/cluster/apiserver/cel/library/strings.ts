import type { Environment } from '@marcbachmann/cel-js';
import { goRegExp } from '../../../../api/go/go-regexp.ts';
import { ownNames } from '../own-names.ts';
import { celText } from '../values.ts';

/** Upstream: apiserver/pkg/cel/library/regex.go, cel-go/ext/strings.go */
export function registerStrings(environment: Environment): void {
  const matches = (text: string, pattern: string): boolean => goRegExp(pattern).test(text);
  environment
    .registerFunction(`string.${ownNames.matches}(string): bool`, matches)
    .registerFunction(`${ownNames.matches}(string, string): bool`, matches)
    .registerFunction(
      'string.find(string): string',
      (text: string, pattern: string) => goRegExp(pattern).exec(text)?.[0] ?? '',
    )
    .registerFunction('string.findAll(string): list<string>', (text: string, pattern: string) => findAll(text, pattern))
    .registerFunction('string.findAll(string, int): list<string>', (text: string, pattern: string, limit: bigint) =>
      findAll(text, pattern).slice(0, limit < 0n ? undefined : Number(limit)),
    )
    .registerFunction('string.charAt(int): string', (text: string, at: bigint) => charAt(text, Number(at)))
    .registerFunction('string.replace(string, string): string', (text: string, old: string, next: string) =>
      text.replaceAll(old, () => next),
    )
    .registerFunction('string.replace(string, string, int): string', replaceSome)
    .registerFunction('string.reverse(): string', (text: string) => [...text].toReversed().join(''))
    .registerFunction('string.format(list): string', format);
}

function findAll(text: string, pattern: string): string[] {
  const expression = goRegExp(pattern);
  return [...text.matchAll(new RegExp(expression.source, `g${expression.flags}`))].map(([found]) => found);
}

function charAt(text: string, at: number): string {
  const characters = [...text];
  if (at < 0 || at > characters.length) throw new Error(`index out of range: ${at}`);
  return characters[at] ?? '';
}

function replaceSome(text: string, old: string, next: string, limit: bigint): string {
  if (limit < 0n) return text.replaceAll(old, () => next);
  const parts = text.split(old);
  const count = Math.min(Number(limit), parts.length - 1);
  return [...parts.slice(0, count).map((part) => part + next), parts.slice(count).join(old)].join('');
}

function format(template: string, args: readonly unknown[]): string {
  let used = 0;
  return template.replace(
    /%(%|(?:\.(\d+))?([a-zA-Z]))/g,
    (_, whole: string, precision: string | undefined, verb: string) => {
      if (whole === '%') return '%';
      if (used >= args.length) throw new Error(`index ${used} out of range`);
      return formatted(args[used++], verb, precision === undefined ? undefined : Number(precision));
    },
  );
}

function formatted(value: unknown, verb: string, precision: number | undefined): string {
  switch (verb) {
    case 's':
      return celText(value);
    case 'd':
      return celText(value);
    case 'f':
      return Number(value).toFixed(precision ?? 6);
    case 'e':
      return Number(value)
        .toExponential(precision ?? 6)
        .replace(/e([+-])(\d)$/, 'e$10$2');
    case 'b':
      return typeof value === 'boolean' ? (value ? '1' : '0') : BigInt(value as bigint).toString(2);
    case 'o':
      return BigInt(value as bigint).toString(8);
    case 'x':
    case 'X': {
      const text = typeof value === 'string' ? hexOf(value) : BigInt(value as bigint).toString(16);
      return verb === 'X' ? text.toUpperCase() : text;
    }
    default:
      throw new Error(`could not parse formatting clause: unrecognized formatting clause "${verb}"`);
  }
}

function hexOf(text: string): string {
  return [...text].map((character) => character.codePointAt(0)!.toString(16).padStart(2, '0')).join('');
}
