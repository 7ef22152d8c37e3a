import type { ResourceQuota } from '../../../api/generated/types.ts';
import { compareQuantity, type KubeObject } from '../../../api/index.ts';
import type { Attributes } from '../admission/admission.ts';
import { refuse } from '../admission/refusal.ts';
import {
  addAmounts,
  describeAmounts,
  formatAmounts,
  increase,
  masked,
  parseAmounts,
  withoutZeros,
  type Amounts,
} from './amounts.ts';
import { evaluatorFor, isCountedBy } from './evaluators.ts';

/** What is to be written into the status of a quota. */
export interface Charge {
  readonly quota: ResourceQuota;
  readonly used: Readonly<Record<string, string>>;
}

/** What the quotas have to be charged with for a request, if it is allowed. Throws Forbidden. */
export function quotaCharges(
  quotas: readonly ResourceQuota[],
  object: KubeObject,
  attributes: Attributes,
  nowMs: number,
): readonly Charge[] {
  if (!evaluatorFor(attributes.definition).handles({ ...attributes, object })) return [];
  return quotas.flatMap((quota) => chargeOf(quota, object, attributes, nowMs) ?? []);
}

/** What this quota has to be charged with, if anything. Throws Forbidden. Upstream: CheckRequest */
function chargeOf(quota: ResourceQuota, object: KubeObject, attributes: Attributes, nowMs: number): Charge | undefined {
  const evaluator = evaluatorFor(attributes.definition);
  const hard = parseAmounts(quota.status?.hard);
  const used = parseAmounts(quota.status?.used);
  const names = [...hard.keys()];
  if (!isCountedBy(quota, names, object, evaluator)) return undefined;
  const { name } = quota.metadata;
  const concerned = names.filter((resource) => evaluator.uses(resource));
  const problem = evaluator.problem?.(concerned, object);
  if (problem) throw refuse(attributes, `failed quota: ${name}: ${problem}`);
  if (concerned.some((resource) => !used.has(resource))) {
    const list = concerned.toSorted().join(',');
    throw refuse(attributes, `status unknown for quota: ${name}, resources: ${list}`);
  }
  const before = countedBefore(quota, names, attributes);
  const usage = evaluator.usage(object, nowMs);
  const more = withoutZeros(before ? increase(usage, evaluator.usage(before, nowMs)) : usage);
  const requested = masked(more, names);
  if (requested.size === 0) return undefined;
  const next = addAmounts(used, requested);
  const exceeded = [...requested.keys()].filter((resource) => {
    const limit = hard.get(resource);
    return limit && compareQuantity(next.get(resource)!, limit) > 0;
  });
  if (exceeded.length > 0) {
    const show = (amounts: Amounts): string => describeAmounts(masked(amounts, exceeded));
    const why = `exceeded quota: ${name}, requested: ${show(requested)}, used: ${show(used)}, limited: ${show(hard)}`;
    throw refuse(attributes, why);
  }
  return { quota, used: formatAmounts(next) };
}

/** The object as it was, if it counted against the same quota. */
function countedBefore(quota: ResourceQuota, names: readonly string[], attributes: Attributes): KubeObject | undefined {
  const { operation, old, definition } = attributes;
  if (operation !== 'UPDATE' || !old) return undefined;
  return isCountedBy(quota, names, old, evaluatorFor(definition)) ? old : undefined;
}
