import type { CustomResourceDefinition, CustomResourceDefinitionCondition } from '../../../api/generated/types.ts';

type Condition = Omit<CustomResourceDefinitionCondition, 'lastTransitionTime'>;

/** Upstream: apiextensions-apiserver/pkg/apihelpers/helpers.go */
export function findCondition(
  { status }: CustomResourceDefinition,
  type: string,
): CustomResourceDefinitionCondition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

export function isConditionTrue(crd: CustomResourceDefinition, type: string): boolean {
  return findCondition(crd, type)?.status === 'True';
}

/** @param now RFC 3339 */
export function withCondition(
  crd: CustomResourceDefinition,
  condition: Condition,
  now: string,
): CustomResourceDefinition {
  const { conditions = [] } = crd.status ?? {};
  const old = findCondition(crd, condition.type);
  const isSameStatus = old?.status === condition.status && old.lastTransitionTime !== undefined;
  const next = { ...condition, lastTransitionTime: isSameStatus ? old.lastTransitionTime! : now };
  const all = old ? conditions.map((one) => (one === old ? next : one)) : [...conditions, next];
  return { ...crd, status: { ...crd.status, conditions: all } };
}
