import { badRequest, type KubeObject } from '../../../api/index.ts';
import type {
  LocalSubjectAccessReview,
  SelfSubjectAccessReview,
  SubjectAccessReview,
  TokenReview,
} from '../../../api/generated/types.ts';
import type { ResourceDefinition, UserInfo } from '../resource-definition.ts';
import type { ReviewContext, VirtualResource } from './virtual-resource.ts';

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
      const user = context.userOf((object as TokenReview).spec.token ?? '');
      const status = user ? { authenticated: true, user: userInfo(user) } : { user: {}, error: 'invalid bearer token' };
      return withStatus(object, status);
    },
  },
  {
    definition: review('authorization.k8s.io', 'SelfSubjectAccessReview', 'selfsubjectaccessreviews'),
    answer: (object, context) => {
      const { spec } = object as SelfSubjectAccessReview;
      return withStatus(object, decide(context, context.user, spec));
    },
  },
  {
    definition: review('authorization.k8s.io', 'SubjectAccessReview', 'subjectaccessreviews'),
    answer: (object, context) => {
      const { spec } = object as SubjectAccessReview;
      return withStatus(object, decide(context, subjectOf(spec), spec));
    },
  },
  {
    definition: {
      ...review('authorization.k8s.io', 'LocalSubjectAccessReview', 'localsubjectaccessreviews'),
      isNamespaced: true,
    },
    answer: (object, context) => {
      const { spec } = object as LocalSubjectAccessReview;
      if (spec.resourceAttributes && spec.resourceAttributes.namespace !== context.namespace) {
        throw badRequest(`spec.resourceAttributes.namespace must match namespace: ${context.namespace}`);
      }
      return withStatus(object, decide(context, subjectOf(spec), spec));
    },
  },
  {
    definition: review('authorization.k8s.io', 'SelfSubjectRulesReview', 'selfsubjectrulesreviews'),
    answer: (object) =>
      withStatus(object, {
        resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
        nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
        incomplete: false,
      }),
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
}: {
  readonly user?: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
}): UserInfo {
  return { name: user ?? '', groups: groups ?? [], ...(uid && { uid }) };
}

function userInfo({ name, uid, groups, extra }: UserInfo): object {
  return { username: name, ...(uid && { uid }), groups, ...(extra && { extra }) };
}

function withStatus(object: KubeObject, status: object): KubeObject {
  return { ...object, status } as KubeObject;
}
