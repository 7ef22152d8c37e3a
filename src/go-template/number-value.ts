import { goQuote } from '../api/index.ts';
import { unquote } from '../api/go/quote.ts';

/**
 * What a number stands for: a bigint is an int, a number a float64.
 * Upstream: text/template/parse/node.go newNumber
 * Differs: there are no complex numbers in templates.
 */
export function numberValue(text: string): { readonly value: bigint | number } | { readonly problem: string } {
  if (text.startsWith("'")) {
    const char = unquote(text);
    const isOne = char !== undefined && [...char].length === 1;
    return isOne ? { value: BigInt(char.codePointAt(0)!) } : { problem: `malformed character constant: ${text}` };
  }
  const plain = text.replaceAll('_', '');
  const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/.exec(plain);
  if (integer) {
    const digits = /^0[0-7]+$/.test(integer[2]!) ? `0o${integer[2]!.slice(1)}` : integer[2]!;
    const value = integer[1] === '-' ? -BigInt(digits) : BigInt(digits);
    // What only fits an unsigned integer is refused where it is used.
    const isInteger = value >= -(1n << 63n) && value < 1n << 64n;
    return isInteger ? { value } : { problem: `integer overflow: ${goQuote(text)}` };
  }
  const isFloat = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(plain) && /[.eE]/.test(plain);
  if (isFloat && Number.isFinite(Number(plain))) return { value: Number(plain) };
  return { problem: `illegal number syntax: ${goQuote(text)}` };
}
