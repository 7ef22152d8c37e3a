/**
 * Scalars as Go's decoders take them and its encoders write them again.
 * Upstream: apimachinery/pkg/api/resource/quantity.go, pkg/apis/meta/v1/time.go, micro_time.go, pkg/util/intstr
 */
import { goQuote } from '../json.ts';
import { QuantityError, formatQuantity, quantityFromJson } from '../quantity.ts';
import type { ScalarSchema } from '../schema/type-schema.ts';
import { parseRfc3339, rfc3339 } from '../time.ts';
import { DecodeError } from './decode-error.ts';
import { wireType } from './go-types.ts';

export type ScalarResult =
  | { readonly value: string | number | boolean }
  /** What the JSON has instead. */
  | { readonly mismatch: string }
  /** What the type's own decoder says. */
  | { readonly failure: string };

/** `value` is never null. */
export function decodeScalar(value: unknown, schema: ScalarSchema): ScalarResult {
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' ? { value } : { mismatch: wireType(value) };
    case 'boolean':
      return typeof value === 'boolean' ? { value } : { mismatch: wireType(value) };
    case 'double':
      return typeof value === 'number' ? { value } : { mismatch: wireType(value) };
    case 'int32':
      return decodeInteger(value, 2 ** 31);
    case 'int64':
      return decodeInteger(value, 2 ** 63);
    case 'bytes':
      return decodeBytes(value);
    case 'quantity':
      return decodeQuantity(value);
    case 'int-or-string':
      return typeof value === 'string' ? { value } : decodeInteger(value, 2 ** 31);
    case 'time':
      return decodeTime(value);
    case 'micro-time':
      return decodeMicroTime(value);
  }
}

function decodeInteger(value: unknown, limit: number): ScalarResult {
  if (typeof value !== 'number') return { mismatch: wireType(value) };
  return Number.isInteger(value) && value < limit && value >= -limit ? { value } : { mismatch: `number ${value}` };
}

function decodeQuantity(value: unknown): ScalarResult {
  if (typeof value === 'object') return { failure: quantityFailure('{') };
  try {
    return { value: formatQuantity(quantityFromJson(value)) };
  } catch (error) {
    if (error instanceof QuantityError) return { failure: error.message };
    throw error;
  }
}

function quantityFailure(text: string): string {
  try {
    quantityFromJson(text);
  } catch (error) {
    if (error instanceof QuantityError) return error.message;
    throw error;
  }
  throw new DecodeError(`not a quantity: ${text}`);
}

const timeLayout = '2006-01-02T15:04:05Z07:00';
const microTimeLayout = '2006-01-02T15:04:05.000000Z07:00';

function decodeTime(value: unknown): ScalarResult {
  if (typeof value !== 'string') return { mismatch: wireType(value) };
  const ms = parseRfc3339(value);
  return ms === undefined ? { failure: timeProblem(value, timeLayout) } : { value: rfc3339(ms) };
}

function decodeMicroTime(value: unknown): ScalarResult {
  if (typeof value !== 'string') return { mismatch: wireType(value) };
  const ms = parseRfc3339(value);
  const fraction = /\.(\d{6})(?:Z|[+-])/.exec(value)?.[1];
  if (ms === undefined || fraction === undefined) return { failure: timeProblem(value, microTimeLayout) };
  return { value: `${rfc3339(ms).slice(0, -1)}.${fraction}Z` };
}

const timePieces: readonly (readonly [layout: string, pattern: RegExp])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^(?:0[1-9]|1[0-2])/],
  ['-', /^-/],
  ['02', /^\d\d/],
  ['T', /^T/],
  ['15', /^\d\d/],
  [':', /^:/],
  ['04', /^\d\d/],
  [':', /^:/],
  ['05', /^\d\d/],
];

/** The part of Go's time layout that the text does not follow. */
function timeProblem(text: string, layout: string): string {
  const head = `parsing time ${goQuote(text)} as ${goQuote(layout)}: cannot parse`;
  let rest = text;
  for (const [piece, pattern] of timePieces) {
    const match = pattern.exec(rest);
    if (!match) return `${head} ${goQuote(rest)} as ${goQuote(piece)}`;
    rest = rest.slice(match[0].length);
  }
  if (layout === microTimeLayout && !/^\.\d{6}(?!\d)/.test(rest)) return `${head} ${goQuote(rest)} as ".000000"`;
  rest = rest.replace(/^\.\d+/, '');
  if (!/^(?:Z|[+-]\d\d:\d\d)/.test(rest)) return `${head} ${goQuote(rest)} as "Z07:00"`;
  rest = rest.replace(/^(?:Z|[+-]\d\d:\d\d)/, '');
  if (rest !== '') return `parsing time ${goQuote(text)}: extra text: ${goQuote(rest)}`;
  return `parsing time ${goQuote(text)}: ${outOfRange(text)} out of range`;
}

function outOfRange(text: string): string {
  if (Number(text.slice(11, 13)) > 23) return 'hour';
  if (Number(text.slice(14, 16)) > 59) return 'minute';
  return Number(text.slice(17, 19)) > 59 ? 'second' : 'day';
}

/** Base64, line breaks ignored. */
function decodeBytes(value: unknown): ScalarResult {
  if (typeof value !== 'string') return { mismatch: wireType(value) };
  const text = value.replace(/[\r\n]/g, '');
  const at = base64ErrorAt(text);
  return at < 0 ? { value: text } : { failure: `illegal base64 data at input byte ${at}` };
}

/** Where Go's decoder stops; negative when all is well. */
function base64ErrorAt(text: string): number {
  const match = /^[A-Za-z0-9+/]*/.exec(text)![0].length;
  const padding = text.slice(match);
  const missing = (4 - (match % 4)) % 4;
  if (padding === '' && missing === 0) return -1;
  if (padding === '') return match - (match % 4);
  if (padding[0] !== '=' || missing === 0 || missing === 3) return match;
  if (missing === 1) return padding === '=' ? -1 : match + 1;
  if (padding[1] !== '=') return padding.length > 1 ? match : match + 1;
  return padding === '==' ? -1 : match + 2;
}
