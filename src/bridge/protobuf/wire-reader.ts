/** One field on the wire, to be read as whatever its message says it is. */
export interface WireField {
  readonly number: number;
  readonly integer: number;
  readonly double: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly text: string;
}

const none = new Uint8Array();

/** The fields of a protobuf message in order. Source: protobuf.dev/programming-guides/encoding */
export class WireReader implements Iterable<WireField> {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  *[Symbol.iterator](): Generator<WireField> {
    while (this.#at < this.#bytes.length) {
      const tag = Number(this.#varint());
      yield this.#field(tag >>> 3, tag & 7);
    }
  }

  #field(number: number, wireType: number): WireField {
    let [integer, double, bytes] = [0, 0, none];
    if (wireType === 0) integer = Number(BigInt.asIntN(64, this.#varint()));
    else if (wireType === 1) double = new DataView(this.#take(8).buffer).getFloat64(0, true);
    else if (wireType === 2) bytes = this.#take(Number(this.#varint()));
    else if (wireType === 5) this.#take(4);
    else throw new RangeError(`wire type ${wireType} is not used`);
    return {
      number,
      integer,
      double,
      bytes,
      get text() {
        return new TextDecoder().decode(bytes);
      },
    };
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) break;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('the message ends in the middle of a number');
  }

  #take(length: number): Uint8Array<ArrayBuffer> {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError('the message ends in the middle of a field');
    const part = this.#bytes.slice(this.#at, end);
    this.#at = end;
    return part;
  }
}
