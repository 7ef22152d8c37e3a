/**
 * What a plain YAML 1.1 scalar stands for, as Go's yaml.v2 reads it: kubectl quotes every string that would be read as something else.
 * Upstream: go.yaml.in/yaml/v2 resolve.go
 */
const words = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

export type PlainKind = 'string' | 'boolean' | 'null' | 'integer' | 'float' | 'timestamp';

export interface PlainScalar {
  readonly kind: PlainKind;
  readonly value: string | number | boolean | null;
}

export function resolvePlain(text: string): PlainScalar {
  const word = words.get(text);
  if (word !== undefined) {
    return { kind: word === null ? 'null' : typeof word === 'boolean' ? 'boolean' : 'float', value: word };
  }
  const first = text[0]!;
  if (first === '.') {
    return /^\.\d+([eE][-+]?\d+)?$/.test(text)
      ? { kind: 'float', value: Number(text) }
      : { kind: 'string', value: text };
  }
  if (!/[-+0-9]/.test(first)) return { kind: 'string', value: text };
  if (isTimestamp(text)) return { kind: 'timestamp', value: text };
  return numberOf(text) ?? { kind: 'string', value: text };
}

function numberOf(text: string): PlainScalar | undefined {
  const plain = text.replaceAll('_', '');
  const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/.exec(plain);
  if (integer) {
    const digits = /^0[0-7]+$/.test(integer[2]!) ? `0o${integer[2]!.slice(1)}` : integer[2]!;
    const size = BigInt(digits);
    if (size < 1n << 64n) return { kind: 'integer', value: Number(integer[1] === '-' ? -size : size) };
  }
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain)) return { kind: 'float', value: Number(plain) };
  return undefined;
}

/** The few forms of time that yaml.v2 knows. */
function isTimestamp(text: string): boolean {
  const date =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(Z|[-+]\d\d:\d\d)?)?$/.exec(text);
  if (!date) return false;
  const [, year, month, day, separator, hour, minute, second, zone] = date;
  if (separator === ' ' && zone) return false;
  if (separator && separator !== ' ' && !zone) return false;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const isDate = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
  return isDate && (!separator || (Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60));
}

/** Base 60 numbers are strings to yaml.v2, but it quotes them for other readers' sake. */
export function isBase60(text: string): boolean {
  return /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text);
}
