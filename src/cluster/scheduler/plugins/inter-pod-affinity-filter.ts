import { queryOfTerm, queryOfTerms, termMatches } from '../affinity-matching.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { FilterPlan, Refusal } from '../framework.ts';
import type { AffinityTerm, PodInfo } from '../pod-info.ts';

const plugin = 'InterPodAffinity';
const refusal = (reason: string, isResolvable: boolean): Refusal => ({ plugin, reasons: [reason], isResolvable });
const notNear = refusal("node(s) didn't match pod affinity rules", false);
const tooNear = refusal("node(s) didn't match pod anti-affinity rules", true);
const notWelcome = refusal("node(s) didn't satisfy existing pods anti-affinity rules", true);

/** Domains (values of a topology label) with how many of the pods that matter are in them. */
interface Domains {
  readonly topologyKey: string;
  readonly counts: ReadonlyMap<string, number>;
}

/** Upstream: interpodaffinity/filtering.go */
export function interPodAffinityFilter(pod: PodInfo, cluster: ClusterView): FilterPlan | undefined {
  const { required, requiredAnti } = pod.affinity;
  const unwelcoming = unwelcomingDomains(pod, cluster);
  if (required.length === 0 && requiredAnti.length === 0 && unwelcoming.length === 0) return undefined;
  const wanted = wantedDomains(required, cluster);
  const avoided = requiredAnti.map((term) =>
    domainsOf(term.topologyKey, cluster.countsOf(queryOfTerm(term, cluster)), cluster),
  );
  // The first pod of a group that wants to be together must be let in somewhere.
  const isFirst =
    wanted.every(({ counts }) => counts.size === 0) && required.every((term) => termMatches(term, pod, cluster));
  return {
    filter({ labels }) {
      const isSomewhere = wanted.every(({ topologyKey }) => labels[topologyKey] !== undefined);
      const isNear = wanted.every((domains) => countIn(domains, labels) > 0);
      if (!isSomewhere || (!isNear && !isFirst)) return notNear;
      if (avoided.some((domains) => countIn(domains, labels) > 0)) return tooNear;
      if (unwelcoming.some((domains) => countIn(domains, labels) > 0)) return notWelcome;
      return undefined;
    },
  };
}

function wantedDomains(required: readonly AffinityTerm[], cluster: ClusterView): readonly Domains[] {
  if (required.length === 0) return [];
  const byNode = cluster.countsOf(queryOfTerms(required, cluster));
  return required.map(({ topologyKey }) => domainsOf(topologyKey, byNode, cluster));
}

/** Where pods are that do not want this one near them. */
function unwelcomingDomains(pod: PodInfo, cluster: ClusterView): readonly Domains[] {
  if (!cluster.hasPlacedTerms) return [];
  const domains: Domains[] = [];
  for (const { kind, term, byNode } of cluster.placedTerms()) {
    if (kind === 'requiredAnti' && termMatches(term, pod, cluster)) {
      domains.push(domainsOf(term.topologyKey, byNode, cluster));
    }
  }
  return domains;
}

function domainsOf(topologyKey: string, byNode: ReadonlyMap<string, number>, cluster: ClusterView): Domains {
  const counts = new Map<string, number>();
  for (const [name, count] of byNode) {
    const value = count > 0 ? cluster.node(name)?.labels[topologyKey] : undefined;
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return { topologyKey, counts };
}

function countIn({ topologyKey, counts }: Domains, labels: Readonly<Record<string, string>>): number {
  return counts.get(labels[topologyKey] ?? '') ?? 0;
}
