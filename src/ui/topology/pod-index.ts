import type { ObjectKey } from '../../api/index.ts';
import type { Pod } from '../../api/generated/types.ts';
import type { Change } from '../stores/resource-store.ts';
import { isSameMark, markOf } from './pod-mark.ts';
import type { PodState } from './pod-state.ts';
import type { PodMark } from './scene.ts';
import { SlotTable } from './slot-table.ts';

export interface Tally {
  total: number;
  ready: number;
}

export interface NodeTally {
  readonly slots: SlotTable;
  readonly counts: Partial<Record<PodState, number>>;
  /** Grows when anything in it changes. */
  revision: number;
}

/** The visible pods: their marks, their places, and how many are in which state, kept up change by change. */
export class PodIndex {
  readonly marks = new Map<ObjectKey, PodMark>();
  /** Pods by owner (`ReplicaSet/default/web-1`). */
  readonly owners = new Map<string, Tally>();
  readonly #nodes = new Map<string, NodeTally>();
  #list: readonly PodMark[] | undefined;

  /** All marks; the same array until something changes. */
  get list(): readonly PodMark[] {
    return (this.#list ??= [...this.marks.values()]);
  }

  /** What is on a node; the empty name stands for the tray. */
  node(name: string): NodeTally {
    let tally = this.#nodes.get(name);
    if (!tally) this.#nodes.set(name, (tally = { slots: new SlotTable(), counts: {}, revision: 0 }));
    return tally;
  }

  clear(): void {
    this.marks.clear();
    this.owners.clear();
    this.#nodes.clear();
    this.#list = undefined;
  }

  /** True when something that is drawn changed. */
  apply({ key, after }: Change<Pod>): boolean {
    const before = this.marks.get(key);
    // A pod that was deleted and made again under its name is another pod.
    if (before && (before.uid !== after?.metadata.uid || before.nodeName !== (after.spec.nodeName ?? ''))) {
      this.node(before.nodeName).slots.release(before.uid);
    }
    const mark = after && markOf(after, this.node(after.spec.nodeName ?? '').slots.take(after.metadata.uid));
    if (before && mark && isSameMark(before, mark)) return false;
    if (before) this.#count(before, -1);
    if (mark) {
      this.#count(mark, 1);
      this.marks.set(key, mark);
    } else {
      this.marks.delete(key);
    }
    this.#list = undefined;
    return before !== undefined || mark !== undefined;
  }

  #count(mark: PodMark, by: 1 | -1): void {
    const node = this.node(mark.nodeName);
    node.counts[mark.state] = (node.counts[mark.state] ?? 0) + by;
    node.revision++;
    if (!mark.ownerId) return;
    let tally = this.owners.get(mark.ownerId);
    if (!tally) this.owners.set(mark.ownerId, (tally = { total: 0, ready: 0 }));
    tally.total += by;
    if (mark.state === 'ready') tally.ready += by;
    if (tally.total === 0) this.owners.delete(mark.ownerId);
  }
}
