import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  RoleRef,
} from '../../../../api/generated/types.ts';
import { notFound } from '../../../../api/index.ts';
import type { Collection } from '../../../store/index.ts';
import type { UserInfo } from '../../resource-definition.ts';
import { BindingIndex, type HeldBinding } from './binding-index.ts';

export interface RbacCollections {
  readonly roles: Collection<Role>;
  readonly clusterRoles: Collection<ClusterRole>;
  readonly roleBindings: Collection<RoleBinding>;
  readonly clusterRoleBindings: Collection<ClusterRoleBinding>;
}

const group = 'rbac.authorization.k8s.io';

/**
 * Which rules somebody has.
 * Upstream: pkg/registry/rbac/validation/rule.go
 */
export class RuleResolver {
  readonly #collections: RbacCollections;
  readonly #bindings: BindingIndex;
  #generation = 0;

  constructor(collections: RbacCollections) {
    this.#collections = collections;
    this.#bindings = new BindingIndex(collections.clusterRoleBindings, collections.roleBindings);
    const changed = (): void => void this.#generation++;
    collections.roles.watch(changed);
    collections.clusterRoles.watch(changed);
    collections.roleBindings.watch(changed);
    collections.clusterRoleBindings.watch(changed);
  }

  /** Another number whenever an answer may have become another. */
  get generation(): number {
    return this.#generation;
  }

  /**
   * Goes through the rules of a user: those that hold everywhere, then those of the namespace, until `visit` says
   * false. Bindings to roles that do not exist are reported and passed over.
   */
  visit(
    user: UserInfo,
    namespace: string,
    visit: (rule: PolicyRule, held: HeldBinding) => boolean,
    report: (missing: string) => void,
  ): void {
    for (const place of namespace === '' ? [''] : ['', namespace]) {
      for (const held of this.#bindings.bindingsOf(user, place)) {
        const rules = this.rulesOf(held.binding.roleRef, place);
        if (!rules) report(missingRole(held.binding.roleRef));
        else for (const rule of rules) if (!visit(rule, held)) return;
      }
    }
  }

  /** All rules of a user, and which of their roles are missing. */
  rulesFor(user: UserInfo, namespace: string): { readonly rules: readonly PolicyRule[]; readonly missing: string[] } {
    const rules: PolicyRule[] = [];
    const missing: string[] = [];
    this.visit(
      user,
      namespace,
      (rule) => rules.push(rule) > 0,
      (text) => missing.push(text),
    );
    return { rules, missing };
  }

  /** The rules of a role as a binding in `namespace` names it; undefined when there is no such role. */
  rulesOf(roleRef: RoleRef, namespace: string): readonly PolicyRule[] | undefined {
    const { roles, clusterRoles } = this.#collections;
    const isRole = roleRef.kind === 'Role';
    const role = isRole ? roles.get(`${namespace}/${roleRef.name}`) : clusterRoles.get(roleRef.name);
    return role && (role.rules ?? []);
  }

  /** As `rulesOf`. Throws NotFound. */
  requireRulesOf(roleRef: RoleRef, namespace: string): readonly PolicyRule[] {
    const rules = this.rulesOf(roleRef, namespace);
    if (!rules) throw notFound({ group, resource: `${roleRef.kind.toLowerCase()}s` }, roleRef.name);
    return rules;
  }
}

/** As upstream's listers name it: in the singular. */
function missingRole({ kind, name }: RoleRef): string {
  return `${kind.toLowerCase()}.${group} ${JSON.stringify(name)} not found`;
}
