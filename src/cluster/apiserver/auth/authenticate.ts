import { ApiError } from '../../../api/index.ts';
import type { ApiRequest } from '../api-request.ts';
import type { UserInfo } from '../resource-definition.ts';
import type { ServiceAccountTokens } from './service-account-tokens.ts';

const authenticated = 'system:authenticated';

/** Who calls over loopback without credentials, as behind `kubectl proxy`. */
export const administrator: UserInfo = { name: 'kubernetes-admin', groups: ['system:masters', authenticated] };

/**
 * Who is asking: what the transport knows, a bearer token, or the administrator.
 * Upstream: apiserver/pkg/authentication, pkg/serviceaccount
 * Differs: a caller without credentials is the administrator, since the API is served on loopback only.
 */
export function authenticate(request: ApiRequest, tokens: ServiceAccountTokens, nowMs: number): UserInfo {
  return request.user ?? fromHeader(request, tokens, nowMs);
}

function fromHeader(request: ApiRequest, tokens: ServiceAccountTokens, nowMs: number): UserInfo {
  const [type, token] = (request.headers.get('authorization') ?? '').split(' ');
  if (type?.toLowerCase() !== 'bearer' || !token) return administrator;
  const user = tokens.userOf(token, nowMs);
  if (!user) throw new ApiError(401, 'Unauthorized', 'Unauthorized');
  return user;
}
