import type { ClusterRole, PolicyRule } from '../../api/generated/types.ts';
import { jsonEqual, matchesLabels, queryFromLabelSelector, type ObjectKey } from '../../api/index.ts';
import { clusterRoles } from '../apiserver/registry/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';

const aggregated = 'aggregated';

/**
 * Puts the rules of those cluster roles into an aggregated one that its selectors name.
 * Upstream: pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go
 * Differs: writes the role with an update; upstream applies it.
 */
export function startClusterRoleAggregationController(context: ComponentContext): void {
  const cache = context.informers.informer(clusterRoles);
  const client = context.client.resource<ClusterRole>(clusterRoles);
  const queue = context.queue({ reconcile });
  cache.addIndex(aggregated, ({ aggregationRule }) => (aggregationRule ? [aggregated] : []));
  const addAggregated = (): void => {
    for (const role of cache.byIndex(aggregated, aggregated)) queue.add(role.metadata.name);
  };
  cache.onChange({ added: addAggregated, updated: addAggregated, deleted: addAggregated });

  function reconcile(name: ObjectKey): void {
    const role = cache.get(name);
    if (!role?.aggregationRule) return;
    const rules = aggregatedRules(role, cache.list());
    if (jsonEqual(role.rules ?? [], rules)) return;
    client.modify('', name, (fresh) => ({ ...fresh, rules }));
  }
}

function aggregatedRules(role: ClusterRole, all: Iterable<ClusterRole>): readonly PolicyRule[] {
  const byName = [...all].toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const rules = new Map<string, PolicyRule>();
  for (const selector of role.aggregationRule?.clusterRoleSelectors ?? []) {
    for (const other of byName) {
      if (other.metadata.name === role.metadata.name) continue;
      if (!matchesLabels(queryFromLabelSelector(selector), other.metadata.labels ?? {})) continue;
      for (const rule of other.rules ?? []) rules.set(JSON.stringify(rule), rule);
    }
  }
  return [...rules.values()];
}
