import type { V2CrossVersionObjectReference } from '../../../../api/generated/types.ts';
import { checkPathSegmentName, invalid, required, type FieldError } from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';

/** Upstream: ValidateCrossVersionObjectReference in pkg/apis/autoscaling/validation/validation.go */
export function validateObjectReference(
  errors: FieldError[],
  reference: V2CrossVersionObjectReference,
  path: string,
): void {
  const { kind, name, apiVersion = '' } = reference ?? {};
  if (!kind) errors.push(required(`${path}.kind`));
  else addInvalid(errors, `${path}.kind`, kind, checkPathSegmentName(kind));
  if (!name) errors.push(required(`${path}.name`));
  else addInvalid(errors, `${path}.name`, name, checkPathSegmentName(name));
  if (apiVersion.split('/').length > 2) {
    errors.push(invalid(`${path}.apiVersion`, apiVersion, `unexpected GroupVersion string: ${apiVersion}`));
  }
}
