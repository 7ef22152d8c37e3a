import { goQuote, jsonEqual, type FieldError } from '../../../../api/index.ts';
import { internalJson } from './internal-form.ts';

/** Field errors whose value is a struct: shown as the API server holds it. `kind` is as `internalForm` takes it. */
export function invalidAs(field: string, value: unknown, kind: string, detail: string): FieldError {
  const suffix = detail && `: ${detail}`;
  return { type: 'FieldValueInvalid', field, body: `Invalid value: ${internalJson(value, kind)}${suffix}` };
}

export function notSupportedAs(field: string, value: unknown, kind: string, supported: readonly string[]): FieldError {
  const list = supported.map(goQuote).join(', ');
  const body = `Unsupported value: ${internalJson(value, kind)}: supported values: ${list}`;
  return { type: 'FieldValueNotSupported', field, body };
}

export function duplicateAs(field: string, value: unknown, kind: string, detail = ''): FieldError {
  const suffix = detail && `: ${detail}`;
  return { type: 'FieldValueDuplicate', field, body: `Duplicate value: ${internalJson(value, kind)}${suffix}` };
}

/** Adds `field is immutable` when the two differ. */
export function immutableAs(errors: FieldError[], next: unknown, old: unknown, path: string, kind: string): void {
  if (!jsonEqual(next ?? null, old ?? null)) errors.push(invalidAs(path, next, kind, 'field is immutable'));
}

/** Where upstream shows no value: the problem is with more than one field. */
export function invalidUnshown(field: string, detail: string): FieldError {
  return { type: 'FieldValueInvalid', field, body: `Invalid value: ${detail}` };
}
