import type { ResourceQuota, ScopedResourceSelectorRequirement } from '../../../api/generated/types.ts';
import type { KubeObject } from '../../../api/index.ts';
import { claimEvaluator } from './claim-evaluator.ts';
import type { QuotaEvaluator } from './evaluator.ts';
import { objectCountEvaluator } from './object-count-evaluator.ts';
import { podEvaluator } from './pod-evaluator.ts';
import { serviceEvaluator } from './service-evaluator.ts';

type Resource = { readonly group: string; readonly resource: string };

const special = new Map<string, unknown>([
  ['pods', podEvaluator],
  ['services', serviceEvaluator],
  ['persistentvolumeclaims', claimEvaluator],
]);

/** Who counts what. Upstream: pkg/quota/v1/install/registry.go */
export function evaluatorFor({ group, resource }: Resource): QuotaEvaluator {
  const found = group === '' ? special.get(resource) : undefined;
  return (found as QuotaEvaluator | undefined) ?? objectCountEvaluator({ group, resource });
}

function scopesOf({ spec }: ResourceQuota): readonly ScopedResourceSelectorRequirement[] {
  const plain = (spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  return [...plain, ...(spec?.scopeSelector?.matchExpressions ?? [])];
}

/** Whether the object counts against a quota that limits `names`. Upstream: generic.Matches */
export function isCountedBy(
  quota: ResourceQuota,
  names: readonly string[],
  object: KubeObject,
  evaluator: QuotaEvaluator,
): boolean {
  return (
    names.some((name) => evaluator.uses(name)) &&
    scopesOf(quota).every((scope) => evaluator.matchesScope(scope, object))
  );
}
