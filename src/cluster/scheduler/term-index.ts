import type { AffinityTerm, PodAffinityTerms, PodInfo } from './pod-info.ts';

export type TermKind = keyof PodAffinityTerms;

/** A term that placed pods have, and on which nodes how many of them. */
export interface PlacedTerm {
  readonly kind: TermKind;
  readonly term: AffinityTerm;
  readonly byNode: Map<string, number>;
}

const kinds: readonly TermKind[] = ['required', 'requiredAnti', 'preferred', 'preferredAnti'];

/**
 * The affinity terms of the pods that have a place already: they have a say in where the next pod goes. The pods of one
 * Deployment share their terms, so there are few different ones however many pods there are.
 */
export class TermIndex {
  readonly #terms = new Map<string, PlacedTerm>();

  terms(): Iterable<PlacedTerm> {
    return this.#terms.values();
  }

  get isEmpty(): boolean {
    return this.#terms.size === 0;
  }

  podAdded(pod: PodInfo, nodeName: string): void {
    this.#count(pod, nodeName, 1);
  }

  podRemoved(pod: PodInfo, nodeName: string): void {
    this.#count(pod, nodeName, -1);
  }

  #count(pod: PodInfo, nodeName: string, by: 1 | -1): void {
    for (const kind of kinds) for (const term of pod.affinity[kind]) this.#countTerm(kind, term, nodeName, by);
  }

  #countTerm(kind: TermKind, term: AffinityTerm, nodeName: string, by: 1 | -1): void {
    const key = `${kind} ${term.key}`;
    let placed = this.#terms.get(key);
    if (!placed) this.#terms.set(key, (placed = { kind, term, byNode: new Map() }));
    const count = (placed.byNode.get(nodeName) ?? 0) + by;
    if (count > 0) placed.byNode.set(nodeName, count);
    else placed.byNode.delete(nodeName);
    if (placed.byNode.size === 0) this.#terms.delete(key);
  }
}
