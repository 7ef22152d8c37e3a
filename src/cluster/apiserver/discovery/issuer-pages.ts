import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { issuer, type ServiceAccountTokens } from '../auth/service-account-tokens.ts';

const configurationPath = '/.well-known/openid-configuration';
const keysPath = '/openid/v1/jwks';

export function isIssuerPage({ path }: ApiRequest): boolean {
  return path === configurationPath || path === keysPath;
}

/**
 * How others check the tokens of service accounts.
 * Upstream: pkg/routes/openidmetadata.go, pkg/serviceaccount/openidmetadata.go
 */
export function issuerPage({ path }: ApiRequest, tokens: ServiceAccountTokens): ApiResponse | undefined {
  if (path === configurationPath) {
    return page('application/json', {
      issuer,
      jwks_uri: `${issuer}${keysPath}`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    });
  }
  return path === keysPath ? page('application/jwk-set+json', tokens.keySet()) : undefined;
}

function page(contentType: string, content: object): ApiResponse {
  const headers = [
    ['content-type', contentType],
    ['cache-control', 'public, max-age=3600'],
  ] as const;
  return { status: 200, headers, body: JSON.stringify(content) };
}
