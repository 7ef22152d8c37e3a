import { goQuote } from '../../api/index.ts';

/** strconv.ParseBool; undefined when the text is no boolean. */
export function parseBool(text: string): boolean | undefined {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  return undefined;
}

/** strconv.ParseInt(text, 0, bits): the number, or what the error says. */
export function parseInteger(text: string, bits: 32 | 64, isUnsigned = false): number | string {
  const fail = (why: string) => `strconv.${isUnsigned ? 'ParseUint' : 'ParseInt'}: parsing ${goQuote(text)}: ${why}`;
  const pattern = isUnsigned
    ? /^(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*|[1-9][0-9_]*)$/
    : /^[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*|[1-9][0-9_]*)$/;
  if (!pattern.test(text)) return fail('invalid syntax');
  const sign = text.startsWith('-') ? -1n : 1n;
  const digits = text.replace(/^[+-]/, '').replaceAll('_', '');
  const value = sign * BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const limit = 1n << BigInt(isUnsigned ? bits : bits - 1);
  if (value >= limit || value < (isUnsigned ? 0n : -limit)) return fail('value out of range');
  return Number(value);
}

/** strconv.Atoi. */
export function parseDecimal(text: string): number | string {
  if (!/^[+-]?\d+$/.test(text)) return `strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : `strconv.Atoi: parsing ${goQuote(text)}: value out of range`;
}
