import type { Pod, ResourceQuota } from '../../api/generated/types.ts';
import { keyOf, type KubeObject, type ObjectKey } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { pods, resourceQuotas, resources } from '../apiserver/registry/index.ts';
import { ruleBook } from '../apiserver/registry/rule-book.ts';
import type { ResourceDefinition } from '../apiserver/resource-definition.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import { isPodTerminal } from './pod-state.ts';

/** kube-controller-manager's --resource-quota-sync-period. */
const resyncMs = 300_000;

/**
 * Counts what is used of each quota: admission charges what is created, this gives back what is gone.
 * Upstream: pkg/controller/resourcequota
 */
export function startResourceQuotaController(context: ComponentContext): void {
  const { informers, clock } = context;
  const cache = informers.informer(resourceQuotas);
  const client = context.client.resource<ResourceQuota>(resourceQuotas);
  const counted = resources.filter((definition) => definition.isNamespaced && definition.resource !== 'events');
  const queue = context.queue({ reconcile });
  const recount = (object: KubeObject): void => {
    for (const quota of cache.list(object.metadata.namespace)) queue.add(keyOf(quota));
  };
  cache.onChange({
    added: (quota) => queue.add(keyOf(quota)),
    updated: (next, old) => {
      if (!jsonEqual(next.spec?.hard ?? {}, old.spec?.hard ?? {})) queue.add(keyOf(next));
    },
  });
  for (const definition of counted) informers.informer(definition).onChange({ deleted: recount });
  informers.informer<Pod>(pods).onChange({
    updated: (next, old) => {
      if (isPodTerminal(next) && !isPodTerminal(old)) recount(next);
    },
  });

  function reconcile(key: ObjectKey): void {
    const quota = cache.get(key);
    if (!quota) return;
    const hard = quota.spec?.hard ?? {};
    const list = (definition: ResourceDefinition) => informers.informer(definition).list(quota.metadata.namespace);
    const status = { hard, used: ruleBook.code.quotaUse(quota, counted, list, clock.nowMs) };
    // What was charged and then not stored after all is found out later.
    queue.addAfter(key, resyncMs);
    const stored = client.get(quota.metadata.namespace ?? '', quota.metadata.name);
    // Of the quota as it was seen: what admission has charged meanwhile is a conflict, and the count starts again.
    if (stored && !jsonEqual(stored.status ?? {}, status)) client.updateStatus({ ...quota, status });
  }
}
