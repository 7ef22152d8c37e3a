import type { ClusterView } from '../cluster-view.ts';
import type { FilterPlan, Refusal } from '../framework.ts';
import { matchesQuery } from '../match-index.ts';
import type { PodInfo } from '../pod-info.ts';
import { constraintsOf } from '../topology-constraints.ts';
import type { Constraint } from '../topology-constraints.ts';

const plugin = 'PodTopologySpread';
const reason = "node(s) didn't match pod topology spread constraints";
const tooSkewed: Refusal = { plugin, reasons: [reason], isResolvable: true };
const missingLabel: Refusal = { plugin, reasons: [`${reason} (missing required label)`], isResolvable: false };

/** Upstream: podtopologyspread/filtering.go */
export function topologySpreadFilter(pod: PodInfo, cluster: ClusterView): FilterPlan | undefined {
  const constraints = constraintsOf(pod, 'DoNotSchedule');
  if (constraints.length === 0) return undefined;
  const tallies = constraints.map((constraint) => tallyFor(constraint, constraints, pod, cluster));
  return {
    filter({ labels }) {
      for (const { constraint, counts, least, self } of tallies) {
        const value = labels[constraint.topologyKey];
        if (value === undefined) return missingLabel;
        if ((counts.get(value) ?? 0) + self - least > constraint.maxSkew) return tooSkewed;
      }
      return undefined;
    },
  };
}

interface Tally {
  readonly constraint: Constraint;
  /** Matching pods by the value of the topology label. */
  readonly counts: ReadonlyMap<string, number>;
  /** The smallest of them; 0 while there are fewer domains than asked for. */
  readonly least: number;
  /** 1 when the pod counts itself. */
  readonly self: number;
}

function tallyFor(constraint: Constraint, all: readonly Constraint[], pod: PodInfo, cluster: ClusterView): Tally {
  const byNode = cluster.countsOf(constraint.query);
  const counts = new Map<string, number>();
  for (const { node, name, labels } of cluster.nodes) {
    if (all.some(({ topologyKey }) => labels[topologyKey] === undefined) || !constraint.includes(node)) continue;
    const value = labels[constraint.topologyKey]!;
    counts.set(value, (counts.get(value) ?? 0) + (byNode.get(name) ?? 0));
  }
  const least = counts.size < constraint.minDomains ? 0 : Math.min(...counts.values());
  const self = matchesQuery({ ...constraint.query, countsTerminating: true }, pod) ? 1 : 0;
  return { constraint, counts, least: Number.isFinite(least) ? least : 0, self };
}
