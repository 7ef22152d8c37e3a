/** UTF-8 without a host: the strict zone has no TextEncoder. Malformed input becomes U+FFFD, as everywhere. */

/** The UTF-8 bytes of `text`. */
export function encodeUtf8(text: string): Uint8Array {
  // Almost everything is ASCII, one byte for each unit: fill an array of that length until something else comes.
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) return encodeFrom(index, text, bytes);
    bytes[index] = unit;
  }
  return bytes;
}

/** @param ascii the bytes of what stands before `start` */
function encodeFrom(start: number, text: string, ascii: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(start + (text.length - start) * 3);
  bytes.set(ascii.subarray(0, start));
  let length = start;
  for (let index = start; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[length++] = unit;
      continue;
    }
    const code = text.codePointAt(index)!;
    if (code > 0xffff) index++;
    length = putCodePoint(bytes, length, code >= 0xd800 && code <= 0xdfff ? 0xfffd : code);
  }
  return bytes.slice(0, length);
}

function putCodePoint(bytes: Uint8Array, start: number, code: number): number {
  let length = start;
  if (code < 0x800) {
    bytes[length++] = 0xc0 | (code >> 6);
  } else {
    if (code < 0x10000) {
      bytes[length++] = 0xe0 | (code >> 12);
    } else {
      bytes[length++] = 0xf0 | (code >> 18);
      bytes[length++] = 0x80 | ((code >> 12) & 0x3f);
    }
    bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
  }
  bytes[length++] = 0x80 | (code & 0x3f);
  return length;
}

/** The text that `bytes` hold. A character cut in half at the end becomes U+FFFD; see `Utf8Decoder` for streams. */
export function decodeUtf8(bytes: Uint8Array): string {
  const decoder = new Utf8Decoder();
  return decoder.push(bytes) + decoder.end();
}

/** Decodes a stream in chunks that may cut a character in two. */
export class Utf8Decoder {
  #code = 0;
  #missing = 0;
  #least = 0;

  push(bytes: Uint8Array): string {
    let text = '';
    let from = 0;
    // Almost everything is ASCII: take it in runs.
    for (let index = 0; index < bytes.length; index++) {
      if (this.#missing === 0 && bytes[index]! < 0x80) continue;
      text += ascii(bytes, from, index) + this.#take(bytes[index]!);
      from = index + 1;
    }
    return text + ascii(bytes, from, bytes.length);
  }

  /** What is left when the stream ends. */
  end(): string {
    const cut = this.#missing > 0;
    this.#missing = 0;
    return cut ? '\ufffd' : '';
  }

  #take(byte: number): string {
    if (this.#missing > 0) {
      if ((byte & 0xc0) !== 0x80) {
        this.#missing = 0;
        return '\ufffd' + (byte < 0x80 ? String.fromCharCode(byte) : this.#take(byte));
      }
      this.#code = (this.#code << 6) | (byte & 0x3f);
      if (--this.#missing > 0) return '';
      const code = this.#code;
      const isValid = code >= this.#least && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      return isValid ? String.fromCodePoint(code) : '\ufffd';
    }
    if (byte >= 0xc2 && byte <= 0xdf) return this.#begin(byte & 0x1f, 1, 0x80);
    if (byte >= 0xe0 && byte <= 0xef) return this.#begin(byte & 0x0f, 2, 0x800);
    if (byte >= 0xf0 && byte <= 0xf4) return this.#begin(byte & 0x07, 3, 0x10000);
    return '\ufffd';
  }

  #begin(code: number, missing: number, least: number): string {
    this.#code = code;
    this.#missing = missing;
    this.#least = least;
    return '';
  }
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let start = from; start < to; start += 4096) {
    // Not spread: that would go through the array's iterator, byte by byte.
    text += String.fromCharCode.apply(null, bytes.subarray(start, Math.min(to, start + 4096)) as unknown as number[]);
  }
  return text;
}

/** One array with all of `chunks`, in order. */
export function concatBytes(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
