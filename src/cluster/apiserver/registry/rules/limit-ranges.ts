import type { LimitRange, LimitRangeItem } from '../../../../api/generated/types.ts';
import { duplicate, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { canonicalResources } from '../canonical-resources.ts';
import { validateLimits } from '../limit-range/validation.ts';
import { mapShared, withField } from '../share.ts';
import { createdAtColumn, nameColumn } from '../table.ts';

/** What a LimitRange has to look like. */
export const limitRangeRules: ResourceRules<LimitRange> = {
  defaults: (range) => {
    if (!range.spec?.limits) return range;
    return withField(range, 'spec', withField(range.spec, 'limits', mapShared(range.spec.limits, defaultItem)));
  },
  validate: validateLimitRange,
  columns: [nameColumn, createdAtColumn],
  row: ({ metadata }) => [metadata.name, metadata.creationTimestamp ?? null],
};

/** Upstream: SetDefaults_LimitRangeItem in pkg/apis/core/v1/defaults.go */
function defaultItem(given: LimitRangeItem): LimitRangeItem {
  let item = given;
  for (const field of ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const) {
    const amounts = item[field];
    if (amounts) item = withField(item, field, canonicalResources(amounts));
  }
  if (item.type !== 'Container') return item;
  const limits = { ...item.max, ...item.default };
  const requests = { ...item.min, ...limits, ...item.defaultRequest };
  if (Object.keys(limits).length !== Object.keys(item.default ?? {}).length) item = { ...item, default: limits };
  const isWhole = Object.keys(requests).length === Object.keys(item.defaultRequest ?? {}).length;
  return isWhole ? item : { ...item, defaultRequest: requests };
}

function validateLimitRange({ spec }: LimitRange): readonly FieldError[] {
  const errors: FieldError[] = [];
  const types = new Set<string>();
  spec?.limits?.forEach((item, at) => {
    const path = `spec.limits[${at}]`;
    validateLimits(errors, item, path, () => {
      if (types.has(item.type)) errors.push(duplicate(`${path}.type`, item.type));
      types.add(item.type);
    });
  });
  return errors;
}
