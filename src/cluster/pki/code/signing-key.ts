import { p256 } from '@noble/curves/nist.js';
import { sha384 } from '@noble/hashes/sha2.js';
import { encodeUtf8 } from '../../../kernel/index.ts';
import { bitString, encode, oid, tags } from './der.ts';

/**
 * A private key on the curve P-256, derived from a seed.
 * Source: FIPS 186-5; signatures are deterministic, RFC 6979
 */
export class SigningKey {
  readonly #secret: Uint8Array;
  /** An uncompressed point: 4, x, y. */
  readonly point: Uint8Array;

  constructor(seed: string) {
    this.#secret = p256.utils.randomSecretKey(sha384(encodeUtf8(seed)));
    this.point = p256.getPublicKey(this.#secret, false);
  }

  /** r and s, 32 bytes each: what JSON Web Signatures carry. */
  sign(bytes: Uint8Array): Uint8Array {
    return p256.sign(bytes, this.#secret, { lowS: false });
  }

  /** In DER: what certificates carry. */
  signDer(bytes: Uint8Array): Uint8Array {
    return p256.sign(bytes, this.#secret, { lowS: false, format: 'der' });
  }

  /** Whether `sign` made a signature. */
  hasSigned(signature: Uint8Array, bytes: Uint8Array): boolean {
    try {
      return p256.verify(signature, bytes, this.point, { lowS: false });
    } catch {
      return false; // Of the wrong length.
    }
  }

  /** SubjectPublicKeyInfo, DER. */
  get publicKeyInfo(): Uint8Array {
    const algorithm = encode(tags.sequence, oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7'));
    return encode(tags.sequence, algorithm, bitString(this.point));
  }
}
