import { bitsOf, childrenOf, decode, DerError } from './der.ts';
import { decodeName, type DistinguishedName } from './distinguished-name.ts';
import { requestedExtensions, type AlternativeNames } from './extensions.ts';
import { isSignedBy } from './signatures.ts';

/** What somebody asks an authority to sign. */
export interface CertificateRequest {
  readonly subject: DistinguishedName;
  readonly names: AlternativeNames;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** Whether the request was signed with the key that it is about. */
  readonly isGenuine: boolean;
}

/** PKCS #10. Source: RFC 2986. Throws DerError. */
export function parseCertificateRequest(der: Uint8Array): CertificateRequest {
  const [signed, algorithm, signature] = childrenOf(decode(der));
  const [, subject, publicKey, attributes] = childrenOf(signed);
  if (!signed || !algorithm || !publicKey) throw new DerError('data truncated');
  return {
    subject: decodeName(subject),
    names: requestedExtensions(attributes?.tag === 0xa0 ? attributes.content : new Uint8Array(0)).names,
    publicKey: publicKey.whole,
    isGenuine: isSignedBy(publicKey.whole, algorithm, signed.whole, bitsOf(signature)),
  };
}
