import { p256, p384, p521 } from '@noble/curves/nist.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bitsOf, childrenOf, decode, DerError, oidText, type DerValue } from './der.ts';

export { sha256 };

const ecPublicKey = '1.2.840.10045.2.1';
const rsaEncryption = '1.2.840.113549.1.1.1';

const curves = new Map([
  ['1.2.840.10045.3.1.7', p256],
  ['1.3.132.0.34', p384],
  ['1.3.132.0.35', p521],
]);

interface Algorithm {
  readonly hash: (bytes: Uint8Array) => Uint8Array;
  readonly keyType: string;
  /** What precedes the digest inside an RSA signature: the algorithm's name. Source: RFC 8017 9.2 */
  readonly digestPrefix?: readonly number[];
}

/** A sequence of the hash's identifier and a place for the digest of `size` bytes. */
const rsaPrefix = (hash: number, size: number): readonly number[] =>
  `30 ${(size + 17).toString(16)} 30 0d 06 09 60 86 48 01 65 03 04 02 0${hash} 05 00 04 ${size.toString(16)}`
    .split(' ')
    .map((byte) => Number.parseInt(byte, 16));

const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  ['1.2.840.10045.4.3.2', { hash: sha256, keyType: ecPublicKey }],
  ['1.2.840.10045.4.3.3', { hash: sha384, keyType: ecPublicKey }],
  ['1.2.840.10045.4.3.4', { hash: sha512, keyType: ecPublicKey }],
  ['1.2.840.113549.1.1.11', { hash: sha256, keyType: rsaEncryption, digestPrefix: rsaPrefix(1, 32) }],
  ['1.2.840.113549.1.1.12', { hash: sha384, keyType: rsaEncryption, digestPrefix: rsaPrefix(2, 48) }],
  ['1.2.840.113549.1.1.13', { hash: sha512, keyType: rsaEncryption, digestPrefix: rsaPrefix(3, 64) }],
]);

/**
 * Whether a signature is the key's.
 * @param algorithm an AlgorithmIdentifier; @param publicKey a SubjectPublicKeyInfo, in DER
 */
export function isSignedBy(
  publicKey: Uint8Array,
  algorithm: DerValue,
  signed: Uint8Array,
  signature: Uint8Array,
): boolean {
  const known = algorithms.get(oidText(first(childrenOf(algorithm))));
  const [keyAlgorithm, keyBits] = childrenOf(decode(publicKey));
  const [keyType, curve] = childrenOf(keyAlgorithm);
  if (!known || oidText(first([keyType])) !== known.keyType) return false;
  const digest = known.hash(signed);
  const key = bitsOf(keyBits);
  if (known.digestPrefix) return isRsaSigned(key, Uint8Array.of(...known.digestPrefix, ...digest), signature);
  const ec = curve && curves.get(oidText(curve));
  try {
    return ec?.verify(signature, digest, key, { prehash: false, lowS: false, format: 'der' }) ?? false;
  } catch {
    return false; // Not a point of the curve, or no signature at all.
  }
}

/** PKCS #1 v1.5: the signature, raised to the public exponent, is the padded digest. */
function isRsaSigned(key: Uint8Array, encodedDigest: Uint8Array, signature: Uint8Array): boolean {
  const [modulusField, exponentField] = childrenOf(decode(key));
  const modulus = numberOf(first([modulusField]).content);
  const exponent = numberOf(first([exponentField]).content);
  const size = Math.ceil(modulus.toString(16).length / 2);
  // A key beyond 8192 bits, or an exponent beyond 32, would only cost time.
  if (size > 1024 || exponent >= 1n << 32n || size < encodedDigest.length + 11 || signature.length !== size)
    return false;
  const padded = powerModulo(numberOf(signature), exponent, modulus);
  const fill = new Uint8Array(size - encodedDigest.length - 3).fill(0xff);
  return padded === numberOf(Uint8Array.of(0, 1, ...fill, 0, ...encodedDigest));
}

function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let rest = exponent, square = base % modulus; rest > 0n; rest >>= 1n, square = (square * square) % modulus) {
    if (rest & 1n) result = (result * square) % modulus;
  }
  return result;
}

function numberOf(bytes: Uint8Array): bigint {
  let hex = '0x0';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return BigInt(hex);
}

function first(values: readonly (DerValue | undefined)[]): DerValue {
  const [value] = values;
  if (!value) throw new DerError('data truncated');
  return value;
}
