import type { DeviceClass } from '../../../../api/generated/types.ts';
import { invalid, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { maxConfigurations, validateConfiguration, validateSelectors } from '../device/claim-validation.ts';
import { validateItems } from '../device/lists.ts';
import { isExtendedResource } from '../resource-quantities.ts';
import { ageCell, ageColumn, nameColumn } from '../table.ts';
import { withNextGeneration } from '../workload/generation.ts';

/** What a DeviceClass has to look like. */
export const deviceClassRules: ResourceRules<DeviceClass> = {
  prepareForCreate: (given) => ({ ...given, metadata: { ...given.metadata, generation: 1 } }),
  prepareForUpdate: withNextGeneration,
  validate: ({ spec = {} }) => {
    const errors: FieldError[] = [];
    const { selectors = [], config = [], extendedResourceName: extended } = spec;
    validateSelectors(errors, selectors, 'spec.selectors');
    validateItems(errors, config, 'spec.config', maxConfigurations, (item, at) =>
      validateConfiguration(errors, item, at),
    );
    if (extended !== undefined && !isExtendedResource(extended)) {
      errors.push(invalid('spec.extendedResourceName', extended, 'must be a valid extended resource name'));
    }
    return errors;
  },
  columns: [nameColumn, ageColumn],
  row: (device, context) => [device.metadata.name, ageCell(device, context)],
};
