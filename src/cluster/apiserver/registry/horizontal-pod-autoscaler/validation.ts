import type { V2HorizontalPodAutoscalerSpec, V2HPAScalingRules } from '../../../../api/generated/types.ts';
import {
  forbiddenField,
  invalid,
  notSupported,
  parseQuantity,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { validateMetric } from './metric-validation.ts';
import { validateObjectReference } from './object-references.ts';

/** Upstream: pkg/apis/autoscaling/validation/validation.go */
export function validateAutoscaler(errors: FieldError[], spec: V2HorizontalPodAutoscalerSpec, path: string): void {
  const { minReplicas, maxReplicas = 0, metrics = [], behavior } = spec;
  if (minReplicas !== undefined && minReplicas < 1) {
    errors.push(invalid(`${path}.minReplicas`, minReplicas, 'must be greater than or equal to 1'));
  }
  if (maxReplicas < 1) errors.push(invalid(`${path}.maxReplicas`, maxReplicas, 'must be greater than 0'));
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    errors.push(invalid(`${path}.maxReplicas`, maxReplicas, 'must be greater than or equal to `minReplicas`'));
  }
  validateObjectReference(errors, spec.scaleTargetRef, `${path}.scaleTargetRef`);
  metrics.forEach((metric, at) => {
    validateMetric(errors, metric, `${path}.metrics[${at}]`);
  });
  const reachesZero = metrics.some(({ type }) => type === 'Object' || type === 'External');
  if (minReplicas === 0 && !reachesZero) {
    const detail = 'must specify at least one Object or External metric to support scaling to zero replicas';
    errors.push(forbiddenField(`${path}.metrics`, detail));
  }
  validateRules(errors, behavior?.scaleUp, `${path}.behavior.scaleUp`);
  validateRules(errors, behavior?.scaleDown, `${path}.behavior.scaleDown`);
}

const maxWindowSeconds = 3600;
const maxPeriodSeconds = 1800;
const selectPolicies = ['Disabled', 'Max', 'Min'];
const policyTypes = ['Percent', 'Pods'];

function validateRules(errors: FieldError[], rules: V2HPAScalingRules | undefined, path: string): void {
  if (!rules) return;
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies = [], tolerance } = rules;
  const windowPath = `${path}.stabilizationWindowSeconds`;
  if (window < 0) errors.push(invalid(windowPath, window, 'must be greater than or equal to zero'));
  if (window > maxWindowSeconds) {
    errors.push(invalid(windowPath, window, `must be less than or equal to ${maxWindowSeconds}`));
  }
  if (selectPolicy !== undefined && !selectPolicies.includes(selectPolicy)) {
    errors.push(notSupported(`${path}.selectPolicy`, selectPolicy, selectPolicies));
  }
  if (policies.length === 0) errors.push(required(`${path}.policies`, 'must specify at least one Policy'));
  policies.forEach(({ type = '', value = 0, periodSeconds = 0 }, at) => {
    const itemPath = `${path}.policies[${at}]`;
    if (!policyTypes.includes(type)) errors.push(notSupported(`${itemPath}.type`, type, policyTypes));
    if (value <= 0) errors.push(invalid(`${itemPath}.value`, value, 'must be greater than zero'));
    if (periodSeconds <= 0) {
      errors.push(invalid(`${itemPath}.periodSeconds`, periodSeconds, 'must be greater than zero'));
    }
    if (periodSeconds > maxPeriodSeconds) {
      const detail = `must be less than or equal to ${maxPeriodSeconds}`;
      errors.push(invalid(`${itemPath}.periodSeconds`, periodSeconds, detail));
    }
  });
  if (tolerance !== undefined && parseQuantity(tolerance).nano < 0n) {
    errors.push(invalid(`${path}.tolerance`, tolerance, 'must be greater than or equal to 0'));
  }
}
