import { ApiError } from '../../../api/index.ts';
import type { ApiRequest } from '../api-request.ts';
import type { UserInfo } from '../resource-definition.ts';
import { unauthorizedRequest } from '../response/server-errors.ts';
import type { AuthorizedRequest, Authorizer } from './authorize.ts';
import { serviceAccountGroups, serviceAccountOf } from './service-account-user.ts';

const authenticated = 'system:authenticated';
const unauthenticated = 'system:unauthenticated';
const anonymous = 'system:anonymous';
const authenticationGroup = 'authentication.k8s.io';
const extraPrefix = 'impersonate-extra-';

/** Whom the headers ask to be taken for. */
interface Wish {
  readonly name: string;
  readonly groups: readonly string[];
  readonly extra: readonly (readonly [key: string, value: string])[];
  readonly uid: string;
}

/**
 * Whom a request counts for: its caller, or whom the caller asks to be taken for and may impersonate.
 * Throws Forbidden where they may not.
 * Upstream: apiserver/pkg/endpoints/filters/impersonation/impersonation.go
 */
export function impersonate(caller: UserInfo, request: ApiRequest, authorize: Authorizer): UserInfo {
  const wish = wishOf(request);
  if (!wish) return caller;
  const account = serviceAccountOf(wish.name);
  check(account ? { resource: 'serviceaccounts', ...account } : { resource: 'users', name: wish.name });
  for (const name of wish.groups) check({ resource: 'groups', name });
  for (const [subresource, name] of wish.extra) {
    check({ resource: 'userextras', subresource, name, group: authenticationGroup });
  }
  if (wish.uid) check({ resource: 'uids', name: wish.uid, group: authenticationGroup });
  return {
    name: wish.name,
    ...(wish.uid && { uid: wish.uid }),
    groups: groupsOf(wish, account?.namespace),
    ...(wish.extra.length > 0 && { extra: byKey(wish.extra) }),
  };

  function check(about: Partial<AuthorizedRequest>): void {
    const attributes = { ...asking, ...about };
    const decision = authorize(caller, attributes);
    if (!decision.isAllowed) throw unauthorizedRequest(caller, attributes, decision);
  }
}

const asking: AuthorizedRequest = {
  path: '',
  verb: 'impersonate',
  isResource: true,
  group: '',
  version: 'v1',
  namespace: '',
  resource: '',
  subresource: '',
  name: '',
};

function wishOf({ headers }: ApiRequest): Wish | undefined {
  const name = headers.get('impersonate-user') ?? '';
  const groups = listOf(headers.get('impersonate-group'));
  const extra = [...headers].flatMap(([header, value]) =>
    header.startsWith(extraPrefix)
      ? listOf(value).map((one) => [keyOf(header.slice(extraPrefix.length)), one] as const)
      : [],
  );
  const uid = headers.get('impersonate-uid') ?? '';
  if (name === '') {
    const others = groups.length + extra.length > 0 || uid !== '';
    if (others)
      throw new ApiError(500, 'InternalError', 'Internal error occurred: requested without impersonating a user');
    return undefined;
  }
  return { name, groups, extra, uid };
}

function listOf(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function keyOf(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // As it came: upstream keeps what it cannot unescape.
  }
}

function groupsOf({ name, groups }: Wish, namespace: string | undefined): readonly string[] {
  const own = groups.length === 0 && namespace !== undefined ? serviceAccountGroups(namespace) : groups;
  if (own.includes(authenticated) || own.includes(unauthenticated)) return own;
  return [...own, name === anonymous ? unauthenticated : authenticated];
}

function byKey(pairs: Wish['extra']): Readonly<Record<string, readonly string[]>> {
  const lists = new Map<string, string[]>();
  for (const [key, value] of pairs) lists.set(key, [...(lists.get(key) ?? []), value]);
  return Object.fromEntries(lists);
}
