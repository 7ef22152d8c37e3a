import { matchesLabels } from '../../api/selectors/label-selector.ts';
import type { ClusterView } from './cluster-view.ts';
import type { PodQuery } from './match-index.ts';
import type { AffinityTerm, PodInfo } from './pod-info.ts';

/** Whether a term of one pod means the other. Upstream: pkg/scheduler/framework/types.go AffinityTerm.Matches */
export function termMatches(term: AffinityTerm, pod: PodInfo, cluster: ClusterView): boolean {
  const isInNamespace =
    term.namespaces.has(pod.namespace) || matchesLabels(term.namespaceSelector, cluster.namespaceLabels(pod.namespace));
  return isInNamespace && matchesLabels(term.selector, pod.pod.metadata.labels);
}

/** The pods that a term means, as a query. */
export function queryOfTerm(term: AffinityTerm, cluster: ClusterView): PodQuery {
  const namespaces = namespacesOf(term, cluster);
  const names = namespaces ? [...namespaces].toSorted().join(',') : '*';
  return {
    key: `affinity ${names} ${term.key}`,
    namespaces,
    selector: term.selector,
    countsTerminating: true,
  };
}

/** The pods that all terms mean at once: required affinity counts only those. */
export function queryOfTerms(terms: readonly AffinityTerm[], cluster: ClusterView): PodQuery {
  const queries = terms.map((term) => queryOfTerm(term, cluster));
  const first = queries[0]!;
  if (queries.length === 1) return first;
  const namespaces = queries
    .map((query) => query.namespaces)
    .reduce((a, b) => (a && b ? new Set([...a].filter((name) => b.has(name))) : (a ?? b)));
  return {
    key: queries.map(({ key }) => key).join(' & '),
    namespaces,
    selector: queries.flatMap(({ selector }) => selector ?? []),
    countsTerminating: true,
  };
}

function namespacesOf(term: AffinityTerm, cluster: ClusterView): ReadonlySet<string> | undefined {
  if (!term.namespaceSelector) return term.namespaces;
  if (term.namespaceSelector.length === 0) return undefined;
  const names = new Set(term.namespaces);
  for (const name of cluster.namespaceNames()) {
    if (matchesLabels(term.namespaceSelector, cluster.namespaceLabels(name))) names.add(name);
  }
  return names;
}
