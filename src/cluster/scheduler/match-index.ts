import { matchesLabels } from '../../api/selectors/label-selector.ts';
import type { LabelQuery } from '../../api/selectors/label-selector.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

/** Which pods are meant. Equal queries have equal keys. */
export interface PodQuery {
  readonly key: string;
  /** Undefined: all. */
  readonly namespaces: ReadonlySet<string> | undefined;
  readonly selector: LabelQuery;
  readonly countsTerminating: boolean;
}

interface Counted {
  readonly query: PodQuery;
  readonly byNode: Map<string, number>;
}

/** More than a busy scheduler asks for at a time; each costs a comparison for each pod that comes or goes. */
const keptQueries = 200;

/**
 * How many pods match a selector on each node, for those selectors that were asked for lately. Upstream counts all pods
 * again for each pod it schedules; here the answer is kept up to date as pods come and go, so that the ten-thousandth
 * pod of a Deployment costs what the tenth did.
 */
export class MatchIndex {
  /** Least recently used first. */
  readonly #counted = new Map<string, Counted>();

  countsOf(query: PodQuery, nodes: Iterable<NodeInfo>): ReadonlyMap<string, number> {
    const known = this.#counted.get(query.key);
    if (known) {
      this.#counted.delete(query.key);
      this.#counted.set(query.key, known);
      return known.byNode;
    }
    const byNode = new Map<string, number>();
    for (const node of nodes) {
      let count = 0;
      for (const pod of node.pods.values()) if (matchesQuery(query, pod)) count++;
      if (count > 0) byNode.set(node.name, count);
    }
    this.#counted.set(query.key, { query, byNode });
    if (this.#counted.size > keptQueries) this.#counted.delete(this.#counted.keys().next().value!);
    return byNode;
  }

  podAdded(pod: PodInfo, nodeName: string): void {
    this.#count(pod, nodeName, 1);
  }

  podRemoved(pod: PodInfo, nodeName: string): void {
    this.#count(pod, nodeName, -1);
  }

  #count(pod: PodInfo, nodeName: string, by: 1 | -1): void {
    for (const { query, byNode } of this.#counted.values()) {
      if (matchesQuery(query, pod)) byNode.set(nodeName, (byNode.get(nodeName) ?? 0) + by);
    }
  }
}

export function matchesQuery(query: PodQuery, pod: PodInfo): boolean {
  if (query.namespaces && !query.namespaces.has(pod.namespace)) return false;
  if (!query.countsTerminating && pod.isTerminating) return false;
  return matchesLabels(query.selector, pod.pod.metadata.labels);
}
