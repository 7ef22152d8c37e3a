import type { ResourceV1ResourceClaim } from '../../../../api/generated/types.ts';
import type { FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateDeviceClaim } from '../device/claim-validation.ts';
import { validateClaimStatus } from '../device/claim-status-validation.ts';
import { defaultClaimSpec } from '../device/defaults.ts';
import { immutable } from '../meta-validation.ts';
import { withField } from '../share.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { withOldSpec } from '../workload/generation.ts';

/** What a ResourceV1ResourceClaim has to look like. */
export const resourceClaimRules: ResourceRules<ResourceV1ResourceClaim> = {
  defaults: (claim) => (claim.spec ? withField(claim, 'spec', defaultClaimSpec(claim.spec)) : claim),
  prepareForCreate: (claim) => ({ ...claim, status: {} }),
  prepareForUpdate: (next, old) => withField(next, 'status', old.status),
  validateCreate: ({ spec }) => {
    const errors: FieldError[] = [];
    validateDeviceClaim(errors, spec?.devices, 'spec.devices');
    return errors;
  },
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutable(errors, next.spec, old.spec, 'spec');
    return errors;
  },
  status: { prepareForUpdate: withOldSpec, validateUpdate: validateClaimStatus },
  columns: [nameColumn, column('State', 'string', 'Whether there are devices for it.'), ageColumn],
  row: (claim, context) => [claim.metadata.name, stateOf(claim), ageCell(claim, context)],
};

/** Upstream: resourceClaimState in pkg/printers/internalversion/printers.go */
function stateOf({ metadata, status }: ResourceV1ResourceClaim): string {
  const isDeleted = metadata.deletionTimestamp !== undefined;
  const states = isDeleted ? ['deleted'] : [];
  if (status?.allocation) states.push('allocated', ...(status.reservedFor?.length ? ['reserved'] : []));
  else if (!isDeleted) states.push('pending');
  return states.join(',');
}
