import type { ApiRequest } from '../api-request.ts';
import type { RequestInfo } from '../request/request-info.ts';
import type { UserInfo } from '../resource-definition.ts';

export interface Decision {
  readonly isAllowed: boolean;
  readonly reason: string;
}

/** Decides whether somebody may do something. */
export type Authorizer = (user: UserInfo, request: AuthorizedRequest) => Decision;

export interface AuthorizedRequest extends Pick<
  RequestInfo,
  'path' | 'verb' | 'isResource' | 'group' | 'version' | 'namespace' | 'resource' | 'subresource' | 'name'
> {
  /** A list or watch of what is on one node only. */
  readonly nodeSelector?: string;
}

const masters = 'system:masters';

/** Upstream: the authorization mode AlwaysAllow */
export const alwaysAllow: Authorizer = () => ({ isAllowed: true, reason: '' });

/** May do everything, whatever the roles say. Upstream: authorizerfactory.NewPrivilegedGroups */
export function isPrivileged({ groups }: UserInfo): boolean {
  return groups.includes(masters);
}

/**
 * Asks one authorizer after the other; the first that allows decides.
 * Upstream: apiserver/pkg/authorization/union/union.go
 */
export function firstThatAllows(authorizers: readonly Authorizer[]): Authorizer {
  return (user, request) => {
    if (isPrivileged(user)) return { isAllowed: true, reason: '' };
    const reasons: string[] = [];
    for (const authorize of authorizers) {
      const decision = authorize(user, request);
      if (decision.isAllowed) return decision;
      if (decision.reason) reasons.push(decision.reason);
    }
    return { isAllowed: false, reason: reasons.join('\n') };
  };
}

/**
 * What a request is authorized as: one that lists a single name by a field selector is about that name.
 * Upstream: the end of apiserver/pkg/endpoints/request/requestinfo.go
 */
export function attributesOf(info: RequestInfo, request: ApiRequest): AuthorizedRequest {
  if (info.name !== '' || (info.verb !== 'list' && info.verb !== 'watch')) return info;
  const selector = request.query.get('fieldSelector')?.[0];
  if (!selector) return info;
  const name = selected(selector, 'metadata.name');
  const nodeSelector = selected(selector, 'spec.nodeName');
  const isName = name !== undefined && !/[/%]/.test(name) && name !== '.' && name !== '..';
  return { ...info, ...(isName && { name }), ...(nodeSelector !== undefined && { nodeSelector }) };
}

/** What a field must be equal to. */
function selected(selector: string, field: string): string | undefined {
  for (const term of selector.split(',')) {
    const [, named, value] = /^([^=!]+)==?([^=!\\]+)$/.exec(term) ?? [];
    if (named === field) return value;
  }
  return undefined;
}
