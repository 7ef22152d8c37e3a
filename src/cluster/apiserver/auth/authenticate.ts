import { ApiError } from '../../../api/index.ts';
import type { ApiRequest } from '../api-request.ts';
import type { UserInfo } from '../resource-definition.ts';
import type { ServiceAccountTokens } from './service-account-tokens.ts';

const authenticated = 'system:authenticated';

/** Who calls over loopback without credentials, as behind `kubectl proxy`. */
const administrator: UserInfo = { name: 'kubernetes-admin', groups: ['system:masters', authenticated] };

/**
 * Who is asking: what the transport knows, a bearer token, or the administrator.
 * Upstream: apiserver/pkg/authentication, pkg/serviceaccount, apiserver/pkg/endpoints/filters/impersonation.go
 * Differs: a caller without credentials is the administrator, since the API is served on loopback only.
 */
export function authenticate(request: ApiRequest, tokens: ServiceAccountTokens, nowMs: number): UserInfo {
  const user = request.user ?? fromHeader(request, tokens, nowMs);
  const name = request.headers.get('impersonate-user');
  return name ? impersonated(name, request) : user;
}

export function serviceAccountGroups(namespace: string): readonly string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, authenticated];
}

function fromHeader(request: ApiRequest, tokens: ServiceAccountTokens, nowMs: number): UserInfo {
  const [type, token] = (request.headers.get('authorization') ?? '').split(' ');
  if (type?.toLowerCase() !== 'bearer' || !token) return administrator;
  const user = tokens.userOf(token, nowMs);
  if (!user) throw new ApiError(401, 'Unauthorized', 'Unauthorized');
  return user;
}

function impersonated(name: string, { headers }: ApiRequest): UserInfo {
  const [, namespace] = /^system:serviceaccount:([^:]+):[^:]+$/.exec(name) ?? [];
  const groups = (headers.get('impersonate-group') ?? '')
    .split(',')
    .map((group) => group.trim())
    .filter(Boolean);
  const uid = headers.get('impersonate-uid');
  const own = namespace ? serviceAccountGroups(namespace) : [...groups, authenticated];
  return { name, groups: [...new Set([...own, ...groups])], ...(uid && { uid }) };
}
