import type { ResourceDefinition, UserInfo } from '../resource-definition.ts';
import { unauthorizedRequest } from '../response/server-errors.ts';
import type { AuthorizedRequest, Authorizer } from './authorize.ts';

/** Who may do what, and when that may have changed. */
export interface Policy {
  readonly authorize: Authorizer;
  /** Another number whenever an answer may have become another. */
  readonly generation: number;
}

/** A verb, and the sub-resource that it is about: `update/status`. */
export type ComponentVerb = string;

/**
 * What one component of the cluster may do with one resource. Components send many requests of few sorts, and what they
 * may do, they mostly may do everywhere: that answer is kept until some role or binding changes.
 */
export class ComponentPermissions {
  readonly #policy: Policy;
  readonly #user: UserInfo;
  readonly #definition: Pick<ResourceDefinition, 'group' | 'version' | 'resource'>;
  readonly #everywhere = new Map<ComponentVerb, number>();

  constructor(policy: Policy, user: UserInfo, definition: Pick<ResourceDefinition, 'group' | 'version' | 'resource'>) {
    this.#policy = policy;
    this.#user = user;
    this.#definition = definition;
  }

  /** Throws Forbidden unless the component may do one of the verbs. */
  require(verbs: readonly ComponentVerb[], namespace: string, name: string): void {
    const { generation } = this.#policy;
    for (const verb of verbs) if (this.#everywhere.get(verb) === generation) return;
    this.#ask(verbs, namespace, name);
  }

  #ask(verbs: readonly ComponentVerb[], namespace: string, name: string): void {
    const { authorize, generation } = this.#policy;
    for (const verb of verbs) {
      if (authorize(this.#user, this.#attributes(verb, '', '')).isAllowed) {
        this.#everywhere.set(verb, generation);
        return;
      }
    }
    for (const verb of verbs) if (authorize(this.#user, this.#attributes(verb, namespace, name)).isAllowed) return;
    const attributes = this.#attributes(verbs[0]!, namespace, name);
    throw unauthorizedRequest(this.#user, attributes, authorize(this.#user, attributes));
  }

  #attributes(text: ComponentVerb, namespace: string, name: string): AuthorizedRequest {
    const { group, version, resource } = this.#definition;
    const [verb = '', subresource = ''] = text.split('/');
    return { path: '', isResource: true, group, version, resource, verb, subresource, namespace, name };
  }
}
