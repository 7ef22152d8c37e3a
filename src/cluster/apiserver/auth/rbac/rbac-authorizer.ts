import type { Authorizer, Decision } from '../authorize.ts';
import type { HeldBinding } from './binding-index.ts';
import { ruleAllows } from './match-rule.ts';
import type { RuleResolver } from './rule-resolver.ts';

/**
 * Allows what some rule of some role of the user allows.
 * Upstream: plugin/pkg/auth/authorizer/rbac/rbac.go
 */
export function rbacAuthorizer(resolver: RuleResolver): Authorizer {
  return (user, request): Decision => {
    let allowedBy: HeldBinding | undefined;
    const missing: string[] = [];
    resolver.visit(
      user,
      request.isResource ? request.namespace : '',
      (rule, held) => {
        if (ruleAllows(rule, request)) allowedBy = held;
        return allowedBy === undefined;
      },
      (text) => missing.push(text),
    );
    if (allowedBy) return { isAllowed: true, reason: `RBAC: allowed by ${describe(allowedBy)}` };
    return { isAllowed: false, reason: missing.length === 0 ? '' : `RBAC: ${aggregate(missing)}` };
  };
}

/** `ClusterRoleBinding "cluster-admin" of ClusterRole "cluster-admin" to Group "system:masters"` */
function describe({ binding, subject }: HeldBinding): string {
  const { namespace, name } = binding.metadata;
  const title = namespace === undefined ? JSON.stringify(name) : JSON.stringify(`${name}/${namespace}`);
  const who = subject.kind === 'ServiceAccount' ? `${subject.name}/${subject.namespace ?? ''}` : subject.name;
  const kind = namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding';
  return `${kind} ${title} of ${binding.roleRef.kind} ${JSON.stringify(binding.roleRef.name)} to ${subject.kind} ${JSON.stringify(who)}`;
}

/** Several errors as one text. Upstream: apimachinery/pkg/util/errors Aggregate */
export function aggregate(errors: readonly string[]): string {
  const distinct = [...new Set(errors)];
  return distinct.length === 1 ? distinct[0]! : `[${distinct.join(', ')}]`;
}
