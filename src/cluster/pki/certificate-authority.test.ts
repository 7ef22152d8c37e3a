import { createPublicKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../kernel/index.ts';
import { CertificateAuthority } from './certificate-authority.ts';
import { cryptography } from './cryptography.ts';
import { requests } from './testing/requests.ts';

const bornMs = Date.UTC(2026, 0, 5, 9);
const authority = () => new CertificateAuthority(new RandomStream('pki'), bornMs);
const derOf = (pem: string) => cryptography.code.fromPem(pem)!.der;
const order = {
  names: { dnsNames: ['a.example'], addresses: [Uint8Array.of(10, 0, 0, 1)], hasOthers: false },
  nowMs: bornMs,
  lifetimeMs: 3_600_000,
};

describe('the certificate authority', () => {
  it('has a certificate that OpenSSL reads, the same for the same seed', () => {
    const pem = authority().certificatePem;
    const certificate = new X509Certificate(pem);
    expect(certificate.subject).toBe('CN=kubernetes');
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.subjectAltName).toBe('DNS:kubernetes');
    expect([certificate.validFrom, certificate.validTo]).toEqual([
      'Jan  5 09:00:00 2026 GMT',
      'Jan  3 09:00:00 2036 GMT',
    ]);
    expect(authority().certificatePem).toBe(pem);
  });

  it.each(Object.entries(requests))(
    'signs a request with a key of %s for OpenSSL',
    (_, { pem, subject, organizations }) => {
      const { parseCertificateRequest } = cryptography.code;
      const request = parseCertificateRequest(derOf(pem));
      expect(request).toMatchObject({ isGenuine: true, subject: { commonName: subject, organizations } });
      const ca = authority();
      const issued = ca.issue({
        ...order,
        subject: request.subject,
        publicKey: request.publicKey,
        usages: ['digital signature', 'client auth'],
      });
      const certificate = new X509Certificate(issued);
      expect(certificate.verify(new X509Certificate(ca.certificatePem).publicKey)).toBe(true);
      expect(certificate.checkIssued(new X509Certificate(ca.certificatePem))).toBe(true);
      expect(certificate.subjectAltName).toBe('DNS:a.example, IP Address:10.0.0.1');
      expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
      expect(
        certificate.publicKey.equals(
          createPublicKey({ key: Buffer.from(request.publicKey), format: 'der', type: 'spki' }),
        ),
      ).toBe(true);
      expect(ca.clientOf(derOf(issued), bornMs)?.subject).toEqual({
        commonName: subject,
        organizations: organizations.toSorted(),
      });
    },
  );

  it('refuses what has expired, is for servers, or is not its own', () => {
    const { publicKey, subject } = cryptography.code.parseCertificateRequest(derOf(requests['P-256']!.pem));
    const ca = authority();
    const client = derOf(ca.issue({ ...order, subject, publicKey, usages: ['client auth'] }));
    expect(ca.clientOf(client, bornMs + 3_600_000)).toBeDefined();
    expect(ca.clientOf(client, bornMs + 3_601_000)).toBeUndefined();
    expect(
      ca.clientOf(derOf(ca.issue({ ...order, subject, publicKey, usages: ['server auth'] })), bornMs),
    ).toBeUndefined();
    expect(new CertificateAuthority(new RandomStream('other'), bornMs).clientOf(client, bornMs)).toBeUndefined();
    expect(ca.clientOf(client.subarray(0, 100), bornMs)).toBeUndefined();
    const forged = client.slice();
    forged[60]! ^= 1;
    expect(ca.clientOf(forged, bornMs)).toBeUndefined();
  });

  it('notices a request that somebody changed', () => {
    for (const { pem } of Object.values(requests)) {
      const der = derOf(pem).slice();
      der[der.length - 20]! ^= 1;
      expect(cryptography.code.parseCertificateRequest(der).isGenuine).toBe(false);
    }
  });
});
