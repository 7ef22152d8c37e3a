import type { KubeObject } from '../../../api/index.ts';
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
  /** Who a bearer token stands for. */
  userOf(token: string): RequestContext['user'] | undefined;
}
