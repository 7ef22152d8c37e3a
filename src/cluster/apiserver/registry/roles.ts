import type { Role } from '../../../api/generated/types.ts';
import type { FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { validateRules } from './rbac/rules.ts';
import { createdAtColumn, nameColumn } from './table.ts';

/** What may be done in one namespace. Upstream: pkg/registry/rbac/role */
export const roles: ResourceDefinition<Role> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'roles',
  kind: 'Role',
  singular: 'role',
  isNamespaced: true,
  schema: 'io.k8s.api.rbac.v1.Role',
  nameFormat: 'path-segment',
  allowsCreateOnUpdate: true,
  validate: ({ rules }) => {
    const errors: FieldError[] = [];
    validateRules(errors, rules, true);
    return errors;
  },
  columns: [nameColumn, createdAtColumn],
  row: ({ metadata }) => [metadata.name, metadata.creationTimestamp ?? null],
};
