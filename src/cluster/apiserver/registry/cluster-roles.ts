import type { ClusterRole } from '../../../api/generated/types.ts';
import { required, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { validateLabelSelector } from './label-validation.ts';
import { validateRules } from './rbac/rules.ts';
import { createdAtColumn, nameColumn } from './table.ts';

/** What may be done anywhere. Upstream: pkg/registry/rbac/clusterrole */
export const clusterRoles: ResourceDefinition<ClusterRole> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'clusterroles',
  kind: 'ClusterRole',
  singular: 'clusterrole',
  isNamespaced: false,
  schema: 'io.k8s.api.rbac.v1.ClusterRole',
  nameFormat: 'path-segment',
  allowsCreateOnUpdate: true,
  validate: validateClusterRole,
  columns: [nameColumn, createdAtColumn],
  row: ({ metadata }) => [metadata.name, metadata.creationTimestamp ?? null],
};

function validateClusterRole({ rules, aggregationRule }: ClusterRole): readonly FieldError[] {
  const errors: FieldError[] = [];
  validateRules(errors, rules, false);
  if (!aggregationRule) return errors;
  const path = 'aggregationRule.clusterRoleSelectors';
  const { clusterRoleSelectors: selectors = [] } = aggregationRule;
  if (selectors.length === 0) {
    errors.push(required(path, 'at least one clusterRoleSelector required if aggregationRule is non-nil'));
  }
  selectors.forEach((selector, at) => {
    validateLabelSelector(errors, selector, `${path}[${at}]`);
  });
  return errors;
}
