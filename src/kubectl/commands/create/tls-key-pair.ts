import { CommandError } from '../../errors/command-error.ts';

/**
 * Refuses what cannot be a certificate with its key. Upstream: crypto/tls X509KeyPair
 * Differs: looks at the PEM blocks only; whether the key belongs to the certificate is not checked.
 */
export function checkKeyPair(certificate: Uint8Array, key: Uint8Array): void {
  const certificates = pemTypes(certificate);
  if (!certificates.includes('CERTIFICATE')) {
    throw new CommandError(problem('certificate', certificates, 'CERTIFICATE'));
  }
  const keys = pemTypes(key);
  if (keys.some((type) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'))) return;
  if (keys.length === 1 && keys[0] === 'CERTIFICATE') {
    throw new CommandError('tls: found a certificate rather than a key in the PEM for the private key');
  }
  throw new CommandError(
    keys.length === 0
      ? 'tls: failed to find any PEM data in key input'
      : `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${keys.join(' ')}]`,
  );
}

function problem(input: string, types: readonly string[], wanted: string): string {
  if (types.length === 0) return `tls: failed to find any PEM data in ${input} input`;
  if (types.length === 1 && types[0]!.endsWith('PRIVATE KEY')) {
    return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  }
  return `tls: failed to find "${wanted}" PEM block in ${input} input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

function pemTypes(bytes: Uint8Array): readonly string[] {
  const text = new TextDecoder().decode(bytes);
  return [...text.matchAll(/-----BEGIN ([^-]+)-----[^-]*-----END \1-----/g)].map((match) => match[1]!);
}
