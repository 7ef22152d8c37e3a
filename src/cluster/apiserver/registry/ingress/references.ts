import type { TypedLocalObjectReference } from '../../../../api/generated/types.ts';
import { checkDns1123Subdomain, checkPathSegmentName, required, type FieldError } from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';

/** Upstream: validateIngressTypedLocalObjectReference in pkg/apis/networking/validation/validation.go */
export function validateReference(errors: FieldError[], reference: TypedLocalObjectReference, path: string): void {
  const { apiGroup, kind, name } = reference;
  if (apiGroup !== undefined) addInvalid(errors, `${path}.apiGroup`, apiGroup, checkDns1123Subdomain(apiGroup));
  if (!kind) errors.push(required(`${path}.kind`, 'kind is required'));
  else addInvalid(errors, `${path}.kind`, kind, checkPathSegmentName(kind));
  if (!name) errors.push(required(`${path}.name`, 'name is required'));
  else addInvalid(errors, `${path}.name`, name, checkPathSegmentName(name));
}
