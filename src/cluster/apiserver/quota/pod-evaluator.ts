import type { Container, Pod, PodAffinity, ScopedResourceSelectorRequirement } from '../../../api/generated/types.ts';
import type { Quantity } from '../../../api/index.ts';
import { computeQosClass } from '../registry/pod/qos.ts';
import { isExtendedResource, isHugePages, isNativeResource } from '../registry/resource-quantities.ts';
import { one, parseAmounts, type Amounts } from './amounts.ts';
import type { QuotaEvaluator } from './evaluator.ts';
import { podResources } from './pod-resources.ts';
import { takesValue } from './scope-requirements.ts';

const count = 'count/pods';
const computed = ['cpu', 'memory', 'ephemeral-storage'];
const resources = new Set([count, 'pods', ...computed.flatMap((name) => [name, `requests.${name}`, `limits.${name}`])]);
/** What each container has to say when it is limited. */
const mandatory = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

/** Pods, and what they ask for. Upstream: pkg/quota/v1/evaluator/core/pods.go */
export const podEvaluator: QuotaEvaluator<Pod> = {
  handles: ({ operation, subresource, object, old }) => {
    if (subresource === 'resize') return operation === 'UPDATE';
    if (subresource !== '') return false;
    if (operation === 'UPDATE') return isTerminating(object as Pod) !== isTerminating(old as Pod);
    return operation === 'CREATE';
  },
  uses: (name) =>
    resources.has(name) ||
    isHugePages(name) ||
    isHugePages(name.replace(/^requests\./, '')) ||
    (!isNativeResource(name) && name.startsWith('requests.')),
  matchesScope,
  usage: (pod, nowMs) =>
    isCounted(pod, nowMs)
      ? new Map([[count, one], ...usageOf(podResources(pod.spec, 'requests'), podResources(pod.spec, 'limits'))])
      : new Map([[count, one]]),
  problem,
};

/** A pod that has ended, or should have by now, uses nothing up. Upstream: QuotaV1Pod */
function isCounted({ metadata, status }: Pod, nowMs: number): boolean {
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return false;
  const { deletionTimestamp, deletionGracePeriodSeconds: grace } = metadata;
  if (!deletionTimestamp || grace === undefined) return true;
  return nowMs <= Date.parse(deletionTimestamp) + grace * 1000;
}

/** Under the names that quotas have for them. Upstream: podComputeUsageHelper */
function usageOf(requests: Amounts, limits: Amounts): Map<string, Quantity> {
  const usage = new Map<string, Quantity>([['pods', one]]);
  for (const name of computed) {
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (request) usage.set(name, request).set(`requests.${name}`, request);
    if (limit) usage.set(`limits.${name}`, limit);
  }
  for (const [name, request] of requests) {
    if (isHugePages(name)) usage.set(name, request).set(`requests.${name}`, request);
    if (isExtendedResource(name)) usage.set(`requests.${name}`, request);
  }
  return usage;
}

function matchesScope(scope: ScopedResourceSelectorRequirement, { spec }: Pod): boolean {
  switch (scope.scopeName) {
    case 'Terminating':
      return (spec.activeDeadlineSeconds ?? -1) >= 0;
    case 'NotTerminating':
      return (spec.activeDeadlineSeconds ?? -1) < 0;
    case 'BestEffort':
      return computeQosClass(spec) === 'BestEffort';
    case 'NotBestEffort':
      return computeQosClass(spec) !== 'BestEffort';
    case 'PriorityClass':
      return takesValue(scope, spec.priorityClassName || undefined);
    case 'CrossNamespacePodAffinity':
      return reachesOut(spec.affinity?.podAffinity) || reachesOut(spec.affinity?.podAntiAffinity);
    default:
      return false;
  }
}

function isTerminating({ spec }: Pod): boolean {
  return (spec.activeDeadlineSeconds ?? -1) >= 0;
}

/** Whether it looks at pods of other namespaces. */
function reachesOut(affinity: PodAffinity | undefined): boolean {
  const terms = [
    ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ];
  return terms.some(
    ({ namespaces, namespaceSelector }) => Boolean(namespaces?.length) || namespaceSelector !== undefined,
  );
}

/** Upstream: Constraints */
function problem(names: readonly string[], { spec }: Pod): string | undefined {
  if (spec.resources?.requests || spec.resources?.limits) return undefined;
  const needed = mandatory.filter((name) => names.includes(name)).toSorted();
  const missing = new Map<string, Set<string>>();
  for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
    const said = saidBy(container);
    for (const name of needed) {
      if (!said.has(name)) missing.set(name, (missing.get(name) ?? new Set()).add(container.name));
    }
  }
  if (missing.size === 0) return undefined;
  const parts = [...missing].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `must specify ${parts.map(([name, containers]) => `${name} for: ${[...containers].toSorted().join(',')}`).join('; ')}`;
}

function saidBy({ resources: said }: Container): Amounts {
  return usageOf(parseAmounts(said?.requests), parseAmounts(said?.limits));
}
