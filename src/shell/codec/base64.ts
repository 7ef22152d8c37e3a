import { decodeUtf8 } from '../../kernel/index.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const values = new Map([...alphabet].map((letter, value) => [letter, value]));

export function encodeBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(padding);
  let length = 0;
  for (let index = 0; index < bytes.length; index += 3) {
    const [b, c] = [bytes[index + 1], bytes[index + 2]];
    const group = (bytes[index]! << 16) | ((b ?? 0) << 8) | (c ?? 0);
    codes[length] = alphabet.charCodeAt(group >> 18);
    codes[length + 1] = alphabet.charCodeAt((group >> 12) & 63);
    if (b !== undefined) codes[length + 2] = alphabet.charCodeAt((group >> 6) & 63);
    if (c !== undefined) codes[length + 3] = alphabet.charCodeAt(group & 63);
    length += 4;
  }
  // In one piece: a text that grows by a letter each keeps all its beginnings alive.
  return decodeUtf8(codes);
}

const padding = '='.charCodeAt(0);

/** The bytes; undefined when it is no base64. White space is skipped. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const letters = text.replace(/\s/g, '').replace(/={1,2}$/, '');
  if (letters.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let group = 0;
  let bits = 0;
  let length = 0;
  for (const letter of letters) {
    const value = values.get(letter);
    if (value === undefined) return undefined;
    group = ((group << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (group >> bits) & 0xff;
  }
  return bytes;
}
