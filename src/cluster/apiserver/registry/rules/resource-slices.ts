import type { ResourceSlice } from '../../../../api/generated/types.ts';
import type { FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateSlice } from '../device/slice-validation.ts';
import { immutable } from '../meta-validation.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { withNextGeneration } from '../workload/generation.ts';

/** What a ResourceSlice has to look like. */
export const resourceSliceRules: ResourceRules<ResourceSlice> = {
  prepareForCreate: (slice) => ({ ...slice, metadata: { ...slice.metadata, generation: 1 } }),
  prepareForUpdate: withNextGeneration,
  validate: ({ spec }) => validateSlice(spec),
  validateUpdate: ({ spec: next }, { spec: old }) => {
    const errors: FieldError[] = [];
    immutable(errors, next.pool?.name, old.pool?.name, 'spec.pool.name');
    immutable(errors, next.driver, old.driver, 'spec.driver');
    immutable(errors, next.nodeName, old.nodeName, 'spec.nodeName');
    return errors;
  },
  columns: [
    nameColumn,
    column('Node', 'string', 'Where the devices are.'),
    column('Driver', 'string', 'Whose devices they are.'),
    column('Pool', 'string', 'What the devices belong together in.'),
    ageColumn,
  ],
  row: (slice, context) => {
    const { nodeName = '', driver, pool } = slice.spec;
    return [slice.metadata.name, nodeName, driver, pool?.name ?? '', ageCell(slice, context)];
  },
};
