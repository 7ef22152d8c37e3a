import type { LimitRangeItem } from '../../../../api/generated/types.ts';
import {
  checkQualifiedName,
  compareQuantity,
  forbiddenField,
  invalid,
  parseQuantity,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import { isOvercommitAllowed, validateContainerResourceName, validateResourceName } from '../resource-quantities.ts';

/** One kind of limit. Upstream: ValidateLimitRange in pkg/apis/core/validation/validation.go */
type Field = 'max' | 'min' | 'default' | 'defaultRequest' | 'maxLimitRequestRatio';

const types = new Set(['Pod', 'Container', 'PersistentVolumeClaim']);

export function validateLimits(
  errors: FieldError[],
  item: LimitRangeItem,
  path: string,
  checkUnique: () => void,
): void {
  validateType(errors, item.type ?? '', `${path}.type`);
  checkUnique();

  const names = new Set<string>();
  const readField = (field: Field): void => {
    for (const name in item[field]) {
      validateName(errors, item.type, name, `${path}.${field}[${name}]`);
      names.add(name);
    }
  };
  readField('max');
  readField('min');
  if (item.type === 'Pod') {
    for (const field of ['default', 'defaultRequest'] as const) {
      const isSet = Object.keys(item[field] ?? {}).length > 0;
      if (isSet) errors.push(forbiddenField(`${path}.${field}`, "may not be specified when `type` is 'Pod'"));
    }
  } else {
    readField('default');
    readField('defaultRequest');
  }
  if (item.type === 'PersistentVolumeClaim' && !item.min?.['storage'] && !item.max?.['storage']) {
    const detail = 'either minimum or maximum storage value is required, but neither was provided';
    errors.push(required(`${path}.limits`, detail));
  }
  readField('maxLimitRequestRatio');
  for (const name of names) validateAmounts(errors, item, name, path);
}

function validateType(errors: FieldError[], type: string, path: string): void {
  const problems = checkQualifiedName(type);
  addInvalid(errors, path, type, problems);
  if (problems.length > 0 || type.includes('/') || types.has(type)) return;
  errors.push(invalid(path, type, 'must be a standard limit type or fully qualified'));
}

function validateName(errors: FieldError[], type: string, name: string, path: string): void {
  if (type === 'Pod' || type === 'Container') validateContainerResourceName(errors, name, path);
  else validateResourceName(errors, name, path);
}

function validateAmounts(errors: FieldError[], item: LimitRangeItem, name: string, path: string): void {
  const isPod = item.type === 'Pod';
  const min = item.min?.[name];
  const max = item.max?.[name];
  const limit = isPod ? undefined : item.default?.[name];
  const request = isPod ? undefined : item.defaultRequest?.[name];
  const complain = (field: Field, value: string, detail: string): void => {
    errors.push(invalid(`${path}.${field}[${name}]`, value, detail));
  };
  if (isGreater(min, max)) complain('min', min!, `min value ${min} is greater than max value ${max}`);
  if (isGreater(min, request)) {
    complain('defaultRequest', request!, `min value ${min} is greater than default request value ${request}`);
  }
  if (isGreater(request, max)) {
    complain('defaultRequest', request!, `default request value ${request} is greater than max value ${max}`);
  }
  if (isGreater(request, limit)) {
    const detail = `default request value ${request} is greater than default limit value ${limit}`;
    complain('defaultRequest', request!, detail);
  }
  if (isGreater(min, limit)) complain('default', min!, `min value ${min} is greater than default value ${limit}`);
  if (isGreater(limit, max)) complain('default', max!, `default value ${limit} is greater than max value ${max}`);

  const ratio = item.maxLimitRequestRatio?.[name];
  if (isGreater('1', ratio)) complain('maxLimitRequestRatio', ratio!, `ratio ${ratio} is less than 1`);
  if (ratio !== undefined && min !== undefined && max !== undefined) {
    const highest = numberOf(max) / numberOf(min);
    const detail = `ratio ${ratio} is greater than max/min = ${highest.toFixed(6)}`;
    if (numberOf(ratio) > highest) complain('maxLimitRequestRatio', ratio, detail);
  }
  const isFixed = !isOvercommitAllowed(name) && limit !== undefined && request !== undefined;
  if (isFixed && compareQuantity(parseQuantity(limit), parseQuantity(request)) !== 0) {
    const detail = `default value ${limit} must equal to defaultRequest value ${request} in ${name}`;
    complain('defaultRequest', request, detail);
  }
}

/** False when either is not set. */
function isGreater(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && compareQuantity(parseQuantity(a), parseQuantity(b)) > 0;
}

function numberOf(quantity: string): number {
  return Number(parseQuantity(quantity).nano) / 1e9;
}
