import { cryptography } from './cryptography.ts';

/** The groups that a certificate request (PEM in base64) asks for; none when it is no such request. */
export function requestedOrganizations(request: string): readonly string[] {
  const { DerError, fromPem, parseCertificateRequest, pemOfBytes } = cryptography.code;
  const block = fromPem(pemOfBytes(request) ?? '');
  try {
    return block ? parseCertificateRequest(block.der).subject.organizations : [];
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}
