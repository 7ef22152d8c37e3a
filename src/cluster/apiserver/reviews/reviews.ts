import { badRequest, invalid, throwIfInvalid, type FieldError, type KubeObject } from '../../../api/index.ts';
import type {
  LocalSubjectAccessReview,
  SelfSubjectAccessReview,
  SelfSubjectRulesReview,
  SubjectAccessReview,
  TokenReview,
} from '../../../api/generated/types.ts';
import { nodeOf } from '../auth/node/node-identity.ts';
import { quotedList } from '../auth/rbac/cover-rules.ts';
import { aggregate } from '../auth/rbac/rbac-authorizer.ts';
import { issuer, type TokenUser } from '../auth/service-account-tokens.ts';
import { invalidAs } from '../registry/internal-form/shown.ts';
import type { ResourceDefinition, UserInfo } from '../resource-definition.ts';
import type { ReviewContext, VirtualResource } from './virtual-resource.ts';

const authorization = 'authorization.k8s.io';

/**
 * Who am I, and may I do this?
 * Upstream: pkg/registry/authorization, pkg/registry/authentication
 */
export const virtualResources: readonly VirtualResource[] = [
  {
    definition: review('authentication.k8s.io', 'SelfSubjectReview', 'selfsubjectreviews'),
    answer: (object, { user }) => withStatus(object, { userInfo: userInfo(user) }),
  },
  {
    definition: review('authentication.k8s.io', 'TokenReview', 'tokenreviews'),
    answer: (object, context) => {
      const { token, audiences } = (object as TokenReview).spec;
      if (!token) throw badRequest('token is required for TokenReview in authentication');
      const status = tokenStatus(context.userOf(token), audiences?.length ? audiences : [issuer]);
      return withStatus(object, status);
    },
  },
  {
    definition: review(authorization, 'SelfSubjectAccessReview', 'selfsubjectaccessreviews'),
    answer: (object, context) => {
      const { spec } = object as SelfSubjectAccessReview;
      throwIfInvalid(kindOf(object), '', attributeErrors(spec));
      return withStatus(object, decide(context, context.user, spec));
    },
  },
  {
    definition: review(authorization, 'SubjectAccessReview', 'subjectaccessreviews'),
    answer: (object, context) => {
      const { spec } = object as SubjectAccessReview;
      throwIfInvalid(kindOf(object), '', [...attributeErrors(spec), ...subjectErrors(spec)]);
      return withStatus(object, decide(context, subjectOf(spec), spec));
    },
  },
  {
    definition: {
      ...review(authorization, 'LocalSubjectAccessReview', 'localsubjectaccessreviews'),
      isNamespaced: true,
    },
    answer: (object, context) => {
      const { spec } = object as LocalSubjectAccessReview;
      const errors = [...attributeErrors(spec), ...subjectErrors(spec)];
      if (spec.nonResourceAttributes) {
        errors.push(
          invalidAs(
            'spec.nonResourceAttributes',
            spec.nonResourceAttributes,
            'NonResourceAttributes',
            'disallowed on this kind of request',
          ),
        );
      }
      throwIfInvalid(kindOf(object), '', errors);
      if (spec.resourceAttributes?.namespace !== context.namespace) {
        throw badRequest(`spec.resourceAttributes.namespace must match namespace: ${context.namespace}`);
      }
      return withStatus(object, decide(context, subjectOf(spec), spec));
    },
  },
  {
    definition: review(authorization, 'SelfSubjectRulesReview', 'selfsubjectrulesreviews'),
    answer: (object, context) => {
      const { namespace } = (object as SelfSubjectRulesReview).spec;
      if (!namespace) throw badRequest('no namespace on request');
      return withStatus(object, rulesStatus(context, namespace));
    },
  },
];

function review(group: string, kind: string, resource: string): ResourceDefinition {
  const short = group.split('.')[0]!;
  return {
    group,
    version: 'v1',
    resource,
    kind,
    singular: kind.toLowerCase(),
    isNamespaced: false,
    schema: `io.k8s.api.${short}.v1.${kind}`,
    verbs: ['create'],
  };
}

