import { decodeUtf8, encodeUtf8 } from '../../../kernel/index.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Unpadded base64 for URLs, of text: continue tokens. */
export function toBase64Url(text: string): string {
  const bytes = encodeUtf8(text);
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const digits = Math.min(4, bytes.length - at + 1);
    for (let digit = 0; digit < digits; digit++) encoded += alphabet[(group >> (18 - 6 * digit)) & 63];
  }
  return encoded;
}

/** Undefined when it is no such text. */
export function fromBase64Url(encoded: string): string | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < encoded.length; at += 4) {
    const digits = encoded
      .slice(at, at + 4)
      .split('')
      .map((digit) => alphabet.indexOf(digit));
    if (digits.includes(-1) || digits.length === 1) return undefined;
    const group = digits.reduce((sum, digit, index) => sum | (digit << (18 - 6 * index)), 0);
    for (let byte = 0; byte < digits.length - 1; byte++) bytes.push((group >> (16 - 8 * byte)) & 255);
  }
  return decodeUtf8(Uint8Array.from(bytes));
}
