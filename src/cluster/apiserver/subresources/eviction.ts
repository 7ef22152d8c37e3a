import { ApiError, badRequest } from '../../../api/index.ts';
import type { Eviction, Pod, PodCondition, PodDisruptionBudget } from '../../../api/generated/types.ts';
import type { ResourceStore } from '../rest/resource-store.ts';
import type { DeleteOptions, WriteOptions } from '../rest/write-options.ts';
import { budgetsOf, chargeBudget } from './eviction/budget.ts';

export interface EvictionStores {
  readonly pods: ResourceStore<Pod>;
  readonly budgets: ResourceStore<PodDisruptionBudget>;
}

/**
 * Deletes a pod on behalf of somebody who empties its node, unless that leaves too few of its kind.
 * Upstream: pkg/registry/core/pod/storage/eviction.go
 */
export function evictPod(
  { pods, budgets }: EvictionStores,
  namespace: string,
  name: string,
  eviction: Eviction,
  options: WriteOptions,
): void {
  if (eviction.metadata?.name && eviction.metadata.name !== name) {
    throw badRequest(`name in URL does not match name in Eviction object`);
  }
  const { gracePeriodSeconds, preconditions, propagationPolicy, dryRun } = eviction.deleteOptions ?? {};
  const isDryRun = options.isDryRun || (dryRun?.includes('All') ?? false);
  const pod = pods.get(namespace, name);
  if (isHeldBack(pod)) {
    const found = budgetsOf(pod, budgets.collection.list(namespace).objects);
    if (found.length > 1) throw new ApiError(500, '', moreThanOne);
    if (found[0] && !mayGoAnyway(pod, found[0])) chargeBudget(budgets, found[0], pod, { ...options, isDryRun });
  }
  const deletion: DeleteOptions = {
    ...options,
    isDryRun,
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(preconditions && { preconditions }),
    ...(propagationPolicy !== undefined && {
      propagationPolicy: propagationPolicy as 'Background' | 'Foreground' | 'Orphan',
    }),
  };
  // A dry run of the deletion refuses what the deletion would refuse, before the pod is marked.
  if (!isDryRun) {
    pods.delete(namespace, name, { ...deletion, isDryRun: true });
    const { resourceVersion: _version, ...kept } = preconditions ?? {};
    pods.replace(pod, asEvicted(pod, options.context.now), options);
    pods.delete(namespace, name, { ...deletion, ...(preconditions && { preconditions: kept }) });
    return;
  }
  pods.delete(namespace, name, deletion);
}

const moreThanOne = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';

/** Pods that do not run yet, no longer run, or are going are no loss. Upstream: canIgnorePDB */
function isHeldBack({ metadata, status }: Pod): boolean {
  const isIdle = ['Succeeded', 'Failed', 'Pending'].includes(status?.phase ?? '');
  return !isIdle && metadata.deletionTimestamp === undefined;
}

/** A pod that is not ready counts for nothing; whether it may go is up to the budget's policy. */
function mayGoAnyway({ status: podStatus }: Pod, { spec, status }: PodDisruptionBudget): boolean {
  const isReady = podStatus?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');
  if (isReady) return false;
  if (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0;
}

function asEvicted(pod: Pod, now: string): Pod {
  const target: PodCondition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
    lastTransitionTime: now,
    ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
  };
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'DisruptionTarget');
  return { ...pod, status: { ...pod.status, conditions: [...others, target] } };
}
