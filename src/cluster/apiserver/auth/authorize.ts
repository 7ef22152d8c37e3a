import type { RequestInfo } from '../request/request-info.ts';
import type { UserInfo } from '../resource-definition.ts';

export interface Decision {
  readonly isAllowed: boolean;
  readonly reason: string;
}

/** Decides whether somebody may do something. */
export type Authorizer = (user: UserInfo, request: AuthorizedRequest) => Decision;

export type AuthorizedRequest = Pick<
  RequestInfo,
  'path' | 'verb' | 'isResource' | 'group' | 'version' | 'namespace' | 'resource' | 'subresource' | 'name'
>;

/**
 * Upstream: pkg/kubeapiserver/authorizer (mode AlwaysAllow)
 * Differs: everybody may do everything; there is no RBAC yet.
 */
export const allowEverything: Authorizer = () => ({ isAllowed: true, reason: '' });
