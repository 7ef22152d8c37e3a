import type { VolumeAttributesClass } from '../../../api/generated/types.ts';
import { forbiddenField, jsonEqual, required, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { validateDriver, validateParameters } from './storage/parameters.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** How fast a volume is, say: what may change while it is in use. Upstream: pkg/registry/storage/volumeattributesclass */
export const volumeAttributesClasses: ResourceDefinition<VolumeAttributesClass> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'volumeattributesclasses',
  kind: 'VolumeAttributesClass',
  singular: 'volumeattributesclass',
  shortNames: ['vac'],
  isNamespaced: false,
  schema: 'io.k8s.api.storage.v1.VolumeAttributesClass',
  validate: ({ driverName, parameters = {} }) => {
    const errors: FieldError[] = [];
    validateDriver(errors, driverName, 'driverName');
    if (Object.keys(parameters).length === 0) {
      errors.push(required('parameters', 'must contain at least one key/value pair'));
    }
    validateParameters(errors, parameters, 'parameters');
    return errors;
  },
  validateUpdate: (next, old) =>
    (['driverName', 'parameters'] as const)
      .filter((field) => !jsonEqual(next[field] ?? null, old[field] ?? null))
      .map((field) => forbiddenField(field, `updates to ${field} are forbidden.`)),
  columns: [nameColumn, column('DriverName', 'string', 'Which driver changes the volumes.'), ageColumn],
  row: (attributes, context) => [attributes.metadata.name, attributes.driverName, ageCell(attributes, context)],
};
