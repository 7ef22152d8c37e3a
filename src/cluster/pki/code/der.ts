/**
 * DER, the encoding of certificates: a tag, a length, a content.
 * Source: ITU-T X.690
 */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
}

/** What is no DER, or not what was expected. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

export function encode(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return concat(Uint8Array.of(tag, ...lengthBytes(length)), ...contents);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function integer(bytes: Uint8Array): Uint8Array {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from++;
  const short = bytes.subarray(from);
  return encode(tags.integer, short[0]! >= 0x80 ? concat(Uint8Array.of(0), short) : short);
}

export function bitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return encode(tags.bitString, Uint8Array.of(unusedBits), bytes);
}

/** @param dotted `1.2.840.10045.2.1` */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift((left % 128) | 0x80);
    bytes.push(...septets);
  }
  return encode(tags.oid, Uint8Array.from(bytes));
}

export function oidText({ tag, content }: DerValue): string {
  if (tag !== tags.oid || content.length === 0) throw new DerError('an object identifier was expected');
  const arcs = [Math.min(2, Math.floor(content[0]! / 40))];
  arcs.push(content[0]! - arcs[0]! * 40);
  let arc = 0;
  for (const byte of content.subarray(1)) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  return arcs.join('.');
}

/** The only value in `bytes`. Throws DerError. */
export function decode(bytes: Uint8Array): DerValue {
  const [value, ...others] = decodeAll(bytes);
  if (!value || others.length > 0) throw new DerError('one value was expected');
  return value;
}

/** The values that follow each other in `bytes`. Throws DerError. */
export function decodeAll(bytes: Uint8Array): readonly DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const header = readLength(bytes, at + 1);
    const end = header.at + header.length;
    if (end > bytes.length) throw new DerError('data truncated');
    values.push({ tag: bytes[at]!, content: bytes.subarray(header.at, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return values;
}

function readLength(bytes: Uint8Array, at: number): { readonly at: number; readonly length: number } {
  const first = bytes[at];
  if (first === undefined) throw new DerError('data truncated');
  if (first < 0x80) return { at: at + 1, length: first };
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new DerError('length too large');
  let length = 0;
  for (let n = 1; n <= count; n++) length = length * 256 + (bytes[at + n] ?? 0);
  return { at: at + 1 + count, length };
}

/** The values inside a sequence or set. Throws DerError. */
export function childrenOf(value: DerValue | undefined, tag: number = tags.sequence): readonly DerValue[] {
  if (value?.tag !== tag) throw new DerError('a structure was expected');
  return decodeAll(value.content);
}

/** The bytes of a bit string of whole bytes. Throws DerError. */
export function bitsOf(value: DerValue | undefined): Uint8Array {
  if (value?.tag !== tags.bitString || value.content[0] !== 0) throw new DerError('a bit string was expected');
  return value.content.subarray(1);
}
