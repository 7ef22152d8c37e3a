import type {
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PreferredSchedulingTerm,
} from '../../../../api/generated/types.ts';
import {
  checkDns1123Subdomain,
  checkLabelValue,
  forbiddenField,
  invalid,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid, validateLabelName } from '../label-validation.ts';

/** Which nodes will do. Upstream: ValidateNodeSelector in pkg/apis/core/validation/validation.go */
export function validateNodeSelector(errors: FieldError[], selector: NodeSelector, path: string): void {
  const terms = selector.nodeSelectorTerms ?? [];
  const termsPath = `${path}.nodeSelectorTerms`;
  if (terms.length === 0) errors.push(required(termsPath, 'must have at least one node selector term'));
  terms.forEach((term, at) => validateTerm(errors, term, `${termsPath}[${at}]`, { checkValues: true }));
}

export function validatePreferredTerms(
  errors: FieldError[],
  terms: readonly PreferredSchedulingTerm[] | undefined,
  path: string,
): void {
  terms?.forEach(({ weight, preference }, at) => {
    if (!(weight > 0 && weight <= 100)) {
      errors.push(invalid(`${path}[${at}].weight`, weight ?? 0, 'must be in the range 1-100'));
    }
    validateTerm(errors, preference, `${path}[${at}].preference`, { checkValues: false });
  });
}

function validateTerm(
  errors: FieldError[],
  term: NodeSelectorTerm | undefined,
  path: string,
  rules: { readonly checkValues: boolean },
): void {
  term?.matchExpressions?.forEach((requirement, at) => {
    validateLabelRequirement(errors, requirement, `${path}.matchExpressions[${at}]`, rules);
  });
  term?.matchFields?.forEach((requirement, at) => {
    validateFieldRequirement(errors, requirement, `${path}.matchFields[${at}]`);
  });
}

function validateLabelRequirement(
  errors: FieldError[],
  { key = '', operator = '', values = [] }: NodeSelectorRequirement,
  path: string,
  { checkValues }: { readonly checkValues: boolean },
): void {
  const valuesPath = `${path}.values`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) {
        errors.push(required(valuesPath, "must be specified when `operator` is 'In' or 'NotIn'"));
      }
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) {
        errors.push(forbiddenField(valuesPath, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
      }
      break;
    case 'Gt':
    case 'Lt':
      if (values.length !== 1) {
        errors.push(required(valuesPath, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
      }
      break;
    default:
      errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'));
  }
  validateLabelName(errors, key, `${path}.key`);
  if (!checkValues) return;
  values.forEach((value, at) => addInvalid(errors, `${valuesPath}[${at}]`, value, checkLabelValue(value)));
}

function validateFieldRequirement(
  errors: FieldError[],
  { key = '', operator = '', values = [] }: NodeSelectorRequirement,
  path: string,
): void {
  if (operator !== 'In' && operator !== 'NotIn') {
    errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'));
  } else if (values.length !== 1) {
    const detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.push(required(`${path}.values`, detail));
  }
  if (key !== 'metadata.name') {
    errors.push(invalid(`${path}.key`, key, 'not a valid field selector key'));
    return;
  }
  values.forEach((value, at) => addInvalid(errors, `${path}.values[${at}]`, value, checkDns1123Subdomain(value)));
}
