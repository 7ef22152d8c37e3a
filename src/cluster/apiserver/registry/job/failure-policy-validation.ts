import type {
  JobSpec,
  PodFailurePolicy,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
  PodFailurePolicyRule,
} from '../../../../api/generated/types.ts';
import {
  checkQualifiedName,
  duplicate,
  goQuote,
  invalid,
  notSupported,
  required,
  tooMany,
  type FieldError,
} from '../../../../api/index.ts';
import { invalidUnshown } from '../internal-form/shown.ts';
import { addInvalid } from '../label-validation.ts';

/** Upstream: validatePodFailurePolicy in pkg/apis/batch/validation/validation.go */
export function validateFailurePolicy(
  errors: FieldError[],
  spec: JobSpec,
  policy: PodFailurePolicy,
  path: string,
): void {
  const rules = policy.rules ?? [];
  if (rules.length > maxRules) errors.push(tooMany(`${path}.rules`, rules.length, maxRules));
  const { containers = [], initContainers = [] } = spec.template?.spec ?? {};
  const names = new Set([...containers, ...initContainers].map(({ name }) => name));
  rules.forEach((rule, at) => {
    validateRule(errors, spec, rule, names, `${path}.rules[${at}]`);
  });
}

const maxRules = 20;
const maxExitCodes = 255;
const maxPatterns = 20;
const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const operators = ['In', 'NotIn'];
const statuses = ['False', 'True', 'Unknown'];

function validateRule(
  errors: FieldError[],
  spec: JobSpec,
  rule: PodFailurePolicyRule,
  names: ReadonlySet<string>,
  path: string,
): void {
  const { action = '', onExitCodes, onPodConditions = [] } = rule;
  if (action !== 'FailIndex') validateChoice(errors, action, actions, `${path}.action`);
  else if (spec.backoffLimitPerIndex === undefined) {
    errors.push(invalid(`${path}.action`, action, 'requires the backoffLimitPerIndex to be set'));
  }
  if (onExitCodes) validateExitCodes(errors, onExitCodes, names, `${path}.onExitCodes`);
  validatePatterns(errors, onPodConditions, `${path}.onPodConditions`);
  const hasConditions = onPodConditions.length > 0;
  if (onExitCodes && hasConditions) {
    errors.push(invalidUnshown(path, 'specifying both OnExitCodes and OnPodConditions is not supported'));
  }
  if (!onExitCodes && !hasConditions) {
    errors.push(invalidUnshown(path, 'specifying one of OnExitCodes and OnPodConditions is required'));
  }
}

function validateChoice(errors: FieldError[], value: string, choices: readonly string[], path: string): void {
  if (!value) errors.push(required(path, `valid values: [${choices.map(goQuote).join(' ')}]`));
  else if (!choices.includes(value)) errors.push(notSupported(path, value, choices));
}

function validatePatterns(
  errors: FieldError[],
  patterns: readonly PodFailurePolicyOnPodConditionsPattern[],
  path: string,
): void {
  if (patterns.length > maxPatterns) errors.push(tooMany(path, patterns.length, maxPatterns));
  patterns.forEach(({ type = '', status = '' }, at) => {
    addInvalid(errors, `${path}[${at}].type`, type, checkQualifiedName(type));
    validateChoice(errors, status, statuses, `${path}[${at}].status`);
  });
}

function validateExitCodes(
  errors: FieldError[],
  requirement: PodFailurePolicyOnExitCodesRequirement,
  names: ReadonlySet<string>,
  path: string,
): void {
  const { operator = '', containerName, values = [] } = requirement;
  validateChoice(errors, operator, operators, `${path}.operator`);
  if (containerName !== undefined && !names.has(containerName)) {
    const detail = 'must be one of the container or initContainer names in the pod template';
    errors.push(invalid(`${path}.containerName`, containerName, detail));
  }
  const valuesPath = `${path}.values`;
  if (values.length === 0)
    errors.push(invalid(valuesPath, requirement.values ?? null, 'at least one value is required'));
  if (values.length > maxExitCodes) errors.push(tooMany(valuesPath, values.length, maxExitCodes));
  values.forEach((value, at) => {
    if (operator === 'In' && value === 0) {
      errors.push(invalid(`${valuesPath}[${at}]`, value, 'must not be 0 for the In operator'));
    }
    if (values.indexOf(value) < at) errors.push(duplicate(`${valuesPath}[${at}]`, value));
  });
  const isOrdered = values.every((value, at) => at === 0 || values[at - 1]! <= value);
  if (!isOrdered) errors.push(invalid(valuesPath, values, 'must be ordered'));
}
