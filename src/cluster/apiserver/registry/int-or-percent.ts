import { checkPercent, invalid, type FieldError } from '../../../api/index.ts';
import { addInvalid } from './label-validation.ts';

/** `25%` or a number of pods. Upstream: ValidatePositiveIntOrPercent in pkg/apis/apps/validation/validation.go */
export function validateIntOrPercent(errors: FieldError[], value: number | string | undefined, path: string): void {
  if (typeof value === 'string') addInvalid(errors, path, value, checkPercent(value));
  else validateNonNegative(errors, value, path);
}

export function validateAtMost100Percent(errors: FieldError[], value: number | string | undefined, path: string): void {
  if (typeof value !== 'string' || checkPercent(value).length > 0 || Number.parseInt(value, 10) <= 100) return;
  errors.push(invalid(path, value, 'must not be greater than 100%'));
}

/** The number, or the number before `%`. */
export function numberOf(value: number | string | undefined): number {
  return typeof value === 'string' ? Number.parseInt(value, 10) || 0 : (value ?? 0);
}

export function validateNonNegative(errors: FieldError[], value: number | undefined, path: string): void {
  if (value !== undefined && value < 0) errors.push(invalid(path, value, 'must be greater than or equal to 0'));
}
