import type { Labels } from '../../api/selectors/label-selector.ts';
import type { ClusterView, StorageView } from './cluster-view.ts';
import { matchesQuery } from './match-index.ts';
import type { PodQuery } from './match-index.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';
import { TermIndex } from './term-index.ts';
import type { PlacedTerm } from './term-index.ts';

/** The cluster as it would be if one node had other pods: some gone, some more. */
export class HypotheticalView implements ClusterView {
  readonly #base: ClusterView;
  readonly #node: NodeInfo;
  readonly #gone: readonly PodInfo[];
  readonly #extra: readonly PodInfo[];

  /** @param node a copy of the node that has the other pods already */
  constructor(base: ClusterView, node: NodeInfo, gone: readonly PodInfo[], extra: readonly PodInfo[]) {
    this.#base = base;
    this.#node = node;
    this.#gone = gone;
    this.#extra = extra;
  }

  get nodes(): readonly NodeInfo[] {
    return this.#base.nodes;
  }

  node(name: string): NodeInfo | undefined {
    return name === this.#node.name ? this.#node : this.#base.node(name);
  }

  countsOf(query: PodQuery): ReadonlyMap<string, number> {
    const counts = this.#base.countsOf(query);
    const matching = (pods: readonly PodInfo[]): number => pods.filter((pod) => matchesQuery(query, pod)).length;
    const change = matching(this.#extra) - matching(this.#gone);
    if (change === 0) return counts;
    return new Map(counts).set(this.#node.name, (counts.get(this.#node.name) ?? 0) + change);
  }

  placedTerms(): Iterable<PlacedTerm> {
    const changed = new TermIndex();
    for (const pod of this.#node.pods.values()) changed.podAdded(pod, this.#node.name);
    const others = [...this.#base.placedTerms()].map(({ kind, term, byNode }): PlacedTerm => {
      const elsewhere = new Map(byNode);
      elsewhere.delete(this.#node.name);
      return { kind, term, byNode: elsewhere };
    });
    return [...others, ...changed.terms()];
  }

  get hasPlacedTerms(): boolean {
    return this.#base.hasPlacedTerms || this.#extra.length > 0;
  }

  nodesWithImage(name: string): number {
    return this.#base.nodesWithImage(name);
  }

  namespaceLabels(namespace: string): Labels | undefined {
    return this.#base.namespaceLabels(namespace);
  }

  namespaceNames(): Iterable<string> {
    return this.#base.namespaceNames();
  }

  get storage(): StorageView {
    return this.#base.storage;
  }

  siblingsOf(pod: PodInfo): PodQuery | undefined {
    return this.#base.siblingsOf(pod);
  }
}
