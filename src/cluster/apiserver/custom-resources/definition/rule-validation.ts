import type { ValidationRule } from '../../../../api/generated/types.ts';
import { invalid, notSupported, required, type FieldError } from '../../../../api/index.ts';
import { validations, type JsonSchema } from '../json-schema.ts';
import { followPath } from './field-path.ts';

const reasons = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];
const lineBreak = /[\n\r]/;

/** What of CEL rules can be checked without compiling them. Upstream: the same function of apiextensions' validation.go */
export function validateRuleTexts(schema: JsonSchema, path: string): readonly FieldError[] {
  const rules = schema[validations] ?? [];
  return rules.flatMap((rule, at) => ruleErrors(rule, schema, `${path}.x-kubernetes-validations[${at}]`));
}

function ruleErrors(rule: ValidationRule, schema: JsonSchema, path: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { message = '', messageExpression = '', reason, fieldPath = '' } = rule;
  const expression = rule.rule.trim();
  if (expression === '') errors.push(required(`${path}.rule`, 'rule is not specified'));
  else if (message !== '' && message.trim() === '') {
    errors.push(invalid(`${path}.message`, message, 'must be non-empty if specified'));
  } else if (lineBreak.test(message.trim())) {
    errors.push(invalid(`${path}.message`, message, 'must not contain line breaks'));
  } else if (lineBreak.test(expression) && message.trim() === '') {
    errors.push(required(`${path}.message`, 'message must be specified if rule contains line breaks'));
  }
  if (messageExpression !== '' && messageExpression.trim() === '') {
    errors.push(required(`${path}.messageExpression`, 'messageExpression must be non-empty if specified'));
  }
  if (reason !== undefined && !reasons.includes(reason)) errors.push(notSupported(`${path}.reason`, reason, reasons));
  if (fieldPath === '') return errors;
  if (fieldPath.trim() === '') errors.push(invalid(`${path}.fieldPath`, fieldPath, 'must be non-empty if specified'));
  if (lineBreak.test(fieldPath)) errors.push(invalid(`${path}.fieldPath`, fieldPath, 'must not contain line breaks'));
  if (typeof followPath(fieldPath, schema) === 'string') {
    errors.push(invalid(`${path}.fieldPath`, fieldPath, 'must be a valid path'));
  }
  return errors;
}
