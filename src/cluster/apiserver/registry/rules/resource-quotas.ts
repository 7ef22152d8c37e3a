import type { ResourceQuota, ResourceQuotaSpec } from '../../../../api/generated/types.ts';
import { invalid, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { canonicalResources } from '../canonical-resources.ts';
import { validateQuotaScopes } from '../resource-quota/scopes.ts';
import { validateQuantityValue, validateQuotaResourceName } from '../resource-quantities.ts';
import { withField } from '../share.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { withOldSpec } from '../workload/generation.ts';

/** What a ResourceQuota has to look like. */
export const resourceQuotaRules: ResourceRules<ResourceQuota> = {
  defaults: defaultQuota,
  prepareForCreate: (quota) => ({ ...quota, status: {} }),
  prepareForUpdate: (next, old) => withField(next, 'status', old.status),
  validate: ({ spec = {} }) => {
    const errors: FieldError[] = [];
    validateAmounts(errors, spec.hard, 'spec.hard');
    validateQuotaScopes(errors, spec, 'spec');
    return errors;
  },
  validateUpdate: (next, old) => {
    const scopes = next.spec?.scopes ?? [];
    if (sorted(scopes) === sorted(old.spec?.scopes ?? [])) return [];
    return [invalid('spec.scopes', next.spec?.scopes ?? null, 'field is immutable')];
  },
  status: {
    prepareForUpdate: withOldSpec,
    validateUpdate: ({ status = {} }) => {
      const errors: FieldError[] = [];
      validateAmounts(errors, status.hard, 'status.hard');
      validateAmounts(errors, status.used, 'status.used');
      return errors;
    },
  },
  columns: [
    nameColumn,
    column('Request', 'string', 'How much is requested, and how much may be.'),
    column('Limit', 'string', 'How much the limits add up to, and how much they may.'),
    ageColumn,
  ],
  row: (quota, context) => [
    quota.metadata.name,
    amountsCell(quota, (name) => !name.startsWith('limits.')),
    amountsCell(quota, (name) => name.startsWith('limits.')),
    ageCell(quota, context),
  ],
};

function defaultQuota(given: ResourceQuota): ResourceQuota {
  let quota = given;
  const { spec, status } = given;
  if (spec?.hard) quota = withField(quota, 'spec', withField(spec, 'hard', canonicalResources(spec.hard)));
  if (!status) return quota;
  let canonical = status;
  if (status.hard) canonical = withField(canonical, 'hard', canonicalResources(status.hard));
  if (status.used) canonical = withField(canonical, 'used', canonicalResources(status.used));
  return withField(quota, 'status', canonical);
}

function validateAmounts(errors: FieldError[], amounts: ResourceQuotaSpec['hard'], path: string): void {
  for (const name in amounts) {
    validateQuotaResourceName(errors, name, `${path}[${name}]`);
    validateQuantityValue(errors, name, amounts[name]!, `${path}[${name}]`);
  }
}

function sorted(scopes: readonly string[]): string {
  return [...new Set(scopes)].toSorted().join();
}

/** `pods: 1/10, requests.cpu: 100m/1` */
function amountsCell({ status = {} }: ResourceQuota, isShown: (name: string) => boolean): string {
  const { hard = {}, used = {} } = status;
  const names = Object.keys(hard).filter(isShown).toSorted();
  return names.map((name) => `${name}: ${used[name] ?? '0'}/${hard[name]!}`).join(', ');
}
