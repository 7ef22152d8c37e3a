import { forbiddenField, jsonEqual, type FieldError } from '../../../api/index.ts';

/** Of a ConfigMap or a Secret: 1 MiB. */
export const maxDataBytes = 1024 * 1024;

/** What is marked immutable neither changes nor becomes mutable again. */
export function validateFrozen<T extends { readonly immutable?: boolean }>(
  next: T,
  old: T,
  fields: readonly (keyof T & string)[],
): readonly FieldError[] {
  if (!old.immutable) return [];
  const changed = fields.filter((field) => !jsonEqual(next[field] ?? {}, old[field] ?? {}));
  const refused = next.immutable ? changed : ['immutable', ...changed];
  return refused.map((field) => forbiddenField(field, 'field is immutable when `immutable` is set'));
}
