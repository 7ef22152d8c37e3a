import type { RandomStream } from '../../kernel/index.ts';
import type { Certificate } from './code/certificate.ts';
import type { DistinguishedName } from './code/distinguished-name.ts';
import type { AlternativeNames } from './code/extensions.ts';
import type { SigningKey } from './code/signing-key.ts';
import { cryptography } from './cryptography.ts';

const yearMs = 365 * 24 * 3_600_000;
const authorityName: DistinguishedName = { commonName: 'kubernetes', organizations: [] };
/** Certificates begin a little early, for clocks that are behind. Upstream: cmd/kubeadm, signer.go */
const backdateMs = 5 * 60_000;

export interface CertificateOrder {
  readonly subject: DistinguishedName;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** As in CertificateSigningRequests: `client auth`, `digital signature`. */
  readonly usages: readonly string[];
  readonly names: AlternativeNames;
  readonly nowMs: number;
  readonly lifetimeMs: number;
  /** Drawn when absent; for certificates that are no event of the cluster. */
  readonly serial?: Uint8Array;
}

/**
 * The cluster's certificate authority: a key from the seed, and a certificate that says so itself.
 * Upstream: kubeadm's ca.crt and ca.key (with encryptionAlgorithm ECDSA-P256), pkg/controller/certificates/authority
 */
export class CertificateAuthority {
  readonly #seed: string;
  readonly #bornMs: number;
  readonly #random: RandomStream;
  #own: { readonly key: SigningKey; readonly certificate: Certificate } | undefined;

  /** @param bornMs when the cluster was made: the authority is valid for ten years from then */
  constructor(random: RandomStream, bornMs: number) {
    this.#random = random;
    this.#seed = random.text(64, '0123456789abcdef');
    this.#bornMs = Math.floor(bornMs / 1000) * 1000;
  }

  /** The authority's certificate, PEM. */
  get certificatePem(): string {
    return cryptography.code.toPem('CERTIFICATE', this.#self().certificate.der);
  }

  /** A certificate for somebody, PEM. */
  issue({ subject, publicKey, usages, names, nowMs, lifetimeMs, serial }: CertificateOrder): string {
    const { createCertificate, sha256, toPem } = cryptography.code;
    const { key, certificate } = this.#self();
    const notBeforeMs = nowMs - backdateMs;
    const der = createCertificate(
      {
        serial: serial ?? this.#serial(),
        issuer: authorityName,
        subject,
        notBeforeMs,
        notAfterMs: Math.min(notBeforeMs + lifetimeMs + backdateMs, certificate.notAfterMs),
        publicKey,
        usages,
        isAuthority: false,
        authorityKeyId: sha256(key.point).subarray(0, 20),
        names,
      },
      key,
    );
    return toPem('CERTIFICATE', der);
  }

  /** The user that a certificate stands for, when it is ours, for clients, and valid at the moment. */
  clientOf(der: Uint8Array, nowMs: number): Certificate | undefined {
    const { DerError, parseCertificate } = cryptography.code;
    try {
      const certificate = parseCertificate(der);
      const isValid = certificate.notBeforeMs <= nowMs && nowMs <= certificate.notAfterMs;
      const isForClients = certificate.extendedUsages?.includes('client auth') ?? true;
      if (!isValid || !isForClients) return undefined;
      return certificate.isSignedBy(this.#self().certificate.publicKey) ? certificate : undefined;
    } catch (error) {
      if (error instanceof DerError) return undefined;
      throw error;
    }
  }

  #self() {
    if (!this.#own) {
      const { createCertificate, noNames, parseCertificate, sha256, SigningKey } = cryptography.code;
      const key = new SigningKey(this.#seed);
      const der = createCertificate(
        {
          serial: Uint8Array.of(1),
          issuer: authorityName,
          subject: authorityName,
          notBeforeMs: this.#bornMs,
          notAfterMs: this.#bornMs + 10 * yearMs,
          publicKey: key.publicKeyInfo,
          usages: ['digital signature', 'key encipherment', 'cert sign'],
          isAuthority: true,
          subjectKeyId: sha256(key.point).subarray(0, 20),
          names: { ...noNames, dnsNames: ['kubernetes'] },
        },
        key,
      );
      this.#own = { key, certificate: parseCertificate(der) };
    }
    return this.#own;
  }

  #serial(): Uint8Array {
    const hex = this.#random.text(16, '0123456789abcdef');
    return Uint8Array.from(
      { length: 8 },
      (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16) & (at ? 0xff : 0x7f),
    );
  }
}
