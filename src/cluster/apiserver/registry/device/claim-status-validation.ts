import type { ResourceV1ResourceClaim } from '../../../../api/generated/types.ts';
import { forbiddenField, required, type FieldError } from '../../../../api/index.ts';
import { immutable } from '../meta-validation.ts';
import { validateSet } from './lists.ts';

const maxConsumers = 256;

/** Upstream: validateResourceClaimStatusUpdate in pkg/apis/resource/validation/validation.go */
export function validateClaimStatus(
  next: ResourceV1ResourceClaim,
  old: ResourceV1ResourceClaim,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { reservedFor = [], allocation } = next.status ?? {};
  const before = old.status ?? {};
  validateSet(errors, reservedFor, 'status.reservedFor', maxConsumers, {
    check: (consumer, path) => {
      for (const field of ['resource', 'name', 'uid'] as const) {
        if (!consumer[field]) errors.push(required(`${path}.${field}`));
      }
    },
    keyOf: ({ uid }) => uid,
    key: 'uid',
  });
  if (reservedFor.length > 0 && !allocation) {
    errors.push(forbiddenField('status.reservedFor', 'may not be specified when `allocated` is not set'));
  } else if (next.metadata.deletionTimestamp !== undefined) {
    const known = new Set((before.reservedFor ?? []).map(({ uid }) => uid));
    if (reservedFor.some(({ uid }) => !known.has(uid))) {
      const detail = 'new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set';
      errors.push(forbiddenField('status.reservedFor', detail));
    }
  }
  if (allocation && before.allocation) immutable(errors, allocation, before.allocation, 'status.allocation');
  return errors;
}
