import type { Environment } from '@marcbachmann/cel-js';
import type { Authorizer, AuthorizedRequest, Decision } from '../../auth/authorize.ts';
import type { UserInfo } from '../../resource-definition.ts';

const type = 'kubernetes.authorization';

/** `authorizer` in an expression: who asks, and who decides. */
export class CelAuthorizer {
  readonly authorize: Authorizer;
  readonly user: UserInfo;
  readonly requestResource: ResourceCheck;

  constructor(authorize: Authorizer, user: UserInfo, request: Partial<AuthorizedRequest>) {
    this.authorize = authorize;
    this.user = user;
    this.requestResource = new ResourceCheck(this, request);
  }
}

class PathCheck {
  readonly authorizer: CelAuthorizer;
  readonly path: string;

  constructor(authorizer: CelAuthorizer, path: string) {
    this.authorizer = authorizer;
    this.path = path;
  }
}

class GroupCheck {
  readonly authorizer: CelAuthorizer;
  readonly group: string;

  constructor(authorizer: CelAuthorizer, group: string) {
    this.authorizer = authorizer;
    this.group = group;
  }
}

class ResourceCheck {
  readonly authorizer: CelAuthorizer;
  readonly request: Partial<AuthorizedRequest>;

  constructor(authorizer: CelAuthorizer, request: Partial<AuthorizedRequest>) {
    this.authorizer = authorizer;
    this.request = request;
  }

  with(more: Partial<AuthorizedRequest>): ResourceCheck {
    return new ResourceCheck(this.authorizer, { ...this.request, ...more });
  }
}

class CelDecision {
  readonly decision: Decision;

  constructor(decision: Decision) {
    this.decision = decision;
  }
}

/** Upstream: apiserver/pkg/cel/library/authz.go */
export function registerAuthorizer(environment: Environment): void {
  environment
    .registerType(`${type}.Authorizer`, { ctor: CelAuthorizer, fields: { requestResource: 'dyn' } })
    .registerType(`${type}.PathCheck`, PathCheck)
    .registerType(`${type}.GroupCheck`, GroupCheck)
    .registerType(`${type}.ResourceCheck`, ResourceCheck)
    .registerType(`${type}.Decision`, CelDecision)
    .registerFunction(
      `${type}.Authorizer.path(string): ${type}.PathCheck`,
      (authorizer, path) => new PathCheck(authorizer, path),
    )
    .registerFunction(
      `${type}.Authorizer.group(string): ${type}.GroupCheck`,
      (authorizer, group) => new GroupCheck(authorizer, group),
    )
    .registerFunction(
      `${type}.Authorizer.serviceAccount(string, string): ${type}.Authorizer`,
      (authorizer: CelAuthorizer, namespace: string, name: string) => asServiceAccount(authorizer, namespace, name),
    )
    .registerFunction(
      `${type}.GroupCheck.resource(string): ${type}.ResourceCheck`,
      ({ authorizer, group }: GroupCheck, resource: string) => new ResourceCheck(authorizer, { group, resource }),
    )
    .registerFunction(
      `${type}.ResourceCheck.subresource(string): ${type}.ResourceCheck`,
      (check: ResourceCheck, subresource: string) => check.with({ subresource }),
    )
    .registerFunction(
      `${type}.ResourceCheck.namespace(string): ${type}.ResourceCheck`,
      (check: ResourceCheck, namespace: string) => check.with({ namespace }),
    )
    .registerFunction(
      `${type}.ResourceCheck.name(string): ${type}.ResourceCheck`,
      (check: ResourceCheck, name: string) => check.with({ name }),
    )
    .registerFunction(
      `${type}.ResourceCheck.check(string): ${type}.Decision`,
      ({ authorizer, request }: ResourceCheck, verb: string) =>
        decide(authorizer, { ...request, isResource: true, verb }),
    )
    .registerFunction(
      `${type}.PathCheck.check(string): ${type}.Decision`,
      ({ authorizer, path }: PathCheck, verb: string) => decide(authorizer, { path, verb }),
    )
    .registerFunction(`${type}.Decision.allowed(): bool`, ({ decision }: CelDecision) => decision.isAllowed)
    .registerFunction(`${type}.Decision.reason(): string`, ({ decision }: CelDecision) => decision.reason)
    .registerFunction(`${type}.Decision.errored(): bool`, () => false)
    .registerFunction(`${type}.Decision.error(): string`, () => '');
}

function asServiceAccount(authorizer: CelAuthorizer, namespace: string, name: string): CelAuthorizer {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return new CelAuthorizer(authorizer.authorize, { name: `system:serviceaccount:${namespace}:${name}`, groups }, {});
}

function decide({ authorize, user }: CelAuthorizer, asked: Partial<AuthorizedRequest>): CelDecision {
  const nothing = {
    path: '',
    verb: '',
    isResource: false,
    group: '',
    version: '*',
    namespace: '',
    resource: '',
    subresource: '',
    name: '',
  };
  return new CelDecision(authorize(user, { ...nothing, ...asked }));
}
