/**
 * A float64 in one of Go's formats.
 * Upstream: Go's strconv.FormatFloat
 * @param precision how many digits; -1 for as many as it takes to tell the number from all others
 */
export function floatText(value: number, verb: 'e' | 'f' | 'g', precision = -1): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-Inf' : '+Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return sign + magnitudeText(Math.abs(value), verb, precision);
}

function magnitudeText(size: number, verb: 'e' | 'f' | 'g', precision: number): string {
  if (verb === 'e') return exponentText(precision < 0 ? size.toExponential() : size.toExponential(precision));
  if (verb === 'f') return precision < 0 ? plainText(size) : bigFixed(size, precision);
  const digits = Math.max(1, precision);
  const scientific = precision < 0 ? size.toExponential() : size.toExponential(Math.min(digits - 1, 100));
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1));
  // The shortest form turns to exponents at a million.
  const limit = precision < 0 ? 6 : largestPlainExponent(scientific, exponent, digits);
  if (exponent < -4 || exponent >= limit) return exponentText(withoutZeros(scientific));
  return precision < 0 ? plainText(size) : withoutZeros(bigFixed(size, Math.max(0, digits - 1 - exponent)));
}

/** A whole number is written out as long as it has no more digits than that. */
function largestPlainExponent(scientific: string, exponent: number, digits: number): number {
  const significant = withoutZeros(scientific).replace(/e.*|\./g, '').length;
  return digits > significant && significant >= exponent + 1 ? significant : digits;
}

function withoutZeros(text: string): string {
  const [number = '', power] = text.split('e');
  const short = number.includes('.') ? number.replace(/\.?0+$/, '') : number;
  return power === undefined ? short : `${short}e${power}`;
}

/** Exponents have two digits at least. */
function exponentText(text: string): string {
  return text.replace(/e([-+])(\d+)$/, (_, sign: string, digits: string) => `e${sign}${digits.padStart(2, '0')}`);
}

function bigFixed(size: number, precision: number): string {
  if (size < 1e21) return size.toFixed(Math.min(precision, 100));
  return plainText(size) + (precision > 0 ? `.${'0'.repeat(precision)}` : '');
}

/** All digits, without an exponent. */
function plainText(size: number): string {
  const [digits = '', exponent] = size.toExponential().split('e');
  const power = Number(exponent);
  const all = digits.replace('.', '');
  if (power < 0) return `0.${'0'.repeat(-power - 1)}${all}`;
  const whole = all.padEnd(power + 1, '0');
  return whole.length > power + 1 ? `${whole.slice(0, power + 1)}.${whole.slice(power + 1)}` : whole;
}
