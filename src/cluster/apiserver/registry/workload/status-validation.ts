import { invalid, type FieldError } from '../../../../api/index.ts';
import { validateNonNegative } from '../int-or-percent.ts';

/** Counts in a status. Upstream: ValidateDeploymentStatus and its kin in pkg/apis/apps/validation/validation.go */
export interface ReplicaCounts {
  readonly replicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly collisionCount?: number;
}

export function validateCounts<T extends object>(
  errors: FieldError[],
  status: T,
  fields: readonly (keyof T & string)[],
): void {
  for (const field of fields) validateNonNegative(errors, status[field] as number | undefined, `status.${field}`);
}

export function validateAtMostReplicas<T extends ReplicaCounts>(
  errors: FieldError[],
  status: T,
  fields: readonly (keyof T & string)[],
): void {
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
  for (const field of fields) {
    const count = (status[field] as number | undefined) ?? 0;
    if (count > replicas) errors.push(invalid(`status.${field}`, count, 'cannot be greater than status.replicas'));
  }
  if (fields.includes('availableReplicas') && availableReplicas > readyReplicas) {
    errors.push(invalid('status.availableReplicas', availableReplicas, 'cannot be greater than readyReplicas'));
  }
}

export function validateCollisionCount(
  errors: FieldError[],
  next: ReplicaCounts | undefined,
  old: ReplicaCounts | undefined,
): void {
  const before = old?.collisionCount;
  const after = next?.collisionCount;
  if (before === undefined || (after !== undefined && after >= before)) return;
  errors.push(invalid('status.collisionCount', after ?? 0, 'cannot be decremented'));
}
