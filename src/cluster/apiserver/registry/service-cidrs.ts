import type { ServiceCIDR } from '../../../api/generated/types.ts';
import { required, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { invalidAs } from './internal-form/shown.ts';
import { parseCidr, validateCidr } from './ip-validation.ts';
import { immutable } from './meta-validation.ts';
import { withField } from './share.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';
import { withOldSpec } from './workload/generation.ts';

/**
 * The range that Services get their addresses from.
 * Upstream: pkg/registry/networking/servicecidr
 * Differs: Services take their addresses from the range that the cluster was made with, whatever others there are.
 */
export const serviceCidrs: ResourceDefinition<ServiceCIDR> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'servicecidrs',
  kind: 'ServiceCIDR',
  singular: 'servicecidr',
  isNamespaced: false,
  schema: 'io.k8s.api.networking.v1.ServiceCIDR',
  prepareForCreate: (range) => ({ ...range, status: {} }),
  prepareForUpdate: (next, old) => withField(next, 'status', old.status),
  validate: validateRange,
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutable(errors, next.spec?.cidrs, old.spec?.cidrs, 'spec.cidrs');
    return errors;
  },
  status: { prepareForUpdate: withOldSpec },
  columns: [nameColumn, column('CIDRs', 'string', 'The ranges.'), ageColumn],
  row: (range, context) => [range.metadata.name, range.spec?.cidrs?.join(',') ?? '', ageCell(range, context)],
};

/** Upstream: ValidateServiceCIDR in pkg/apis/networking/validation/validation.go */
function validateRange({ spec = {} }: ServiceCIDR): readonly FieldError[] {
  const cidrs = spec.cidrs ?? [];
  const path = 'spec.cidrs';
  if (cidrs.length === 0) return [required(path, 'at least one CIDR required')];
  if (cidrs.length > 2) return [invalidAs(path, spec, 'ServiceCIDRSpec', 'may only hold up to 2 values')];
  if (cidrs.length === 2) {
    const families = new Set(cidrs.map((cidr) => parseCidr(cidr)?.address.family));
    if (families.size < 2 || families.has(undefined)) {
      const detail = 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64';
      return [invalidAs(path, spec, 'ServiceCIDRSpec', detail)];
    }
  }
  const errors: FieldError[] = [];
  cidrs.forEach((cidr, at) => validateCidr(errors, cidr, `${path}[${at}]`));
  return errors;
}
