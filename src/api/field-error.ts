import { ApiError, type StatusDetails } from './api-error.ts';
import { goJson, goQuote } from './json.ts';

/** Upstream: apimachinery/pkg/util/validation/field/errors.go */
export type FieldErrorType =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

/** One thing wrong with one field. `body` is the text after `field: `. */
export interface FieldError {
  readonly type: FieldErrorType;
  /** `spec.containers[0].name` */
  readonly field: string;
  readonly body: string;
}

export function required(field: string, detail = ''): FieldError {
  return { type: 'FieldValueRequired', field, body: withDetail('Required value', detail) };
}

export function invalid(field: string, value: unknown, detail: string): FieldError {
  return { type: 'FieldValueInvalid', field, body: withDetail(`Invalid value: ${goValue(value)}`, detail) };
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldError {
  const list = supported.map(goQuote).join(', ');
  const detail = supported.length > 0 ? `supported values: ${list}` : '';
  return { type: 'FieldValueNotSupported', field, body: withDetail(`Unsupported value: ${goValue(value)}`, detail) };
}

export function forbiddenField(field: string, detail: string): FieldError {
  return { type: 'FieldValueForbidden', field, body: withDetail('Forbidden', detail) };
}

export function duplicate(field: string, value: unknown): FieldError {
  return { type: 'FieldValueDuplicate', field, body: `Duplicate value: ${goValue(value)}` };
}

export function notFoundField(field: string, value: unknown): FieldError {
  return { type: 'FieldValueNotFound', field, body: `Not found: ${goValue(value)}` };
}

export function tooLong(field: string, maxLength: number): FieldError {
  return {
    type: 'FieldValueTooLong',
    field,
    body: `Too long: may not be more than ${maxLength} ${maxLength === 1 ? 'byte' : 'bytes'}`,
  };
}

export function tooMany(field: string, actual: number, max: number): FieldError {
  return {
    type: 'FieldValueTooMany',
    field,
    body: `Too many: ${actual}: must have at most ${max} ${max === 1 ? 'item' : 'items'}`,
  };
}

/** Throws one Invalid that lists all `errors`; does nothing when there are none. */
export function throwIfInvalid(
  of: { readonly group: string; readonly kind: string },
  name: string,
  errors: readonly FieldError[],
): void {
  if (errors.length === 0) return;
  const texts = [...new Set(errors.map((error) => `${error.field}: ${error.body}`))];
  const list = texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`;
  const kind = of.group ? `${of.kind}.${of.group}` : of.kind;
  const details: StatusDetails = {
    ...(name && { name }),
    ...(of.group && { group: of.group }),
    kind: of.kind,
    causes: errors.map((error) => ({ reason: error.type, message: error.body, field: error.field })),
  };
  throw new ApiError(422, 'Invalid', `${kind} "${name}" is invalid: ${list}`, details);
}

/** A value as Go's `%q`, `%v` or json.Marshal would show it inside the message. */
function goValue(value: unknown): string {
  if (typeof value === 'string') return goQuote(value);
  return typeof value === 'object' || value === undefined ? goJson(value) : String(value);
}

function withDetail(body: string, detail: string): string {
  return detail ? `${body}: ${detail}` : body;
}
