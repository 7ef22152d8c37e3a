import { forbidden, type ApiError } from '../../../api/index.ts';
import type { Attributes } from './admission.ts';

/** Upstream: apiserver/pkg/admission/errors.go NewForbidden: an object without a name yet goes by its prefix. */
export function refuse(attributes: Attributes, why: string): ApiError {
  const { name, object, definition } = attributes;
  return forbidden(definition, name || object?.metadata.generateName || 'Unknown', why);
}
