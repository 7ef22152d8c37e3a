import type { Lease } from '../../../api/generated/types.ts';
import { checkQualifiedName, forbiddenField, invalid, notSupported, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { addInvalid } from './label-validation.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** A sign of life, or who leads. Upstream: pkg/registry/coordination/lease */
export const leases: ResourceDefinition<Lease> = {
  group: 'coordination.k8s.io',
  version: 'v1',
  resource: 'leases',
  kind: 'Lease',
  singular: 'lease',
  isNamespaced: true,
  schema: 'io.k8s.api.coordination.v1.Lease',
  validate: validateLease,
  allowsCreateOnUpdate: true,
  forbidsUnconditionalUpdate: true,
  columns: [nameColumn, column('Holder', 'string', 'Who holds the lease.'), ageColumn],
  row: (lease, context) => [lease.metadata.name, lease.spec?.holderIdentity ?? '', ageCell(lease, context)],
};

const strategies = ['OldestEmulationVersion'];

/** Upstream: ValidateLeaseSpec in pkg/apis/coordination/validation/validation.go */
function validateLease({ spec = {} }: Lease): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { leaseDurationSeconds, leaseTransitions, strategy, preferredHolder } = spec;
  if (leaseDurationSeconds !== undefined && leaseDurationSeconds <= 0) {
    errors.push(invalid('spec.leaseDurationSeconds', leaseDurationSeconds, 'must be greater than 0'));
  }
  if (leaseTransitions !== undefined && leaseTransitions < 0) {
    errors.push(invalid('spec.leaseTransitions', leaseTransitions, 'must be greater than or equal to 0'));
  }
  if (strategy !== undefined) {
    const path = 'spec.strategy.strategy';
    if (strategy.includes('/')) addInvalid(errors, path, strategy, checkQualifiedName(strategy));
    else if (!strategies.includes(strategy)) errors.push(notSupported(path, strategy, strategies));
  }
  if (preferredHolder && !strategy) {
    errors.push(forbiddenField('spec.preferredHolder', 'may only be specified if `strategy` is defined'));
  }
  return errors;
}
