/** Writes a protobuf message field by field. Source: protobuf.dev/programming-guides/encoding */
export class WireWriter {
  readonly #parts: Buffer[] = [];

  text(number: number, value: string): this {
    return this.#lengthDelimited(number, Buffer.from(value, 'utf8'));
  }

  message(number: number, value: WireWriter): this {
    return this.#lengthDelimited(number, value.bytes());
  }

  bool(number: number, value: boolean): this {
    if (value) this.#parts.push(varint(number << 3), varint(1));
    return this;
  }

  bytes(): Buffer<ArrayBuffer> {
    return Buffer.concat(this.#parts);
  }

  #lengthDelimited(number: number, content: Buffer): this {
    this.#parts.push(varint((number << 3) | 2), varint(content.length), content);
    return this;
  }
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}
