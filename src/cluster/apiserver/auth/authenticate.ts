import { ApiError } from '../../../api/index.ts';
import { decodeBase64 } from '../../../shell/codec/base64.ts';
import type { CertificateAuthority } from '../../pki/certificate-authority.ts';
import type { Certificate } from '../../pki/code/index.ts';
import { cryptography } from '../../pki/cryptography.ts';
import type { ApiRequest } from '../api-request.ts';
import type { UserInfo } from '../resource-definition.ts';
import { issuer, type ServiceAccountTokens } from './service-account-tokens.ts';

const authenticated = 'system:authenticated';

/** Who calls over loopback without credentials, as behind `kubectl proxy`. */
export const administrator: UserInfo = { name: 'kubernetes-admin', groups: ['system:masters', authenticated] };

/** Who calls over TLS without credentials. */
const anonymous: UserInfo = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/** The client certificate that whoever ended the TLS connection has seen, and that the client has the key of. RFC 9440 */
const certificateHeader = 'client-cert';
const keptCertificates = 200;

/** Whether it takes cryptography to tell whose request it is. */
export function hasCredentials({ headers }: ApiRequest): boolean {
  return headers.has('authorization') || headers.has(certificateHeader);
}

/**
 * Who is asking: what the transport knows, a client certificate, a bearer token, or the administrator.
 * Upstream: apiserver/pkg/authentication, pkg/serviceaccount, pkg/kubeapiserver/authenticator
 * Differs: a caller without credentials over plain HTTP is the administrator, since that is served on loopback only.
 */
export class Authenticator {
  readonly #tokens: ServiceAccountTokens;
  readonly #authority: CertificateAuthority;
  readonly #certificates = new Map<string, Certificate>();

  constructor(tokens: ServiceAccountTokens, authority: CertificateAuthority) {
    this.#tokens = tokens;
    this.#authority = authority;
  }

  /** Throws Unauthorized when the credentials are no good. */
  userOf(request: ApiRequest, nowMs: number): UserInfo {
    if (request.user) return request.user;
    const certificate = request.headers.get(certificateHeader);
    const fromCertificate = certificate === undefined ? undefined : this.#certified(certificate, nowMs);
    if (fromCertificate) return fromCertificate;
    const [type, token] = (request.headers.get('authorization') ?? '').split(' ');
    if (type?.toLowerCase() === 'bearer' && token) {
      const found = this.#tokens.userOf(token, nowMs);
      if (found?.audiences.includes(issuer)) return found.user;
      throw unauthorized();
    }
    if (certificate !== undefined) throw unauthorized();
    return request.headers.get('x-forwarded-proto') === 'https' ? anonymous : administrator;
  }

  #certified(header: string, nowMs: number): UserInfo | undefined {
    const seen = this.#certificates.get(header);
    const isValid = seen && seen.notBeforeMs <= nowMs && nowMs <= seen.notAfterMs;
    const certificate = isValid ? seen : this.#verified(header, nowMs);
    if (!certificate) return undefined;
    const { commonName, organizations } = certificate.subject;
    const digest = [...cryptography.code.sha256(certificate.der)].map((byte) => byte.toString(16).padStart(2, '0'));
    return {
      name: commonName,
      groups: [...organizations, authenticated],
      extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${digest.join('')}`] },
    };
  }

  #verified(header: string, nowMs: number): Certificate | undefined {
    const der = decodeBase64(header.replaceAll(/^:|:$/g, ''));
    const certificate = der && this.#authority.clientOf(der, nowMs);
    if (!certificate) return undefined;
    if (this.#certificates.size >= keptCertificates) this.#certificates.clear();
    this.#certificates.set(header, certificate);
    return certificate;
  }
}

function unauthorized(): ApiError {
  return new ApiError(401, 'Unauthorized', 'Unauthorized');
}
