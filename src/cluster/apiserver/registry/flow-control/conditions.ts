import { duplicate, required, type FieldError } from '../../../../api/index.ts';

/** Each type once. Upstream: ValidateFlowSchemaStatus in pkg/apis/flowcontrol/validation/validation.go */
export function validateConditions(conditions: readonly { readonly type?: string }[] = []): readonly FieldError[] {
  const errors: FieldError[] = [];
  const types = new Set<string>();
  conditions.forEach(({ type = '' }, at) => {
    const path = `status.conditions[${at}].type`;
    if (types.has(type)) errors.push(duplicate(path, type));
    types.add(type);
    if (!type) errors.push(required(path, 'must not be empty'));
  });
  return errors;
}
