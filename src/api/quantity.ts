/**
 * Amounts of CPU, memory and storage, exact. A quantity remembers the kind of suffix it was written with and is shown
 * with the largest suffix that loses nothing.
 * Upstream: apimachinery/pkg/api/resource/quantity.go
 * Differs: exponents beyond 10,000 are refused; upstream accepts and then fails to compute with them.
 */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

export interface Quantity {
  /** In billionths; finer amounts are rounded up when parsed. */
  readonly nano: bigint;
  readonly format: QuantityFormat;
  /** The text it was parsed from, where that is kept as it is. */
  readonly text?: string;
}

export class QuantityError extends Error {
  override readonly name = 'QuantityError';
}

const formatProblem = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const suffixProblem = "unable to parse quantity's suffix";

const nanoPerOne = 1_000_000_000n;
const maxInt64 = 2n ** 63n - 1n;

export const zeroQuantity: Quantity = { nano: 0n, format: 'DecimalSI', text: '0' };

/** Few texts make up nearly all quantities of a cluster; parsing each once keeps sums over thousands of pods cheap. */
const parsed = new Map<string, Quantity>();
const parsedLimit = 10_000;

/** Throws QuantityError, with upstream's text. */
export function parseQuantity(text: string): Quantity {
  const known = parsed.get(text);
  if (known) return known;
  const quantity = parse(text);
  if (parsed.size >= parsedLimit) parsed.clear();
  parsed.set(text, quantity);
  return quantity;
}

/** As the JSON decoder takes it: numbers are fine too, and spaces around. Throws QuantityError. */
export function quantityFromJson(value: unknown): Quantity {
  if (value === null) return zeroQuantity;
  return parseQuantity(String(value).trim());
}

export function isQuantity(text: string): boolean {
  try {
    parseQuantity(text);
    return true;
  } catch (error) {
    if (error instanceof QuantityError) return false;
    throw error;
  }
}

function parse(text: string): Quantity {
  if (text === '') throw new QuantityError(formatProblem);
  if (text === '0') return zeroQuantity;
  const match = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text);
  if (!match) throw new QuantityError(formatProblem);
  const [, sign, digits = '', fraction = '', suffixText = ''] = match;
  const whole = digits || '0';
  const suffix = suffixOf(suffixText);
  if (!suffix) throw new QuantityError(suffixProblem);
  const size = nanoOf(BigInt(whole + fraction), fraction.length, suffix);
  const nano = sign === '-' ? -size : size;
  const format = suffix.format === 'BinarySI' && size > 0n && size < nanoPerOne ? 'DecimalSI' : suffix.format;
  return isKeptAsWritten(whole, fraction, suffix) ? { nano, format, text } : { nano, format };
}

interface Suffix {
  readonly base: 2n | 10n;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

function nanoOf(digits: bigint, fractionLength: number, { base, exponent, format }: Suffix): bigint {
  if (base === 2n) {
    const nano = ceilDivide(digits * 2n ** BigInt(exponent) * nanoPerOne, 10n ** BigInt(fractionLength));
    return format === 'BinarySI' && nano > maxInt64 * nanoPerOne ? maxInt64 * nanoPerOne : nano;
  }
  const scale = exponent - fractionLength + 9;
  return scale >= 0 ? digits * 10n ** BigInt(scale) : ceilDivide(digits, 10n ** BigInt(-scale));
}

/** Upstream hands back the text it was given when its quick look finds it canonical, even where it is not quite. */
function isKeptAsWritten(whole: string, fraction: string, { exponent, format }: Suffix): boolean {
  const shifted = whole + fraction;
  if (format === 'BinarySI') {
    const precision = 15 - whole.length - Math.trunc((exponent * 3) / 10) - 1;
    return fraction === '' && precision >= 0 && exponent % 10 === 0 && (BigInt(shifted) & 7n) !== 0n;
  }
  const scale = exponent - fraction.length;
  return shifted.length <= 18 && scale >= -9 && scale % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0');
}

const decimalSuffixes = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const decimalSuffixByExponent = new Map([...decimalSuffixes].map(([suffix, exponent]) => [exponent, suffix]));
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const maxExponent = 10_000;

function suffixOf(text: string): Suffix | undefined {
  const decimal = decimalSuffixes.get(text);
  if (decimal !== undefined) return { base: 10n, exponent: decimal, format: 'DecimalSI' };
  const binary = binarySuffixes.indexOf(text);
  if (binary > 0) return { base: 2n, exponent: binary * 10, format: 'BinarySI' };
  if (!/^[eE][-+]?[0-9]+$/.test(text)) return undefined;
  const exponent = Number(text.slice(1));
  return Math.abs(exponent) <= maxExponent ? { base: 10n, exponent, format: 'DecimalExponent' } : undefined;
}

/** The canonical text: no fraction, the largest suffix that loses nothing. `1.5` is `1500m`, `1024Mi` is `1Gi`. */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.text !== undefined) return quantity.text;
  const { nano, format } = quantity;
  if (nano === 0n) return '0';
  const isWhole = nano % nanoPerOne === 0n;
  const isSmall = nano > -1024n * nanoPerOne && nano < 1024n * nanoPerOne;
  return format === 'BinarySI' && isWhole && !isSmall
    ? formatBinary(nano / nanoPerOne)
    : formatDecimal(nano, format === 'DecimalExponent');
}

function formatBinary(value: bigint): string {
  let mantissa = value;
  let power = 0;
  while (power < 6 && mantissa % 1024n === 0n) {
    mantissa /= 1024n;
    power++;
  }
  return `${mantissa}${binarySuffixes[power]}`;
}

function formatDecimal(nano: bigint, isExponent: boolean): string {
  let mantissa = nano;
  let exponent = -9;
  while (mantissa % 1000n === 0n && (isExponent || exponent < 18)) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (!isExponent) return `${mantissa}${decimalSuffixByExponent.get(exponent)}`;
  return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
}

/** The canonical text of `text`. Throws QuantityError. */
export function canonicalQuantity(text: string): string {
  return formatQuantity(parseQuantity(text));
}

export function addQuantity(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format };
}

export function subtractQuantity(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano - b.nano, format: a.nano === 0n ? b.format : a.format };
}

export function multiplyQuantity(a: Quantity, factor: number): Quantity {
  return { nano: a.nano * BigInt(factor), format: a.format };
}

/** Negative when a is less, 0 when they are the same amount, positive when a is more. */
export function compareQuantity(a: Quantity, b: Quantity): number {
  return a.nano < b.nano ? -1 : a.nano > b.nano ? 1 : 0;
}

export function quantityOf(value: number, format: QuantityFormat): Quantity {
  return { nano: BigInt(value) * nanoPerOne, format };
}

export function milliQuantityOf(value: number, format: QuantityFormat): Quantity {
  return { nano: BigInt(value) * 1_000_000n, format };
}

/** As a whole number, fractions rounded up: bytes, pods. Beyond 2^53 it is as near as a number gets. */
export function quantityValue(quantity: Quantity): number {
  return Number(ceilDivide(quantity.nano, nanoPerOne));
}

/** In thousandths, rounded up: CPU. */
export function quantityMilliValue(quantity: Quantity): number {
  return Number(ceilDivide(quantity.nano, 1_000_000n));
}

/** Rounds away from zero: whoever asks for a little gets something. */
function ceilDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  if (value % divisor === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}
