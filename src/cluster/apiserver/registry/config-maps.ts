import type { ConfigMap } from '../../../api/generated/types.ts';
import { checkConfigMapKey, invalid, tooLong, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { base64Length } from './base64.ts';
import { maxDataBytes, validateFrozen } from './data-validation.ts';
import { addInvalid } from './label-validation.ts';
import { byteLength } from './meta-validation.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** Settings, as text. Upstream: pkg/registry/core/configmap */
export const configMaps: ResourceDefinition<ConfigMap> = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  singular: 'configmap',
  shortNames: ['cm'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.ConfigMap',
  validate: validateConfigMap,
  validateUpdate: (next, old) => validateFrozen(next, old, ['data', 'binaryData']),
  columns: [nameColumn, column('Data', 'string', 'How many keys there are.'), ageColumn],
  row: (configMap, context) => [
    configMap.metadata.name,
    Object.keys(configMap.data ?? {}).length + Object.keys(configMap.binaryData ?? {}).length,
    ageCell(configMap, context),
  ],
};

function validateConfigMap({ data, binaryData }: ConfigMap): readonly FieldError[] {
  const errors: FieldError[] = [];
  let total = 0;
  for (const key in data) {
    const path = `data[${key}]`;
    addInvalid(errors, path, key, checkConfigMapKey(key));
    if (binaryData?.[key] !== undefined) errors.push(invalid(path, key, 'duplicate of key present in binaryData'));
    total += byteLength(data[key]!);
  }
  for (const key in binaryData) {
    addInvalid(errors, `binaryData[${key}]`, key, checkConfigMapKey(key));
    total += base64Length(binaryData[key]!);
  }
  // Upstream names no field here; an empty path is shown so.
  if (total > maxDataBytes) errors.push(tooLong('[]', maxDataBytes));
  return errors;
}
