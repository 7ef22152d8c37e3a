import type {
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimTemplate,
  TypedLocalObjectReference,
  TypedObjectReference,
} from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  forbiddenField,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid, validateLabelSelector } from '../label-validation.ts';
import { validateTemplateMetadata } from '../meta-validation.ts';
import { isPositive, validateQuantityValue } from '../resource-quantities.ts';

/**
 * What a PersistentVolumeClaim asks for, on its own or inside a pod.
 * Upstream: ValidatePersistentVolumeClaimSpec in pkg/apis/core/validation/validation.go
 */
export function validateClaimTemplate(
  errors: FieldError[],
  template: PersistentVolumeClaimTemplate,
  path: string,
): void {
  validateTemplateMetadata(errors, template.metadata, `${path}.metadata`);
  for (const field in template.metadata) {
    const isSet = Boolean(template.metadata[field as keyof typeof template.metadata]);
    if (isSet && field !== 'annotations' && field !== 'labels') {
      errors.push(forbiddenField(`${path}.metadata.${field}`, 'cannot be set'));
    }
  }
  validateClaimSpec(errors, template.spec, `${path}.spec`);
}

export const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
export const volumeModes = ['Block', 'Filesystem'];

export function validateClaimSpec(errors: FieldError[], spec: PersistentVolumeClaimSpec, path: string): void {
  const modes = spec?.accessModes ?? [];
  const modesPath = `${path}.accessModes`;
  if (modes.length === 0) errors.push(required(modesPath, 'at least 1 access mode is required'));
  validateLabelSelector(errors, spec?.selector, `${path}.selector`);
  for (const mode of modes) {
    if (!accessModes.includes(mode)) errors.push(notSupported(modesPath, mode, accessModes));
  }
  if (
    modes.includes('ReadWriteOncePod') &&
    modes.some((mode) => mode !== 'ReadWriteOncePod' && accessModes.includes(mode))
  ) {
    errors.push(forbiddenField(modesPath, 'may not use ReadWriteOncePod with other access modes'));
  }
  const storage = spec?.resources?.requests?.['storage'];
  const storagePath = `${path}.resources[storage]`;
  if (storage === undefined) errors.push(required(storagePath));
  else if (!isPositive(storage)) errors.push(invalid(storagePath, storage, 'must be greater than zero'));
  else validateQuantityValue(errors, 'storage', storage, storagePath);

  if (spec?.storageClassName) {
    addInvalid(errors, `${path}.storageClassName`, spec.storageClassName, checkDns1123Subdomain(spec.storageClassName));
  }
  if (spec?.volumeMode !== undefined && !volumeModes.includes(spec.volumeMode)) {
    errors.push(notSupported(`${path}.volumeMode`, spec.volumeMode, volumeModes));
  }
  validateDataSources(errors, spec, path);
  if (spec?.volumeAttributesClassName) {
    const problems = checkDns1123Subdomain(spec.volumeAttributesClassName);
    addInvalid(errors, `${path}.volumeAttributesClassName`, spec.volumeAttributesClassName, problems);
  }
}

function validateDataSources(errors: FieldError[], spec: PersistentVolumeClaimSpec, path: string): void {
  const { dataSource, dataSourceRef } = spec ?? {};
  if (dataSource) validateDataSource(errors, dataSource, `${path}.dataSource`);
  if (dataSourceRef) {
    validateDataSource(errors, dataSourceRef, `${path}.dataSourceRef`);
    const { namespace } = dataSourceRef;
    if (namespace) addInvalid(errors, `${path}.dataSourceRef.namespace`, namespace, checkDns1123Label(namespace));
  }
  if (!dataSource || !dataSourceRef) return;
  // Upstream hands over the path where the value belongs; a path has nothing that JSON would show.
  if (dataSourceRef.namespace) {
    errors.push(invalid(path, {}, 'may not be specified when dataSourceRef.namespace is specified'));
  } else if (
    dataSource.apiGroup !== dataSourceRef.apiGroup ||
    dataSource.kind !== dataSourceRef.kind ||
    dataSource.name !== dataSourceRef.name
  ) {
    errors.push(invalid(path, {}, 'must match dataSourceRef'));
  }
}

function validateDataSource(
  errors: FieldError[],
  source: TypedLocalObjectReference | TypedObjectReference,
  path: string,
): void {
  const { name, kind = '', apiGroup = '' } = source;
  if (!name) errors.push(required(`${path}.name`));
  if (!kind) errors.push(required(`${path}.kind`));
  if (apiGroup) addInvalid(errors, `${path}.apiGroup`, apiGroup, checkDns1123Subdomain(apiGroup));
  else if (kind !== 'PersistentVolumeClaim') {
    errors.push(invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
  }
}
