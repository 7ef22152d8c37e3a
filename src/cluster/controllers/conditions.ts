/** Conditions in a status: one of each type. Upstream: the SetCondition of each controller. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export function findCondition<C extends Condition>(conditions: readonly C[] | undefined, type: string): C | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/**
 * Puts `condition` at the end, in place of the one of its type. One that says the same (status and reason) stays as it
 * is, and the time of the last transition is kept while the status is.
 */
export function setCondition<C extends Condition>(conditions: readonly C[] | undefined, condition: C): readonly C[] {
  const current = findCondition(conditions, condition.type);
  if (current && current.status === condition.status && current.reason === condition.reason) return conditions ?? [];
  const kept =
    current?.status === condition.status ? { ...condition, lastTransitionTime: current.lastTransitionTime } : condition;
  return [...(removeCondition(conditions, condition.type) ?? []), kept];
}

export function removeCondition<C extends Condition>(
  conditions: readonly C[] | undefined,
  type: string,
): readonly C[] | undefined {
  return findCondition(conditions, type) ? conditions?.filter((condition) => condition.type !== type) : conditions;
}
