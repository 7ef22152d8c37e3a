import { quoteRune } from '../../api/go/quote.ts';
import type { Directive } from './directive.ts';
import { padded, paddedNumber, spaced } from './padding.ts';

const radixes: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const prefixes: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' };

/** An int; undefined where the verb is not one for integers. */
export function integerText(value: bigint, directive: Directive): string | undefined {
  const { verb, flags, precision } = directive;
  if (verb === 'c') return padded(runeOf(value), directive);
  if (verb === 'q') return padded(quoteRune(runeOf(value)), directive);
  if (verb === 'U') return spaced(codePointText(value, directive), directive);
  const radix = radixes[verb];
  if (radix === undefined) return undefined;
  if (precision === 0 && value === 0n) return spaced('', directive);
  let digits = (value < 0n ? -value : value).toString(radix).padStart(precision ?? 0, '0');
  if (verb === 'X') digits = digits.toUpperCase();
  const sign = value < 0n ? '-' : flags.has('+') ? '+' : flags.has(' ') ? ' ' : '';
  const prefix = verb === 'O' ? '0o' : flags.has('#') ? (prefixes[verb] ?? '') : '';
  if (precision !== undefined) return spaced(sign + prefix + digits, directive);
  if (prefix === '') return paddedNumber(sign + digits, directive);
  const wide = flags.has('0') && !flags.has('-') ? (directive.width ?? 0) - sign.length : 0;
  return spaced(sign + prefix + digits.padStart(wide, '0'), directive);
}

function runeOf(value: bigint): string {
  return value >= 0n && value <= 0x10ffffn ? String.fromCodePoint(Number(value)) : '\ufffd';
}

function codePointText(value: bigint, { flags, precision }: Directive): string {
  const name = `U+${value
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, precision ?? 4), '0')}`;
  return flags.has('#') ? `${name} '${runeOf(value)}'` : name;
}

/** The bytes of a string in base 16. */
export function hexText(text: string, { verb, flags, precision }: Directive): string {
  const bytes = [...new TextEncoder().encode(text)].slice(0, precision);
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  const prefix = flags.has('#') && digits.length > 0 ? '0x' : '';
  const joined = prefix + digits.join(flags.has(' ') ? ` ${prefix}` : '');
  return verb === 'X' ? joined.toUpperCase() : joined;
}
