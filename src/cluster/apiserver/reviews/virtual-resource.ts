import type { KubeObject } from '../../../api/index.ts';
import type { PolicyRule } from '../../../api/generated/types.ts';
import type { TokenUser } from '../auth/service-account-tokens.ts';
import type { Authorizer } from '../auth/authorize.ts';
import type { RequestContext, ResourceDefinition } from '../resource-definition.ts';

/** A resource that is only created and never stored: a question to the server. */
export interface VirtualResource {
  readonly definition: ResourceDefinition;
  answer(object: KubeObject, context: ReviewContext): KubeObject;
}

export interface ReviewContext extends RequestContext {
  readonly namespace: string;
  readonly authorize: Authorizer;
  /** The rules of a user in a namespace, and which of their roles are missing. */
  rulesFor(
    user: RequestContext['user'],
    namespace: string,
  ): { readonly rules: readonly PolicyRule[]; readonly missing: readonly string[] };
  /** Who a bearer token stands for. */
  userOf(token: string): TokenUser | undefined;
}
