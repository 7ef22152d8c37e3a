import { badRequest } from '../../../api/index.ts';
import type { Eviction, Pod } from '../../../api/generated/types.ts';
import type { ResourceStore } from '../rest/resource-store.ts';
import type { WriteOptions } from '../rest/write-options.ts';

/**
 * Deletes a pod on behalf of somebody who empties its node.
 * Upstream: pkg/registry/core/pod/storage/eviction.go
 * Differs: there are no PodDisruptionBudgets yet, so nothing holds an eviction back.
 */
export function evictPod(
  pods: ResourceStore<Pod>,
  namespace: string,
  name: string,
  eviction: Eviction,
  options: WriteOptions,
): void {
  if (eviction.metadata?.name && eviction.metadata.name !== name) {
    throw badRequest(`name in URL does not match name in Eviction object`);
  }
  const { gracePeriodSeconds, preconditions, propagationPolicy, dryRun } = eviction.deleteOptions ?? {};
  pods.delete(namespace, name, {
    ...options,
    isDryRun: options.isDryRun || (dryRun?.includes('All') ?? false),
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(preconditions && { preconditions }),
    ...(propagationPolicy !== undefined && {
      propagationPolicy: propagationPolicy as 'Background' | 'Foreground' | 'Orphan',
    }),
  });
}
