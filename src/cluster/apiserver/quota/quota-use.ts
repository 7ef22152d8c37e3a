import type { ResourceQuota } from '../../../api/generated/types.ts';
import { zeroQuantity, type KubeObject } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { addAmounts, formatAmounts, type Amounts } from './amounts.ts';
import { evaluatorFor, isCountedBy } from './evaluators.ts';

/**
 * What is used of a quota, counted anew.
 * Upstream: quota.CalculateUsage in apiserver/pkg/quota/v1/resources.go
 */
export function quotaUse(
  quota: ResourceQuota,
  definitions: readonly ResourceDefinition[],
  list: (definition: ResourceDefinition) => readonly KubeObject[],
  nowMs: number,
): Readonly<Record<string, string>> {
  const names = Object.keys(quota.spec?.hard ?? {});
  let used: Amounts = new Map();
  for (const definition of definitions) {
    const evaluator = evaluatorFor(definition);
    if (!names.some((name) => evaluator.uses(name))) continue;
    for (const object of list(definition)) {
      if (isCountedBy(quota, names, object, evaluator)) used = addAmounts(used, evaluator.usage(object, nowMs));
    }
  }
  return formatAmounts(new Map(names.map((name) => [name, used.get(name) ?? zeroQuantity])));
}
