import type { KubeObject } from '../../api/index.ts';
import type { StoredEvent } from './stored-event.ts';

/** The changes of one resource since the last compaction, oldest first. */
export class History<T extends KubeObject> {
  #events: StoredEvent<T>[] = [];
  /** Where the kept part begins: compacted events are dropped in bulk, not one by one. */
  #start = 0;

  append(event: StoredEvent<T>): void {
    this.#events.push(event);
  }

  /** The events after `revision`, oldest first. */
  after(revision: number): readonly StoredEvent<T>[] {
    return this.#events.slice(this.#firstAfter(revision));
  }

  /** Drops the events up to and including `revision`. */
  compact(revision: number): void {
    const first = this.#firstAfter(revision);
    this.#events.fill(undefined as never, this.#start, first);
    this.#start = first;
    if (this.#start * 2 < this.#events.length) return;
    this.#events = this.#events.slice(this.#start);
    this.#start = 0;
  }

  #firstAfter(revision: number): number {
    let low = this.#start;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#events[middle]!.revision <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
