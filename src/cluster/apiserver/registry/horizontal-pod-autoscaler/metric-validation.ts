import type { V2MetricIdentifier, V2MetricSpec, V2MetricTarget } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkPathSegmentName,
  forbiddenField,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import { isPositive, validateContainerResourceName } from '../resource-quantities.ts';
import { validateObjectReference } from './object-references.ts';

/** Upstream: validateMetricSpec in pkg/apis/autoscaling/validation/validation.go */
export function validateMetric(errors: FieldError[], spec: V2MetricSpec, path: string): void {
  const { type = '' } = spec;
  if (!type) errors.push(required(`${path}.type`, 'must specify a metric source type'));
  const field = fieldOfType[type];
  if (!field) errors.push(notSupported(`${path}.type`, type, metricTypes));

  // Only the first source is looked at more closely.
  const present = sourceFields.filter((name) => spec[name] !== undefined);
  const [first] = present;
  if (first) validators[first](errors, spec, `${path}.${first}`);
  if (!field) errors.push(notSupported(`${path}.type`, type, metricTypes));
  else if (spec[field] === undefined) {
    errors.push(required(`${path}.${field}`, 'must populate information for the given metric source'));
  }
  if (present.length === 1) return;
  for (const name of present) {
    if (name === field) continue;
    errors.push(forbiddenField(`${path}.${name}`, 'must populate the given metric source only'));
  }
}

const sourceFields = ['object', 'external', 'pods', 'resource', 'containerResource'] as const;
type SourceField = (typeof sourceFields)[number];

const metricTypes = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
const fieldOfType: Readonly<Record<string, SourceField>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};

type Validator = (errors: FieldError[], spec: V2MetricSpec, path: string) => void;

const validators: Readonly<Record<SourceField, Validator>> = {
  object: (errors, { object }, path) => {
    const { describedObject, metric, target } = object!;
    validateObjectReference(errors, describedObject, `${path}.describedObject`);
    validateIdentifier(errors, metric, `${path}.metric`);
    validateTarget(errors, target, `${path}.target`);
    if (target.value === undefined && target.averageValue === undefined) {
      errors.push(required(`${path}.target.averageValue`, 'must set either a target value or averageValue'));
    }
  },
  external: (errors, { external }, path) => {
    const { metric, target } = external!;
    validateIdentifier(errors, metric, `${path}.metric`);
    validateTarget(errors, target, `${path}.target`);
    const isTotal = target.value !== undefined;
    const isAverage = target.averageValue !== undefined;
    if (!isTotal && !isAverage) {
      const detail = 'must set either a target value for metric or a per-pod target';
      errors.push(required(`${path}.target.averageValue`, detail));
    }
    if (isTotal && isAverage) {
      const detail = 'may not set both a target value for metric and a per-pod target';
      errors.push(forbiddenField(`${path}.target.value`, detail));
    }
  },
  pods: (errors, { pods }, path) => {
    const { metric, target } = pods!;
    validateIdentifier(errors, metric, `${path}.metric`);
    validateTarget(errors, target, `${path}.target`);
    if (target.averageValue !== undefined) return;
    errors.push(required(`${path}.target.averageValue`, 'must specify a positive target averageValue'));
  },
  resource: (errors, { resource }, path) => {
    const { name, target } = resource!;
    if (!name) errors.push(required(`${path}.name`, 'must specify a resource name'));
    validateTarget(errors, target, `${path}.target`);
    validateShare(errors, target, `${path}.target`);
  },
  containerResource: (errors, { containerResource }, path) => {
    const { name, container, target } = containerResource!;
    if (!name) errors.push(required(`${path}.name`, 'must specify a resource name'));
    else validateContainerResourceName(errors, name, `${path}.name`);
    if (!container) errors.push(required(`${path}.container`, 'must specify a container'));
    else addInvalid(errors, `${path}.container`, container, checkDns1123Label(container));
    validateTarget(errors, target, `${path}.target`);
    validateShare(errors, target, `${path}.target`);
  },
};

function validateIdentifier(errors: FieldError[], { name }: V2MetricIdentifier, path: string): void {
  if (!name) errors.push(required(`${path}.name`, 'must specify a metric name'));
  else addInvalid(errors, `${path}.name`, name, checkPathSegmentName(name));
}

const targetTypes = ['Utilization', 'Value', 'AverageValue'];

function validateTarget(errors: FieldError[], target: V2MetricTarget, path: string): void {
  const { type = '', value, averageValue, averageUtilization } = target;
  if (!type) errors.push(required(`${path}.type`, 'must specify a metric target type'));
  if (!targetTypes.includes(type)) {
    errors.push(invalid(`${path}.type`, type, 'must be either Utilization, Value, or AverageValue'));
  }
  if (value !== undefined && !isPositive(value)) errors.push(invalid(`${path}.value`, value, 'must be positive'));
  if (averageValue !== undefined && !isPositive(averageValue)) {
    errors.push(invalid(`${path}.averageValue`, averageValue, 'must be positive'));
  }
  if (averageUtilization !== undefined && averageUtilization < 1) {
    errors.push(invalid(`${path}.averageUtilization`, averageUtilization, 'must be greater than 0'));
  }
}

function validateShare(errors: FieldError[], target: V2MetricTarget, path: string): void {
  const { averageValue, averageUtilization } = target;
  if (averageUtilization === undefined && averageValue === undefined) {
    const detail = 'must set either a target raw value or a target utilization';
    errors.push(required(`${path}.averageUtilization`, detail));
  }
  if (averageUtilization !== undefined && averageValue !== undefined) {
    const detail = 'may not set both a target raw value and a target utilization';
    errors.push(forbiddenField(`${path}.averageValue`, detail));
  }
}
