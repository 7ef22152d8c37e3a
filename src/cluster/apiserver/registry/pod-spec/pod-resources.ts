import type { PodSpec, ResourceRequirements } from '../../../../api/generated/types.ts';
import {
  compareQuantity,
  forbiddenField,
  formatQuantity,
  invalid,
  notSupported,
  parseQuantity,
  type FieldError,
} from '../../../../api/index.ts';
import { isHugePages, validateResourceName } from '../resource-quantities.ts';
import { effectiveResources } from './effective-resources.ts';
import { validateResources } from './resources.ts';

/** Requests and limits of a whole pod. Upstream: validatePodResources, validatePodResourceConsistency */
export function validatePodResources(
  errors: FieldError[],
  spec: PodSpec,
  path: string,
  claimNames: ReadonlySet<string>,
): void {
  const { resources } = spec;
  if (!resources) return;
  if (spec.os?.name === 'windows') {
    errors.push(forbiddenField(path, 'may not be set for a windows pod'));
    return;
  }
  if (resources.claims) {
    errors.push(forbiddenField(`${path}.claims`, 'claims may not be set for Resources at pod-level'));
  }
  validateResources(errors, resources, path, claimNames, validatePodResourceName);
  validateConsistency(errors, spec, resources, path);
}

const podLevelResources = ['cpu', 'memory'];

export function isPodLevelResource(name: string): boolean {
  return podLevelResources.includes(name) || isHugePages(name);
}

function validatePodResourceName(errors: FieldError[], name: string, path: string): void {
  if (!validateResourceName(errors, name, path) || isPodLevelResource(name)) return;
  errors.push(notSupported(path, name, podLevelResources));
}

function validateConsistency(
  errors: FieldError[],
  spec: PodSpec,
  { requests = {}, limits = {} }: ResourceRequirements,
  path: string,
): void {
  for (const [name, total] of effectiveResources(spec, 'requests')) {
    const own = requests[name];
    if (own === undefined || compareQuantity(total, parseQuantity(own)) <= 0) continue;
    const detail = `must be greater than or equal to aggregate container requests of ${formatQuantity(total)}`;
    errors.push(invalid(`${path}.requests[${name}]`, own, detail));
  }
  for (const [name, total] of effectiveResources(spec, 'limits')) {
    const own = limits[name];
    if (!isHugePages(name) || own === undefined || compareQuantity(total, parseQuantity(own)) <= 0) continue;
    const detail = `must be greater than or equal to aggregate container limits of ${formatQuantity(total)}`;
    errors.push(invalid(`${path}.limits[${name}]`, own, detail));
  }
  spec.containers.forEach((container, at) => {
    for (const [name, limit] of Object.entries(container.resources?.limits ?? {})) {
      const own = limits[name];
      if (own === undefined || compareQuantity(parseQuantity(limit), parseQuantity(own)) <= 0) continue;
      const detail = `must be less than or equal to pod limits of ${own}`;
      errors.push(invalid(`${path}.containers[${at}][${name}].limits`, limit, detail));
    }
  });
}
