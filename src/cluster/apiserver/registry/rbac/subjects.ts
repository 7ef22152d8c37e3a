import type { RbacV1Subject, RoleRef } from '../../../../api/generated/types.ts';
import {
  checkDns1123Subdomain,
  checkPathSegmentName,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import { fill, isZero, mapShared, withField } from '../share.ts';
import { ageColumn, column, nameColumn } from '../table.ts';

/**
 * Whom a RoleBinding or ClusterRoleBinding gives which role.
 * Upstream: pkg/apis/rbac/validation/validation.go, pkg/apis/rbac/v1/defaults.go
 */
interface Binding {
  readonly roleRef: RoleRef;
  readonly subjects?: readonly RbacV1Subject[];
}

const rbacGroup = 'rbac.authorization.k8s.io';

export function defaultBinding<T extends Binding>(given: T): T {
  const roleRef = given.roleRef && fill(given.roleRef, { apiGroup: rbacGroup }, isZero);
  const binding = withField<T, 'roleRef'>(given, 'roleRef', roleRef);
  return binding.subjects ? withField(binding, 'subjects', mapShared(binding.subjects, defaultSubject)) : binding;
}

function defaultSubject(subject: RbacV1Subject): RbacV1Subject {
  const isPerson = subject.kind === 'User' || subject.kind === 'Group';
  return isPerson ? fill(subject, { apiGroup: rbacGroup }, isZero) : subject;
}

export function validateBinding(binding: Binding, roleKinds: readonly string[], isNamespaced: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const { apiGroup = '', kind = '', name = '' } = binding.roleRef ?? {};
  if (apiGroup !== rbacGroup) errors.push(notSupported('roleRef.apiGroup', apiGroup, [rbacGroup]));
  if (!roleKinds.includes(kind)) errors.push(notSupported('roleRef.kind', kind, roleKinds));
  if (!name) errors.push(required('roleRef.name'));
  else addInvalid(errors, 'roleRef.name', name, checkPathSegmentName(name));
  binding.subjects?.forEach((subject, at) => {
    validateSubject(errors, subject, `subjects[${at}]`, isNamespaced);
  });
  return errors;
}

function validateSubject(errors: FieldError[], subject: RbacV1Subject, path: string, isNamespaced: boolean): void {
  const { kind = '', name = '', namespace, apiGroup = '' } = subject;
  if (!name) errors.push(required(`${path}.name`));
  switch (kind) {
    case 'ServiceAccount':
      if (name) addInvalid(errors, `${path}.name`, name, checkDns1123Subdomain(name));
      if (apiGroup) errors.push(notSupported(`${path}.apiGroup`, apiGroup, ['']));
      if (!isNamespaced && !namespace) errors.push(required(`${path}.namespace`));
      return;
    case 'User':
    case 'Group':
      if (apiGroup !== rbacGroup) errors.push(notSupported(`${path}.apiGroup`, apiGroup, [rbacGroup]));
      return;
    default:
      errors.push(notSupported(`${path}.kind`, kind, ['ServiceAccount', 'User', 'Group']));
  }
}

export const bindingColumns = [
  nameColumn,
  column('Role', 'string', 'The role that is given.'),
  ageColumn,
  column('Users', 'string', 'Users that have the role.', { wide: true }),
  column('Groups', 'string', 'Groups that have the role.', { wide: true }),
  column('ServiceAccounts', 'string', 'Service accounts that have the role.', { wide: true }),
];

/** `Kind/name` */
export function roleCell({ roleRef }: Binding): string {
  return `${roleRef.kind}/${roleRef.name}`;
}

export function subjectCells({ subjects = [] }: Binding): readonly string[] {
  const namesOf = (kind: string): string =>
    subjects
      .filter((subject) => subject.kind === kind)
      .map(({ name, namespace }) => (kind === 'ServiceAccount' && namespace ? `${namespace}/${name}` : name))
      .join(', ');
  return [namesOf('User'), namesOf('Group'), namesOf('ServiceAccount')];
}
