import { formatPrintf } from '../../format/printf.ts';

/** Text from outside that looks like a number: it compares as one. */
export class NumericText {
  readonly text: string;
  readonly value: number;
  constructor(text: string, value: number) {
    this.text = text;
    this.value = value;
  }
}

/** A value; undefined is one that was never set: empty and zero at once. */
export type Value = number | string | NumericText | undefined;

const looksNumeric = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/;

/** Text that came as input. */
export function fromInput(text: string): Value {
  return looksNumeric.test(text) ? new NumericText(text, Number(text)) : text;
}

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  if (value instanceof NumericText) return value.value;
  const match = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(value);
  return match ? Number(match[0]) : 0;
}

export function toText(value: Value, format: string): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (value instanceof NumericText) return value.text;
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return String(value);
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return formatPrintf(format, [String(value)], 0).text;
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0;
  if (value instanceof NumericText) return value.value !== 0;
  return value !== undefined && value !== '';
}

/** Numbers compare as numbers, unless one of the two is a string. */
export function compareValues(a: Value, b: Value, format: string): number {
  if (typeof a === 'string' || typeof b === 'string') {
    const [x, y] = [toText(a, format), toText(b, format)];
    return x < y ? -1 : x > y ? 1 : 0;
  }
  return toNumber(a) - toNumber(b);
}
