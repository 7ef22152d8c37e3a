import type {
  CustomResourceDefinition,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionVersion,
} from '../../../../api/generated/types.ts';
import {
  checkDns1035Label,
  checkDns1123Subdomain,
  invalid,
  jsonEqual,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { immutable } from '../../registry/meta-validation.ts';
import { approvalAnnotation, approvalOf, isProtectedGroup } from '../api-approval.ts';
import { isConditionTrue } from '../conditions.ts';
import { validateConversion } from './conversion-validation.ts';
import { goVersions } from './go-versions.ts';
import { validateNames } from './names-validation.ts';
import { validateSchema } from './schema-validation.ts';
import {
  deprecationProblems,
  validateColumn,
  validateSelectableFields,
  validateSubresources,
} from './version-parts-validation.ts';

/** Upstream: apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go */
export function validateDefinition(crd: CustomResourceDefinition): readonly FieldError[] {
  const { name } = crd.metadata;
  const { group, names } = crd.spec;
  const isNamedRight = name === `${names.plural}.${group}`;
  return [
    ...(isNamedRight ? [] : [invalid('metadata.name', name, 'must be spec.names.plural+"."+spec.group')]),
    ...validateSpec(crd.spec),
    ...validateStored(crd),
    ...validateApproval(crd, undefined),
    ...validatePreserving(crd, undefined),
  ];
}

export function validateDefinitionUpdate(
  next: CustomResourceDefinition,
  old: CustomResourceDefinition,
): readonly FieldError[] {
  const errors = [...validateSpec(next.spec)];
  if (isConditionTrue(old, 'Established')) {
    immutable(errors, next.spec.scope, old.spec.scope, 'spec.scope');
    immutable(errors, next.spec.names.kind, old.spec.names.kind, 'spec.names.kind');
  }
  immutable(errors, next.spec.group, old.spec.group, 'spec.group');
  immutable(errors, next.spec.names.plural, old.spec.names.plural, 'spec.names.plural');
  return [...errors, ...validateStored(next), ...validateApproval(next, old), ...validatePreserving(next, old)];
}

/** What all versions have in common is moved up before it is checked: paths say so. Upstream: v1/conversion.go */
type Shared = (field: 'schema' | 'subresources' | 'additionalPrinterColumns' | 'selectableFields') => boolean;

function sharedOf(versions: readonly CustomResourceDefinitionVersion[]): Shared {
  return (field) => versions.every((version) => jsonEqual(version[field] ?? null, versions[0]?.[field] ?? null));
}

function validateSpec(spec: CustomResourceDefinitionSpec): readonly FieldError[] {
  const { versions, names, conversion } = spec;
  const errors: FieldError[] = [...groupErrors(spec.group)];
  const scopes = ['Cluster', 'Namespaced'];
  if (!spec.scope) errors.push(required('spec.scope'));
  else if (!scopes.includes(spec.scope)) errors.push(notSupported('spec.scope', spec.scope, scopes));
  versions.forEach(({ schema }, at) => {
    if (!schema?.openAPIV3Schema) errors.push(required(`spec.versions[${at}].schema.openAPIV3Schema`));
  });
  const isShared = sharedOf(versions);
  versions.forEach((version, at) => errors.push(...versionErrors(version, `spec.versions[${at}]`, isShared)));
  const shown = goVersions(versions, isShared);
  if (new Set(versions.map(({ name }) => name)).size < versions.length) {
    errors.push(invalid('spec.versions', shown, 'must contain unique version names'));
  }
  if (versions.filter(({ storage }) => storage).length !== 1) {
    errors.push(invalid('spec.versions', shown, 'must have exactly one version marked as storage version'));
  }
  const firstName = versions[0]?.name ?? '';
  const firstProblems = firstName ? checkDns1035Label(firstName) : [];
  if (firstProblems.length > 0) errors.push(invalid('spec.version', firstName, firstProblems.join(',')));
  for (const field of ['plural', 'singular', 'kind', 'listKind'] as const) {
    if (!names[field]) errors.push(required(`spec.names.${field}`));
  }
  errors.push(...validateNames(names, 'spec.names'));
  const [first] = versions;
  if (first) errors.push(...sharedErrors(first, versions, isShared));
  if (conversion) errors.push(...validateConversion(conversion, 'spec.conversion'));
  return errors;
}

function groupErrors(group: string): readonly FieldError[] {
  if (!group) return [required('spec.group')];
  const problems = checkDns1123Subdomain(group);
  if (problems.length > 0) return [invalid('spec.group', group, problems.join(','))];
  return group.includes('.') ? [] : [invalid('spec.group', group, 'should be a domain with at least one dot')];
}

function versionErrors(
  version: CustomResourceDefinitionVersion,
  path: string,
  isShared: Shared,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { name, deprecated = false, deprecationWarning } = version;
  const problems = checkDns1035Label(name);
  if (problems.length > 0) errors.push(invalid(`${path}.name`, name, problems.join(',')));
  for (const problem of deprecationProblems(deprecated, deprecationWarning)) {
    errors.push(invalid(`${path}.deprecationWarning`, deprecationWarning, problem));
  }
  const isOwn: Shared = (field) => !isShared(field);
  return [...errors, ...partErrors(version, path, `${path}.schema`, isOwn, hasStatus(version))];
}

function sharedErrors(
  first: CustomResourceDefinitionVersion,
  versions: readonly CustomResourceDefinitionVersion[],
  isShared: Shared,
): readonly FieldError[] {
  return partErrors(first, 'spec', 'spec.validation', isShared, versions.some(hasStatus));
}

function partErrors(
  version: CustomResourceDefinitionVersion,
  path: string,
  schemaPath: string,
  includes: Shared,
  withStatus: boolean,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { subresources, additionalPrinterColumns = [], selectableFields = [] } = version;
  const schema = version.schema?.openAPIV3Schema;
  if (includes('schema') && schema) errors.push(...validateSchema(schema, schemaPath, withStatus));
  if (includes('subresources') && subresources) {
    errors.push(...validateSubresources(subresources, `${path}.subresources`));
  }
  if (includes('additionalPrinterColumns')) {
    additionalPrinterColumns.forEach((column, at) =>
      errors.push(...validateColumn(column, `${path}.additionalPrinterColumns[${at}]`)),
    );
  }
  if (includes('selectableFields') && selectableFields.length > 0 && schema) {
    errors.push(...validateSelectableFields(selectableFields, schema, `${path}.selectableFields`));
  }
  return errors;
}

function hasStatus({ subresources }: CustomResourceDefinitionVersion): boolean {
  return subresources?.status !== undefined && subresources.status !== null;
}

function validateStored({ spec, status }: CustomResourceDefinition): readonly FieldError[] {
  const path = 'status.storedVersions';
  const { storedVersions = [] } = status;
  if (storedVersions.length === 0) return [invalid(path, storedVersions, 'must have at least one stored version')];
  const missing = spec.versions
    .filter(({ name, storage }) => storage && !storedVersions.includes(name))
    .map(({ name }) => invalid(path, storedVersions, `must have the storage version ${name}`));
  const gone = storedVersions.flatMap((name, at) => {
    if (spec.versions.some((version) => version.name === name)) return [];
    const detail = `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`;
    return [invalid(`${path}[${at}]`, name, detail)];
  });
  return [...missing, ...gone];
}

function validateApproval(
  crd: CustomResourceDefinition,
  old: CustomResourceDefinition | undefined,
): readonly FieldError[] {
  if (!isProtectedGroup(crd.spec.group)) return [];
  const { state, reason } = approvalOf(crd);
  if (old && approvalOf(old).state === state) return [];
  const path = `metadata.annotations[${approvalAnnotation}]`;
  if (state === 'Missing') return [required(path, reason)];
  return state === 'Invalid' ? [invalid(path, crd.metadata.annotations?.[approvalAnnotation], reason)] : [];
}

function validatePreserving(
  { spec }: CustomResourceDefinition,
  old: CustomResourceDefinition | undefined,
): readonly FieldError[] {
  if (old?.spec.preserveUnknownFields || !spec.preserveUnknownFields) return [];
  const detail =
    'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead';
  return [invalid('spec.preserveUnknownFields', true, detail)];
}
