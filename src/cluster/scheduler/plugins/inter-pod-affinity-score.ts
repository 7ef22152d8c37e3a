import { queryOfTerm, termMatches } from '../affinity-matching.ts';
import type { ClusterView } from '../cluster-view.ts';
import { maxScore } from '../framework.ts';
import type { ScorePlan } from '../framework.ts';
import type { PodInfo } from '../pod-info.ts';
import type { PlacedTerm } from '../term-index.ts';

/** What a required affinity of a placed pod counts, as if it were a preference: upstream's hardPodAffinityWeight. */
const requiredWeight = 1;

/** Points by topology label and its value. */
type Points = Map<string, Map<string, number>>;

/** Upstream: interpodaffinity/scoring.go */
export function interPodAffinityScore(pod: PodInfo, cluster: ClusterView): ScorePlan | undefined {
  const { preferred, preferredAnti } = pod.affinity;
  if (preferred.length === 0 && preferredAnti.length === 0 && !cluster.hasPlacedTerms) return undefined;
  const points: Points = new Map();
  for (const term of preferred) {
    addPoints(points, term.topologyKey, cluster.countsOf(queryOfTerm(term, cluster)), term.weight, cluster);
  }
  for (const term of preferredAnti) {
    addPoints(points, term.topologyKey, cluster.countsOf(queryOfTerm(term, cluster)), -term.weight, cluster);
  }
  for (const placed of cluster.placedTerms()) {
    const weight = weightOf(placed);
    if (weight === 0 || !termMatches(placed.term, pod, cluster)) continue;
    addPoints(points, placed.term.topologyKey, placed.byNode, weight, cluster);
  }
  if (points.size === 0) return undefined;
  return {
    score({ labels }) {
      let score = 0;
      for (const [topologyKey, byValue] of points) score += byValue.get(labels[topologyKey] ?? '') ?? 0;
      return score;
    },
    normalise,
  };
}

function weightOf({ kind, term }: PlacedTerm): number {
  switch (kind) {
    case 'required':
      return requiredWeight;
    case 'preferred':
      return term.weight;
    case 'preferredAnti':
      return -term.weight;
    case 'requiredAnti':
      return 0;
  }
}

function addPoints(
  points: Points,
  topologyKey: string,
  byNode: ReadonlyMap<string, number>,
  weight: number,
  cluster: ClusterView,
): void {
  for (const [name, count] of byNode) {
    const value = cluster.node(name)?.labels[topologyKey];
    if (value === undefined || count === 0) continue;
    let byValue = points.get(topologyKey);
    if (!byValue) points.set(topologyKey, (byValue = new Map()));
    byValue.set(value, (byValue.get(value) ?? 0) + weight * count);
  }
}

/** From the least to the most points, not from zero: there are negative ones. */
function normalise(scores: number[]): void {
  const least = Math.min(...scores);
  const range = Math.max(...scores) - least;
  for (let at = 0; at < scores.length; at++) {
    scores[at] = range > 0 ? Math.trunc((maxScore * (scores[at]! - least)) / range) : 0;
  }
}
