import type { Pod } from '../../api/generated/types.ts';
import type { ObjectKey } from '../../api/index.ts';
import { keyOf } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { matchesLabels, queryFromLabels, queryFromLabelSelector } from '../../api/selectors/label-selector.ts';
import type { LabelQuery, LabelSelectorObject, Labels } from '../../api/selectors/label-selector.ts';
import { isPodActive, isPodReady, isPodTerminating, readySinceMs } from './pod-state.ts';

/** By what pods are judged. */
export interface TallyBasis {
  readonly selector: LabelSelectorObject;
  readonly templateLabels: Labels | undefined;
  readonly minReadySeconds: number;
}

interface Entry {
  readonly pod: Pod;
  readonly isMatching: boolean;
  readonly isActive: boolean;
  readonly isTerminating: boolean;
  readonly isReady: boolean;
  readonly isFullyLabeled: boolean;
}

/**
 * The pods of one ReplicaSet, counted as they change instead of each time somebody asks: one pod's news costs the same
 * whether it has ten siblings or ten thousand. Equal to counting afresh (a property test holds it to that).
 */
export class ReplicaTally {
  readonly #entries = new Map<ObjectKey, Entry>();
  /** Ready, but not for long enough: when they will count as available. */
  readonly #maturing = new Map<ObjectKey, number>();
  readonly #strays = new Set<ObjectKey>();
  #basis: TallyBasis | undefined;
  #selector: LabelQuery;
  #template: LabelQuery;
  #active = 0;
  #terminating = 0;
  #ready = 0;
  #available = 0;
  #fullyLabeled = 0;

  /** Pods that match the selector and have neither ended nor been told to. */
  get active(): number {
    return this.#active;
  }

  get terminating(): number {
    return this.#terminating;
  }

  get ready(): number {
    return this.#ready;
  }

  get fullyLabeled(): number {
    return this.#fullyLabeled;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Counts by these rules from now on. Costs nothing unless they changed. */
  judgeBy(basis: TallyBasis): void {
    if (this.#basis && isSameBasis(this.#basis, basis)) {
      this.#basis = basis;
      return;
    }
    const pods = [...this.#entries.values()].map((entry) => entry.pod);
    for (const pod of pods) this.remove(pod);
    this.#basis = basis;
    this.#selector = queryFromLabelSelector(basis.selector);
    this.#template = queryFromLabels(basis.templateLabels);
    for (const pod of pods) this.set(pod);
  }

  /** Ready for as long as minReadySeconds asks. */
  availableAt(nowMs: number): number {
    for (const [key, atMs] of this.#maturing) {
      if (atMs > nowMs) continue;
      this.#maturing.delete(key);
      this.#available++;
    }
    return this.#available;
  }

  /** When the next ready pod becomes available, if one is waiting to. */
  get nextAvailableMs(): number | undefined {
    let next: number | undefined;
    for (const atMs of this.#maturing.values()) if (next === undefined || atMs < next) next = atMs;
    return next;
  }

  activePods(): Pod[] {
    const pods: Pod[] = [];
    for (const entry of this.#entries.values()) if (entry.isActive) pods.push(entry.pod);
    return pods;
  }

  /** Owned, but its labels do not match the selector any more. */
  strays(): readonly Pod[] {
    return [...this.#strays].map((key) => this.#entries.get(key)!.pod);
  }

  set(pod: Pod): void {
    this.remove(pod);
    const key = keyOf(pod);
    const entry = this.#judge(pod);
    this.#entries.set(key, entry);
    this.#count(entry, 1);
    if (!entry.isMatching) this.#strays.add(key);
    if (entry.isActive && entry.isReady) this.#startMaturing(key, pod);
  }

  remove(pod: Pod): void {
    const key = keyOf(pod);
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#strays.delete(key);
    this.#count(entry, -1);
    if (entry.isActive && entry.isReady && !this.#maturing.delete(key)) this.#available--;
  }

  #judge(pod: Pod): Entry {
    const { labels } = pod.metadata;
    const isMatching = this.#basis === undefined || matchesLabels(this.#selector, labels);
    return {
      pod,
      isMatching,
      isActive: isMatching && isPodActive(pod),
      isTerminating: isMatching && isPodTerminating(pod),
      isReady: isPodReady(pod),
      isFullyLabeled: matchesLabels(this.#template, labels),
    };
  }

  #count(entry: Entry, by: 1 | -1): void {
    if (entry.isTerminating) this.#terminating += by;
    if (!entry.isActive) return;
    this.#active += by;
    if (entry.isReady) this.#ready += by;
    if (entry.isFullyLabeled) this.#fullyLabeled += by;
  }

  #startMaturing(key: ObjectKey, pod: Pod): void {
    const minReadyMs = (this.#basis?.minReadySeconds ?? 0) * 1000;
    const sinceMs = readySinceMs(pod);
    if (minReadyMs === 0) this.#available++;
    else this.#maturing.set(key, sinceMs === undefined ? Infinity : sinceMs + minReadyMs);
  }
}

function isSameBasis(a: TallyBasis, b: TallyBasis): boolean {
  return (
    a.minReadySeconds === b.minReadySeconds &&
    jsonEqual(a.selector, b.selector) &&
    jsonEqual(a.templateLabels, b.templateLabels)
  );
}
