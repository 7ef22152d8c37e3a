import {
  forbiddenField,
  invalid,
  required,
  type FieldError,
  type ObjectMeta,
  type OwnerReference,
} from '../../../api/index.ts';
import { jsonEqual } from '../../../api/json.ts';
import {
  checkDns1035Label,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkLabelValue,
  checkPathSegmentName,
  checkQualifiedName,
  maskTrailingDash,
  type NameCheck,
} from '../../../api/names.ts';
import { checkIpAddress } from '../registry/ip-validation.ts';
import type { ResourceDefinition } from '../resource-definition.ts';

/**
 * The rules for `metadata` that all kinds share.
 * Upstream: apimachinery/pkg/api/validation/objectmeta.go
 */
const nameChecks: Readonly<Record<NonNullable<ResourceDefinition['nameFormat']>, NameCheck>> = {
  'dns-subdomain': checkDns1123Subdomain,
  'dns-label': checkDns1123Label,
  'dns-1035-label': checkDns1035Label,
  'path-segment': checkPathSegmentName,
  'ip-address': checkIpAddress,
};

const annotationsMaxBytes = 256 * 1024;

export function validateObjectMeta(
  metadata: ObjectMeta,
  definition: Pick<ResourceDefinition, 'nameFormat' | 'isNamespaced'>,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const nameFormat = definition.nameFormat ?? 'dns-subdomain';
  const checkName = nameChecks[nameFormat];
  const { name, generateName, namespace } = metadata;
  if (generateName) {
    const prefix = nameFormat === 'path-segment' ? generateName : maskTrailingDash(generateName);
    for (const problem of checkName(prefix)) errors.push(invalid('metadata.generateName', generateName, problem));
  }
  if (!name) errors.push(required('metadata.name', 'name or generateName is required'));
  else for (const problem of checkName(name)) errors.push(invalid('metadata.name', name, problem));
  if (definition.isNamespaced) {
    if (!namespace) errors.push(required('metadata.namespace'));
    else checkNamespace(namespace, errors);
  } else if (namespace) {
    errors.push(forbiddenField('metadata.namespace', 'not allowed on this type'));
  }
  if ((metadata.generation ?? 0) < 0) {
    errors.push(invalid('metadata.generation', metadata.generation, 'must be greater than or equal to 0'));
  }
  checkLabels(metadata.labels, errors);
  checkAnnotations(metadata.annotations, errors);
  checkOwners(metadata.ownerReferences, errors);
  checkFinalizers(metadata.finalizers, errors);
  return errors;
}

/** What an update may do to `metadata`. Parts that are the same object as before have been checked when they came in. */
export function validateObjectMetaUpdate(next: ObjectMeta, old: ObjectMeta): readonly FieldError[] {
  if (next === old) return [];
  const errors: FieldError[] = [];
  if (old.deletionTimestamp !== undefined) checkNoNewFinalizers(next.finalizers, old.finalizers, errors);
  const fixed = [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ] as const;
  for (const field of fixed) {
    if (next[field] !== old[field]) errors.push(invalid(`metadata.${field}`, next[field], 'field is immutable'));
  }
  if (next.labels !== old.labels) checkLabels(next.labels, errors);
  if (next.annotations !== old.annotations) checkAnnotations(next.annotations, errors);
  if (next.ownerReferences !== old.ownerReferences) checkOwners(next.ownerReferences, errors);
  if (next.finalizers !== old.finalizers) checkFinalizers(next.finalizers, errors);
  return errors;
}

/** Those that were found valid: there are few namespaces and many objects. */
const validNamespaces = new Set<string>();

function checkNamespace(namespace: string, errors: FieldError[]): void {
  if (validNamespaces.has(namespace)) return;
  const problems = checkDns1123Label(namespace);
  if (problems.length === 0 && validNamespaces.size < 1000) validNamespaces.add(namespace);
  for (const problem of problems) errors.push(invalid('metadata.namespace', namespace, problem));
}

function checkLabels(labels: ObjectMeta['labels'], errors: FieldError[]): void {
  if (!labels) return;
  for (const [key, value] of Object.entries(labels)) {
    for (const problem of checkQualifiedName(key)) errors.push(invalid('metadata.labels', key, problem));
    for (const problem of checkLabelValue(value)) errors.push(invalid('metadata.labels', value, problem));
  }
}

function checkAnnotations(annotations: ObjectMeta['annotations'], errors: FieldError[]): void {
  if (!annotations) return;
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) {
    // Case does not matter in the key of an annotation.
    for (const problem of checkQualifiedName(key.toLowerCase()))
      errors.push(invalid('metadata.annotations', key, problem));
    size += key.length + value.length;
  }
  if (size > annotationsMaxBytes) {
    const body = `Too long: may not be more than ${annotationsMaxBytes} bytes`;
    errors.push({ type: 'FieldValueTooLong', field: 'metadata.annotations', body });
  }
}

function checkOwners(owners: readonly OwnerReference[] | undefined, errors: FieldError[]): void {
  if (!owners) return;
  const field = 'metadata.ownerReferences';
  let controller: string | undefined;
  for (const owner of owners) {
    if (!owner.apiVersion || owner.apiVersion.endsWith('/')) {
      errors.push(invalid(`${field}.apiVersion`, owner.apiVersion ?? '', 'version must not be empty'));
    }
    for (const key of ['kind', 'name', 'uid'] as const) {
      if (!owner[key]) errors.push(invalid(`${field}.${key}`, owner[key] ?? '', 'must not be empty'));
    }
    if (owner.apiVersion === 'v1' && owner.kind === 'Event') {
      errors.push(invalid(field, owner, '/v1, Kind=Event is disallowed from being an owner'));
    }
    if (!owner.controller) continue;
    const own = `${owner.kind}/${owner.name}`;
    if (controller !== undefined) {
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${own}`;
      errors.push(invalid(field, owners, detail));
    } else {
      controller = own;
    }
  }
}

function checkFinalizers(finalizers: readonly string[] | undefined, errors: FieldError[]): void {
  if (!finalizers) return;
  const field = 'metadata.finalizers';
  for (const finalizer of finalizers) {
    for (const problem of checkQualifiedName(finalizer)) errors.push(invalid(field, finalizer, problem));
  }
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    errors.push(invalid(field, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  }
}

function checkNoNewFinalizers(next: readonly string[] = [], old: readonly string[] = [], errors: FieldError[]): void {
  if (jsonEqual(next, old)) return;
  const added = [...new Set(next.filter((finalizer) => !old.includes(finalizer)))].sort();
  if (added.length === 0) return;
  const list = `[]string{${added.map((finalizer) => JSON.stringify(finalizer)).join(', ')}}`;
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`;
  errors.push(forbiddenField('metadata.finalizers', detail));
}
