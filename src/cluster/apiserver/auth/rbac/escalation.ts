import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
} from '../../../../api/generated/types.ts';
import { forbidden, jsonEqual, type KubeObject } from '../../../../api/index.ts';
import type { AdmissionPlugin, Attributes } from '../../admission/admission.ts';
import { isPrivileged, type Authorizer } from '../authorize.ts';
import { compactRules, quotedList, shownRule, uncoveredRules } from './cover-rules.ts';
import type { RuleResolver } from './rule-resolver.ts';

const group = 'rbac.authorization.k8s.io';
const everything: readonly PolicyRule[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  { nonResourceURLs: ['*'], verbs: ['*'] },
];

/**
 * Nobody can give what they do not have: to write a role one must hold all of its rules, or be allowed to `escalate`;
 * to bind one, hold its rules, or be allowed to `bind` it.
 * Upstream: pkg/registry/rbac/{role,clusterrole,rolebinding,clusterrolebinding}/policybased/storage.go
 * and pkg/registry/rbac/escalation_check.go, where these are wrappers around the storage
 */
export function noEscalation(resolver: RuleResolver, authorize: Authorizer): AdmissionPlugin {
  const checks: Readonly<Record<string, (object: KubeObject, attributes: Attributes) => void>> = {
    roles: (object, attributes) => checkRole(object as Role, attributes),
    clusterroles: (object, attributes) => checkRole(object as ClusterRole, attributes),
    rolebindings: (object, attributes) => checkBinding(object as RoleBinding, attributes),
    clusterrolebindings: (object, attributes) => checkBinding(object as ClusterRoleBinding, attributes),
  };
  return {
    name: 'RbacEscalationCheck',
    handles: (definition, operation, subresource) =>
      definition.group === group && subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
    admit(object, attributes) {
      if (!isPrivileged(attributes.user)) checks[attributes.definition.resource]?.(object, attributes);
      return object;
    },
  };

  function checkRole(role: Role | ClusterRole, attributes: Attributes): void {
    const { old, user } = attributes;
    if (mayDo('escalate', attributes, attributes.definition.resource, attributes.name)) return;
    const before = old as ClusterRole | undefined;
    const aggregation = (role as ClusterRole).aggregationRule;
    if (
      before &&
      jsonEqual(role.rules ?? [], before.rules ?? []) &&
      jsonEqual(aggregation ?? null, before.aggregationRule ?? null)
    ) {
      return;
    }
    refuseUncovered(role.rules ?? [], attributes, attributes.namespace);
    if (!aggregation) return;
    const { rules } = resolver.rulesFor(user, '');
    if (uncoveredRules(rules, everything).length > 0) {
      throw forbidden(
        attributes.definition,
        attributes.name,
        'must have cluster-admin privileges to use the aggregationRule',
      );
    }
  }

  function checkBinding(binding: RoleBinding | ClusterRoleBinding, attributes: Attributes): void {
    const before = attributes.old as RoleBinding | undefined;
    if (
      before &&
      jsonEqual(binding.roleRef, before.roleRef) &&
      jsonEqual(binding.subjects ?? [], before.subjects ?? [])
    ) {
      return;
    }
    const { kind, name } = binding.roleRef ?? {};
    const resource = kind === 'Role' ? 'roles' : 'clusterroles';
    if (mayDo('bind', attributes, resource, name ?? '')) return;
    refuseUncovered(resolver.requireRulesOf(binding.roleRef, attributes.namespace), attributes, attributes.namespace);
  }

  function mayDo(verb: string, { user, namespace }: Attributes, resource: string, name: string): boolean {
    const request = {
      path: '',
      verb,
      isResource: true,
      group,
      version: '*',
      namespace,
      resource,
      subresource: '',
      name,
    };
    return authorize(user, request).isAllowed;
  }

  function refuseUncovered(rules: readonly PolicyRule[], attributes: Attributes, namespace: string): void {
    const { user, definition, name } = attributes;
    const own = resolver.rulesFor(user, namespace);
    const lacking = uncoveredRules(own.rules, rules);
    if (lacking.length === 0) return;
    const shown = [...new Set(compactRules(lacking).map(shownRule))].toSorted();
    const who = `user ${JSON.stringify(user.name)} (groups=${quotedList(user.groups)})`;
    const doubts = own.missing.length > 0 ? `; resolution errors: [${own.missing.join(' ')}]` : '';
    const why = `${who} is attempting to grant RBAC permissions not currently held:\n${shown.join('\n')}${doubts}`;
    throw forbidden(definition, name, why);
  }
}
