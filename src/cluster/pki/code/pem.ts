import { decodeUtf8, encodeUtf8 } from '../../../kernel/index.ts';
import { decodeBase64, encodeBase64 } from '../../../shell/codec/base64.ts';

/** Upstream: Go's encoding/pem */
export function toPem(type: string, der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${type}-----\n${lines.join('\n')}\n-----END ${type}-----\n`;
}

/** The first block in a text, and what comes behind it; undefined when there is none. */
export function fromPem(
  text: string,
): { readonly type: string; readonly der: Uint8Array; readonly rest: string } | undefined {
  const found = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\s]*?)-----END \1-----\r?\n?/.exec(text);
  const der = found && decodeBase64(found[2]!.replaceAll(/\s/g, ''));
  return der ? { type: found[1]!, der, rest: text.slice(found.index + found[0].length) } : undefined;
}

/** PEM as the fields of objects carry it: base64 once more. */
export function pemOfBytes(base64: string): string | undefined {
  const bytes = decodeBase64(base64);
  return bytes && decodeUtf8(bytes);
}

export function bytesOfPem(pem: string): string {
  return encodeBase64(encodeUtf8(pem));
}
