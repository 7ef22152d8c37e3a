import type {
  LimitRangeItem,
  PersistentVolumeClaim,
  Pod,
  ResourceRequirements,
} from '../../../../api/generated/types.ts';
import {
  formatQuantity,
  parseQuantity,
  quantityMilliValue,
  quantityValue,
  type Quantity,
} from '../../../../api/index.ts';
import { parseAmounts, type Amounts } from '../../quota/amounts.ts';
import { containerResources } from '../../quota/pod-resources.ts';

interface Asked {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** What is wrong with a pod or a claim by these limits. Upstream: PodValidateLimitFunc, PersistentVolumeClaimValidateLimitFunc */
export function limitProblems(
  items: readonly LimitRangeItem[],
  object: Pod | PersistentVolumeClaim,
): readonly string[] {
  return items.flatMap((item) => subjectsOf(item, object).flatMap((asked) => problemsOf(item, asked)));
}

function subjectsOf({ type }: LimitRangeItem, object: Pod | PersistentVolumeClaim): readonly Asked[] {
  if (object.kind === 'PersistentVolumeClaim') {
    return type === 'PersistentVolumeClaim' ? [askedBy((object as PersistentVolumeClaim).spec?.resources)] : [];
  }
  const { spec } = object as Pod;
  if (type === 'Container') {
    return [...spec.containers, ...(spec.initContainers ?? [])].map(({ resources }) => askedBy(resources));
  }
  if (type !== 'Pod') return [];
  return [{ requests: containerResources(spec, 'requests'), limits: containerResources(spec, 'limits') }];
}

function askedBy(resources: ResourceRequirements | undefined): Asked {
  return { requests: parseAmounts(resources?.requests), limits: parseAmounts(resources?.limits) };
}

function problemsOf({ type, min, max, maxLimitRequestRatio }: LimitRangeItem, asked: Asked): readonly string[] {
  // A claim has no limits: its bound is on what it requests.
  const atMost = type === 'PersistentVolumeClaim' ? requestProblem : maxProblem;
  const checks = [
    [min, minProblem],
    [max, atMost],
    [maxLimitRequestRatio, ratioProblem],
  ] as const;
  return checks.flatMap(([bounds, check]) =>
    Object.entries(bounds ?? {}).flatMap(
      ([name, bound]) => check({ name, type, bound: parseQuantity(bound), ...amountsOf(asked, name) }) ?? [],
    ),
  );
}

interface Case {
  readonly name: string;
  readonly type: string;
  readonly bound: Quantity;
  readonly request: Quantity | undefined;
  readonly limit: Quantity | undefined;
}

function amountsOf({ requests, limits }: Asked, name: string): Pick<Case, 'request' | 'limit'> {
  return { request: requests.get(name), limit: limits.get(name) };
}

function minProblem({ name, type, bound, request, limit }: Case): string | undefined {
  const rule = `minimum ${name} usage per ${type} is ${formatQuantity(bound)}`;
  if (!request) return `${rule}.  No request is specified`;
  if (isLess(request, bound)) return `${rule}, but request is ${formatQuantity(request)}`;
  return limit && isLess(limit, bound) ? `${rule}, but limit is ${formatQuantity(limit)}` : undefined;
}

function maxProblem({ name, type, bound, request, limit }: Case): string | undefined {
  const rule = `maximum ${name} usage per ${type} is ${formatQuantity(bound)}`;
  if (!limit) return `${rule}.  No limit is specified`;
  if (isLess(bound, limit)) return `${rule}, but limit is ${formatQuantity(limit)}`;
  return request && isLess(bound, request) ? `${rule}, but request is ${formatQuantity(request)}` : undefined;
}

function requestProblem({ name, type, bound, request }: Case): string | undefined {
  const rule = `maximum ${name} usage per ${type} is ${formatQuantity(bound)}`;
  if (!request) return `${rule}.  No request is specified`;
  return isLess(bound, request) ? `${rule}, but request is ${formatQuantity(request)}` : undefined;
}

function ratioProblem({ name, type, bound, request, limit }: Case): string | undefined {
  const rule = `${name} max limit to request ratio per ${type} is ${formatQuantity(bound)}`;
  if (!request || request.nano === 0n) return `${rule}, but no request is specified or request is 0`;
  if (!limit || limit.nano === 0n) return `${rule}, but no limit is specified or limit is 0`;
  // Large amounts count as whole numbers, small ones in thousandths.
  const amountOf = isLarge(limit) || isLarge(request) ? quantityValue : quantityMilliValue;
  const ratio = amountOf(limit) / amountOf(request);
  return ratio * 1000 > quantityMilliValue(bound) ? `${rule}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
}

const maxMilli = (2n ** 63n - 1n) / 1000n;

function isLarge({ nano }: Quantity): boolean {
  return nano / 1_000_000_000n > maxMilli;
}

function isLess(a: Quantity, b: Quantity): boolean {
  return a.nano < b.nano;
}
