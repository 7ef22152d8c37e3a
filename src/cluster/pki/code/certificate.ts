import { decodeUtf8, encodeUtf8 } from '../../../kernel/index.ts';
import { bitsOf, bitString, childrenOf, decode, DerError, encode, integer, oid, tags, type DerValue } from './der.ts';
import { decodeName, encodeName, type DistinguishedName } from './distinguished-name.ts';
import { decodeExtensions, encodeExtensions, type ReadExtensions, type WantedExtensions } from './extensions.ts';
import { isSignedBy } from './signatures.ts';
import type { SigningKey } from './signing-key.ts';

export interface CertificateTemplate extends WantedExtensions {
  /** Positive, big-endian. */
  readonly serial: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
}

export interface Certificate extends ReadExtensions {
  readonly subject: DistinguishedName;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly publicKey: Uint8Array;
  readonly der: Uint8Array;
  isSignedBy(publicKey: Uint8Array): boolean;
}

/** A certificate in DER, signed with ecdsa-with-SHA256. Source: RFC 5280 */
export function createCertificate(template: CertificateTemplate, issuerKey: SigningKey): Uint8Array {
  const algorithm = encode(tags.sequence, oid('1.2.840.10045.4.3.2'));
  const signed = encode(
    tags.sequence,
    encode(0xa0, integer(Uint8Array.of(2))),
    integer(template.serial),
    algorithm,
    encodeName(template.issuer),
    encode(tags.sequence, time(template.notBeforeMs), time(template.notAfterMs)),
    encodeName(template.subject),
    template.publicKey,
    encode(0xa3, encodeExtensions(template)),
  );
  return encode(tags.sequence, signed, algorithm, bitString(issuerKey.signDer(signed)));
}

/** Up to 2049 with two digits for the year. */
function time(ms: number): Uint8Array {
  const text = `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  const isShort = text < '2050';
  return encode(isShort ? tags.utcTime : tags.generalizedTime, encodeUtf8(isShort ? text.slice(2) : text));
}

function timeOf(value: DerValue | undefined): number {
  const text = value ? decodeUtf8(value.content) : '';
  const full = value?.tag === tags.utcTime ? `${text.slice(0, 2) < '50' ? '20' : '19'}${text}` : text;
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full) ?? [];
  if (second === undefined) throw new DerError('a time was expected');
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** Throws DerError. */
export function parseCertificate(der: Uint8Array): Certificate {
  const [signed, algorithm, signature] = childrenOf(decode(der));
  const fields = childrenOf(signed);
  const [, , , , validity, subject, publicKey] = fields;
  const [notBefore, notAfter] = childrenOf(validity);
  if (!publicKey || !algorithm) throw new DerError('data truncated');
  const extensions = fields.find(({ tag }) => tag === 0xa3);
  return {
    ...decodeExtensions(extensions ? childrenOf(decode(extensions.content)) : []),
    subject: decodeName(subject),
    notBeforeMs: timeOf(notBefore),
    notAfterMs: timeOf(notAfter),
    publicKey: publicKey.whole,
    der,
    isSignedBy: (key) => isSignedBy(key, algorithm, signed!.whole, bitsOf(signature)),
  };
}
