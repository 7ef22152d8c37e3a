import { checkQualifiedName, invalid, parseQuantity, type FieldError } from '../../../api/index.ts';
import { addInvalid } from './label-validation.ts';

/**
 * Names of resources (`cpu`, `example.com/gpu`) and amounts of them.
 * Upstream: pkg/apis/core/helper/helpers.go, pkg/apis/core/validation/validation.go
 */
const containerResources = new Set(['cpu', 'memory', 'ephemeral-storage']);

const integerResources = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

export const quotaResources = new Set([
  ...containerResources,
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  ...integerResources,
]);

const standardResources = new Set([...quotaResources, 'storage']);

const hugePages = 'hugepages-';

export function isHugePages(name: string): boolean {
  return name.startsWith(hugePages);
}

export function isQuotaHugePages(name: string): boolean {
  return name.startsWith(hugePages) || name.startsWith(`requests.${hugePages}`);
}

/** Kubernetes' own: no domain, or one of kubernetes.io. */
export function isNativeResource(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** `example.com/gpu` */
export function isExtendedResource(name: string): boolean {
  if (isNativeResource(name) || name.startsWith('requests.')) return false;
  return checkQualifiedName(`requests.${name}`).length === 0;
}

/** Requests may be less than limits. */
export function isOvercommitAllowed(name: string): boolean {
  return isNativeResource(name) && !isHugePages(name);
}

export function isIntegerResource(name: string): boolean {
  return integerResources.has(name) || isExtendedResource(name);
}

/** False, with the errors added, when the name is none at all. */
export function validateResourceName(errors: FieldError[], name: string, path: string): boolean {
  if (standardResources.has(name)) return true;
  const problems = checkQualifiedName(name);
  addInvalid(errors, path, name, problems);
  if (problems.length > 0) return false;
  if (name.includes('/') || isQuotaHugePages(name)) return true;
  errors.push(invalid(path, name, 'must be a standard resource type or fully qualified'));
  return false;
}

export function validateContainerResourceName(errors: FieldError[], name: string, path: string): void {
  if (containerResources.has(name)) return;
  validateResourceName(errors, name, path);
  if (!name.includes('/')) {
    if (!isHugePages(name)) errors.push(invalid(path, name, 'must be a standard resource for containers'));
  } else if (!isNativeResource(name) && !isExtendedResource(name)) {
    errors.push(invalid(path, name, "doesn't follow extended resource name standard"));
  }
}

export function validateQuotaResourceName(errors: FieldError[], name: string, path: string): void {
  validateResourceName(errors, name, path);
  if (!name.includes('/') && !quotaResources.has(name) && !isQuotaHugePages(name)) {
    errors.push(invalid(path, name, 'must be a standard resource for quota'));
  }
}

/** Never negative; whole numbers where halves make no sense. */
export function validateQuantityValue(errors: FieldError[], name: string, quantity: string, path: string): void {
  const { nano } = parseQuantity(quantity);
  if (nano < 0n) errors.push(invalid(path, quantity, 'must be greater than or equal to 0'));
  // Most are cpu and memory, whose halves are fine.
  if (containerResources.has(name) || nano % nanoPerOne === 0n) return;
  if (isIntegerResource(name)) errors.push(invalid(path, quantity, 'must be an integer'));
}

const nanoPerOne = 1_000_000_000n;

export function isPositive(quantity: string): boolean {
  return parseQuantity(quantity).nano > 0n;
}

/** What is not a positive multiple of its own page size, said as upstream says it. */
export function hugePagesProblem(name: string, quantity: string): string | undefined {
  const page = parseQuantity(name.slice(hugePages.length)).nano;
  const isDivisible = page > 0n && page % nanoPerOne === 0n && parseQuantity(quantity).nano % page === 0n;
  return isDivisible ? undefined : `${quantity} is not positive integer multiple of ${name}`;
}
