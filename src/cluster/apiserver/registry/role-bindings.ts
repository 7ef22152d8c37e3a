import type { RoleBinding } from '../../../api/generated/types.ts';
import { jsonEqual } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { invalidAs } from './internal-form/shown.ts';
import { bindingColumns, defaultBinding, roleCell, subjectCells, validateBinding } from './rbac/subjects.ts';
import { ageCell } from './table.ts';

/** Who has which role in one namespace. Upstream: pkg/registry/rbac/rolebinding */
export const roleBindings: ResourceDefinition<RoleBinding> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'rolebindings',
  kind: 'RoleBinding',
  singular: 'rolebinding',
  isNamespaced: true,
  schema: 'io.k8s.api.rbac.v1.RoleBinding',
  nameFormat: 'path-segment',
  allowsCreateOnUpdate: true,
  defaults: defaultBinding,
  validate: (binding) => validateBinding(binding, ['Role', 'ClusterRole'], true),
  validateUpdate: (next, old) => {
    if (jsonEqual(next.roleRef, old.roleRef)) return [];
    return [invalidAs('roleRef', next.roleRef, 'RoleRef', 'cannot change roleRef')];
  },
  columns: bindingColumns,
  row: (binding, context) => [
    binding.metadata.name,
    roleCell(binding),
    ageCell(binding, context),
    ...subjectCells(binding),
  ],
};
