import type { Toleration } from '../../../../api/generated/types.ts';
import { checkLabelValue, invalid, notSupported, required, type FieldError } from '../../../../api/index.ts';
import { validateLabelName } from '../label-validation.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Upstream: ValidateTolerations */
export function validateTolerations(
  errors: FieldError[],
  tolerations: readonly Toleration[] | undefined,
  path: string,
): void {
  tolerations?.forEach(({ key, operator = '', value = '', effect = '', tolerationSeconds }, at) => {
    const itemPath = `${path}[${at}]`;
    const operatorPath = `${itemPath}.operator`;
    if (key) validateLabelName(errors, key, `${itemPath}.key`);
    else if (operator !== 'Exists') {
      const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(operatorPath, operator, detail));
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      const detail = "effect must be 'NoExecute' when `tolerationSeconds` is set";
      errors.push(invalid(`${itemPath}.effect`, effect, detail));
    }
    if (operator === 'Equal' || operator === '') {
      const problems = checkLabelValue(value);
      if (problems.length > 0) errors.push(invalid(operatorPath, value, problems.join(';')));
    } else if (operator === 'Exists') {
      if (value) errors.push(invalid(operatorPath, value, "value must be empty when `operator` is 'Exists'"));
    } else errors.push(notSupported(operatorPath, operator, ['Equal', 'Exists']));
    if (effect) validateTaintEffect(errors, effect, `${itemPath}.effect`);
  });
}

export function validateTaintEffect(errors: FieldError[], effect: string | undefined, path: string): void {
  if (!effect) errors.push(required(path));
  else if (!effects.includes(effect)) errors.push(notSupported(path, effect, effects));
}
