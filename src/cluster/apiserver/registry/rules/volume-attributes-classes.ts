import type { VolumeAttributesClass } from '../../../../api/generated/types.ts';
import { forbiddenField, jsonEqual, required, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateDriver, validateParameters } from '../storage/parameters.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';

/** What a VolumeAttributesClass has to look like. */
export const volumeAttributesClassRules: ResourceRules<VolumeAttributesClass> = {
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
