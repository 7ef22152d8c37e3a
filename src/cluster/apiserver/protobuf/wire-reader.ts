import { DecodeError } from '../../../api/decode/decode-error.ts';

/** One field as it travels: a number, or bytes. Groups are not used by Kubernetes. */
export interface WireField {
  readonly number: number;
  readonly value: bigint | Uint8Array;
}

/** The fields of a protobuf message, in the order of the bytes. Throws DecodeError. */
export function* readFields(bytes: Uint8Array): Generator<WireField> {
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    at = tag.end;
    const number = Number(tag.value >> 3n);
    const wireType = Number(tag.value & 7n);
    if (wireType === 0) {
      const { value, end } = readVarint(bytes, at);
      at = end;
      yield { number, value };
    } else {
      const size =
        wireType === 1 ? { value: 8n, end: at } : wireType === 5 ? { value: 4n, end: at } : readVarint(bytes, at);
      if (wireType !== 1 && wireType !== 2 && wireType !== 5)
        throw new DecodeError(`proto: illegal wireType ${wireType}`);
      const end = size.end + Number(size.value);
      if (end > bytes.length) throw new DecodeError('unexpected EOF');
      yield { number, value: bytes.subarray(size.end, end) };
      at = end;
    }
  }
}

/** All numbers of a packed list. */
export function* readVarints(bytes: Uint8Array): Generator<bigint> {
  for (let at = 0; at < bytes.length;) {
    const { value, end } = readVarint(bytes, at);
    at = end;
    yield value;
  }
}

function readVarint(bytes: Uint8Array, start: number): { readonly value: bigint; readonly end: number } {
  let value = 0n;
  for (let at = start, shift = 0n; at < bytes.length && shift < 70n; at++, shift += 7n) {
    value |= BigInt(bytes[at]! & 0x7f) << shift;
    if (bytes[at]! < 0x80) return { value: BigInt.asUintN(64, value), end: at + 1 };
  }
  throw new DecodeError('unexpected EOF');
}
