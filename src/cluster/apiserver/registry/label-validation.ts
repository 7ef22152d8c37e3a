import {
  checkLabelValue,
  checkQualifiedName,
  forbiddenField,
  invalid,
  required,
  type FieldError,
} from '../../../api/index.ts';
import type { LabelSelector } from '../../../api/generated/types.ts';

/**
 * Labels, annotations' keys and label selectors.
 * Upstream: apimachinery/pkg/apis/meta/v1/validation/validation.go
 */
export function validateLabels(
  errors: FieldError[],
  labels: Readonly<Record<string, string>> | undefined,
  path: string,
): void {
  for (const key in labels) {
    validateLabelName(errors, key, path);
    const value = labels[key]!;
    if (!plainLabelValue.test(value)) addInvalid(errors, path, value, checkLabelValue(value));
  }
}

export function validateLabelName(errors: FieldError[], name: string, path: string): void {
  if (!plainLabelName.test(name)) addInvalid(errors, path, name, checkQualifiedName(name));
}

export function validateLabelSelector(
  errors: FieldError[],
  selector: LabelSelector | undefined,
  path: string,
  rules: { readonly takesInvalidValues?: boolean } = {},
): void {
  if (!selector) return;
  validateLabels(errors, selector.matchLabels, `${path}.matchLabels`);
  selector.matchExpressions?.forEach((requirement, at) => {
    const itemPath = `${path}.matchExpressions[${at}]`;
    const values = requirement.values ?? [];
    switch (requirement.operator) {
      case 'In':
      case 'NotIn':
        if (values.length === 0) {
          errors.push(required(`${itemPath}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
        }
        break;
      case 'Exists':
      case 'DoesNotExist':
        if (values.length > 0) {
          errors.push(
            forbiddenField(`${itemPath}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
          );
        }
        break;
      default:
        errors.push(invalid(`${itemPath}.operator`, requirement.operator ?? '', 'not a valid selector operator'));
    }
    validateLabelName(errors, requirement.key ?? '', `${itemPath}.key`);
    if (rules.takesInvalidValues) return;
    values.forEach((value, index) => {
      addInvalid(errors, `${itemPath}.values[${index}]`, value, checkLabelValue(value));
    });
  });
}

/** One Invalid for each problem. */
export function addInvalid(errors: FieldError[], path: string, value: unknown, problems: readonly string[]): void {
  for (const problem of problems) errors.push(invalid(path, value, problem));
}

/** Nearly all keys and values pass these; only what does not is looked at closely. */
const plainLabelName =
  /^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?){0,3}\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const plainLabelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