interface AccessSpec {
  readonly resourceAttributes?: {
    readonly group?: string;
    readonly version?: string;
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly verb?: string;
  };
  readonly nonResourceAttributes?: { readonly path?: string; readonly verb?: string };
}

function kindOf({ kind }: KubeObject): { readonly group: string; readonly kind: string } {
  return { group: authorization, kind };
}

/** Upstream: pkg/apis/authorization/validation/validation.go */
function attributeErrors({ resourceAttributes, nonResourceAttributes }: AccessSpec): FieldError[] {
  if (resourceAttributes && nonResourceAttributes) {
    const why = 'cannot be specified in combination with resourceAttributes';
    return [invalidAs('spec.nonResourceAttributes', nonResourceAttributes, 'NonResourceAttributes', why)];
  }
  if (resourceAttributes || nonResourceAttributes) return [];
  const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  return [invalid('spec.resourceAttributes', null, why)];
}

function subjectErrors({ user, groups }: { readonly user?: string; readonly groups?: readonly string[] }) {
  if (user || groups?.length) return [];
  return [invalid('spec.user', user ?? '', 'at least one of user or group must be specified')];
}

/** Upstream: pkg/registry/authorization/selfsubjectrulesreview/rest.go, over every authorizer that knows rules */
function rulesStatus({ user, rulesFor }: ReviewContext, namespace: string): object {
  const { rules, missing } = rulesFor(user, namespace);
  const errors = missing.length > 0 ? [aggregate(missing)] : [];
  const isNode = nodeOf(user) !== undefined;
  if (isNode) errors.unshift('node authorizer does not support user rule resolution');
  return {
    resourceRules: rules
      .filter(({ resources }) => resources?.length)
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({
        verbs,
        apiGroups,
        resources,
        ...(resourceNames?.length && { resourceNames }),
      })),
    nonResourceRules: rules
      .filter(({ nonResourceURLs }) => nonResourceURLs?.length)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: isNode,
    ...(errors.length > 0 && { evaluationError: aggregate(errors) }),
  };
}

function decide({ authorize }: ReviewContext, user: UserInfo, spec: AccessSpec): object {
  const { resourceAttributes: asked, nonResourceAttributes: page } = spec;
  const decision = authorize(user, {
    path: page?.path ?? '',
    verb: asked?.verb ?? page?.verb ?? '',
    isResource: asked !== undefined,
    group: asked?.group ?? '',
    version: asked?.version ?? '',
    namespace: asked?.namespace ?? '',
    resource: asked?.resource ?? '',
    subresource: asked?.subresource ?? '',
    name: asked?.name ?? '',
  });
  return { allowed: decision.isAllowed, ...(decision.reason && { reason: decision.reason }) };
}

function subjectOf({
  user,
  uid,
  groups,
  extra,
}: {
  readonly user?: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
  readonly extra?: UserInfo['extra'];
}): UserInfo {
  return { name: user ?? '', groups: groups ?? [], ...(uid && { uid }), ...(extra && { extra }) };
}

function userInfo({ name, uid, groups, extra }: UserInfo): object {
  return { username: name, ...(uid && { uid }), groups, ...(extra && { extra }) };
}

/** Upstream: pkg/registry/authentication/tokenreview/storage.go, pkg/serviceaccount/jwt.go */
function tokenStatus(found: TokenUser | undefined, wanted: readonly string[]): object {
  if (!found) return { user: {}, error: 'invalid bearer token' };
  const audiences = found.audiences.filter((audience) => wanted.includes(audience));
  if (audiences.length > 0) return { authenticated: true, user: userInfo(found.user), audiences };
  const why = `token audiences ${quotedList(found.audiences)} is invalid for the target audiences ${quotedList(wanted)}`;
  return { user: {}, error: `[invalid bearer token, ${why}]` };
}

function withStatus(object: KubeObject, status: object): KubeObject {
  return { ...object, status } as KubeObject;
}
