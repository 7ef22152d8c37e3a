import type { ClusterView } from '../cluster-view.ts';
import { maxScore } from '../framework.ts';
import type { ScorePlan } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';
import { constraintsOf, defaultConstraints, hostnameLabel } from '../topology-constraints.ts';
import type { Constraint } from '../topology-constraints.ts';

/** The score of nodes that lack a topology label the pod's constraints need. */
const ignored = -1;

interface Weighed {
  readonly constraint: Constraint;
  readonly byNode: ReadonlyMap<string, number>;
  /** Sums over the nodes of each domain; undefined for hostnames, where each node is one. */
  readonly byDomain: ReadonlyMap<string, number> | undefined;
  /** The more domains, the more each pod counts: otherwise a zone would drown among hosts. */
  readonly weight: number;
}

/** Upstream: podtopologyspread/scoring.go */
export function topologySpreadScore(
  pod: PodInfo,
  cluster: ClusterView,
  feasible: readonly NodeInfo[],
): ScorePlan | undefined {
  const isByDefault = !pod.pod.spec.topologySpreadConstraints?.length;
  const siblings = isByDefault ? cluster.siblingsOf(pod) : undefined;
  const constraints = siblings ? defaultConstraints(pod, siblings) : constraintsOf(pod, 'ScheduleAnyway');
  if (constraints.length === 0) return undefined;
  const isIgnored = (node: NodeInfo): boolean =>
    !isByDefault && constraints.some(({ topologyKey }) => node.labels[topologyKey] === undefined);
  const candidates = isByDefault ? feasible : feasible.filter((node) => !isIgnored(node));
  const weighed = constraints.map((constraint) => weigh(constraint, constraints, isByDefault, cluster, candidates));
  return {
    score(node) {
      if (isIgnored(node)) return ignored;
      let score = 0;
      for (const { constraint, byNode, byDomain, weight } of weighed) {
        const value = node.labels[constraint.topologyKey];
        if (value === undefined) continue;
        const count = byDomain ? (byDomain.get(value) ?? 0) : (byNode.get(node.name) ?? 0);
        score += count * weight + (constraint.maxSkew - 1);
      }
      return Math.round(score);
    },
    normalise,
  };
}

function weigh(
  constraint: Constraint,
  all: readonly Constraint[],
  isByDefault: boolean,
  cluster: ClusterView,
  candidates: readonly NodeInfo[],
): Weighed {
  const { topologyKey } = constraint;
  const byNode = cluster.countsOf(constraint.query);
  if (topologyKey === hostnameLabel) {
    return { constraint, byNode, byDomain: undefined, weight: Math.log(candidates.length + 2) };
  }
  const byDomain = new Map<string, number>();
  for (const { labels } of candidates) {
    const value = labels[topologyKey];
    if (value !== undefined) byDomain.set(value, 0);
  }
  if (byDomain.size > 0) {
    for (const { labels, name, node } of cluster.nodes) {
      const sum = byDomain.get(labels[topologyKey] ?? '');
      const count = byNode.get(name);
      if (sum === undefined || !count || !constraint.includes(node)) continue;
      if (!isByDefault && all.some((other) => labels[other.topologyKey] === undefined)) continue;
      byDomain.set(labels[topologyKey]!, sum + count);
    }
  }
  return { constraint, byNode, byDomain, weight: Math.log(byDomain.size + 2) };
}

/** Fewest pods first. */
function normalise(scores: number[]): void {
  let least = Infinity;
  let most = 0;
  for (const score of scores) {
    if (score === ignored) continue;
    least = Math.min(least, score);
    most = Math.max(most, score);
  }
  for (let at = 0; at < scores.length; at++) {
    if (scores[at] === ignored) scores[at] = 0;
    else scores[at] = most === 0 ? maxScore : Math.trunc((maxScore * (most + least - scores[at]!)) / most);
  }
}
