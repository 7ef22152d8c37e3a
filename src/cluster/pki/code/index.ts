export { createCertificate, parseCertificate, type Certificate } from './certificate.ts';
export { parseCertificateRequest, type CertificateRequest } from './certificate-request.ts';
export { DerError } from './der.ts';
export { noNames, type AlternativeNames } from './extensions.ts';
export { bytesOfPem, fromPem, pemOfBytes, toPem } from './pem.ts';
export { sha256 } from './signatures.ts';
export { SigningKey } from './signing-key.ts';
