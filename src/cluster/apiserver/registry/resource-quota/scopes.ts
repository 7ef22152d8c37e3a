import type { ResourceQuotaSpec, ScopedResourceSelectorRequirement } from '../../../../api/generated/types.ts';
import { invalid, required, type FieldError } from '../../../../api/index.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { quotaResources } from '../resource-quantities.ts';

/**
 * Which pods and claims a quota counts.
 * Upstream: validateResourceQuotaScopes and its kin in pkg/apis/core/validation/validation.go
 */
const podResources = ['pods'];
const computeResources = [
  ...podResources,
  'cpu',
  'memory',
  'limits.cpu',
  'limits.memory',
  'requests.cpu',
  'requests.memory',
];
const claimResources = ['persistentvolumeclaims', 'requests.storage'];

/** What each scope can be said of. */
const scopeResources: Readonly<Record<string, readonly string[]>> = {
  Terminating: computeResources,
  NotTerminating: computeResources,
  BestEffort: podResources,
  NotBestEffort: computeResources,
  PriorityClass: computeResources,
  CrossNamespacePodAffinity: computeResources,
  VolumeAttributesClass: claimResources,
};

const plainScopes = new Set([
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'CrossNamespacePodAffinity',
]);

export function validateQuotaScopes(errors: FieldError[], spec: ResourceQuotaSpec, path: string): void {
  const { scopes = [], scopeSelector } = spec;
  const scopesPath = `${path}.scopes`;
  for (const scope of scopes) {
    if (!scopeResources[scope]) errors.push(invalid(scopesPath, scopes, 'unsupported scope'));
    for (let count = countUnsupported(spec, scope); count > 0; count--) {
      errors.push(invalid(scopesPath, scopes, 'unsupported scope applied to resource'));
    }
  }
  validateConflicts(errors, spec, scopes, scopesPath);
  if (!scopeSelector) return;
  const requirements = scopeSelector.matchExpressions ?? [];
  const selectorPath = `${path}.scopeSelector.matchExpressions`;
  for (const requirement of requirements) validateRequirement(errors, spec, requirement, selectorPath);
  const names = requirements.map(({ scopeName }) => scopeName);
  validateConflicts(errors, spec, names, selectorPath);
}

function countUnsupported({ hard = {} }: ResourceQuotaSpec, scope: string): number {
  const supported = scopeResources[scope];
  if (!supported) return 0;
  return Object.keys(hard).filter((name) => quotaResources.has(name) && !supported.includes(name)).length;
}

function validateConflicts(
  errors: FieldError[],
  spec: ResourceQuotaSpec,
  scopes: readonly string[],
  path: string,
): void {
  for (const scope of ['BestEffort', 'Terminating']) {
    if (!scopes.includes(scope) || !scopes.includes(`Not${scope}`)) continue;
    errors.push(invalid(path, spec.scopes ?? null, 'conflicting scopes'));
  }
}

function validateRequirement(
  errors: FieldError[],
  spec: ResourceQuotaSpec,
  requirement: ScopedResourceSelectorRequirement,
  path: string,
): void {
  const { scopeName = '', operator = '', values = [] } = requirement;
  if (!scopeResources[scopeName]) errors.push(invalid(`${path}.scopeName`, scopeName, 'unsupported scope'));
  for (let count = countUnsupported(spec, scopeName); count > 0; count--) {
    errors.push(invalidAs(path, spec.scopeSelector, '*ScopeSelector', 'unsupported scope applied to resource'));
  }
  if (plainScopes.has(scopeName) && operator !== 'Exists') {
    const names = 'ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort';
    const detail = `must be 'Exists' when scope is any of ${names}, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity`;
    errors.push(invalid(`${path}.operator`, operator, detail));
  }
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length > 0) return;
      errors.push(
        required(`${path}.values`, "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"),
      );
      return;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length === 0) return;
      errors.push(
        invalid(
          `${path}.values`,
          values,
          "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
        ),
      );
      return;
    default:
      errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'));
  }
}
