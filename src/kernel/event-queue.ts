import type { Label } from './label.ts';

export interface QueuedEvent {
  readonly dueMs: number;
  readonly order: number;
  readonly label: Label;
  readonly run: () => void;
  cancelled: boolean;
}

/**
 * A binary heap over (due time, order of scheduling). A cancelled event stays in the heap until it surfaces, and
 * the heap is rebuilt when most of it is cancelled, so timers that are always reset (probes, leases) cost no memory.
 */
export class EventQueue {
  #heap: QueuedEvent[] = [];
  #order = 0;
  #cancelled = 0;

  /** Events that wait and are not cancelled. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  push(dueMs: number, label: Label, run: () => void): QueuedEvent {
    const event: QueuedEvent = { dueMs, order: this.#order++, label, run, cancelled: false };
    this.#heap.push(event);
    this.#siftUp(this.#heap.length - 1);
    return event;
  }

  cancel(event: QueuedEvent): void {
    if (event.cancelled) return;
    event.cancelled = true;
    this.#cancelled++;
    if (this.#cancelled > 64 && this.#cancelled * 2 > this.#heap.length) this.#sweep();
  }

  peek(): QueuedEvent | undefined {
    while (this.#heap[0]?.cancelled) {
      this.#removeTop();
      this.#cancelled--;
    }
    return this.#heap[0];
  }

  pop(): QueuedEvent | undefined {
    const event = this.peek();
    if (!event) return undefined;
    this.#removeTop();
    // From here on a late cancel must not count as one of the heap's.
    event.cancelled = true;
    return event;
  }

  #sweep(): void {
    this.#heap = this.#heap.filter((event) => !event.cancelled).sort(compare);
    this.#cancelled = 0;
  }

  #removeTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown();
  }

  #siftUp(start: number): void {
    const heap = this.#heap;
    const event = heap[start]!;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (compare(heap[parent]!, event) <= 0) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = event;
  }

  #siftDown(): void {
    const heap = this.#heap;
    const event = heap[0]!;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) < 0) child++;
      if (compare(event, heap[child]!) <= 0) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = event;
  }
}

function compare(a: QueuedEvent, b: QueuedEvent): number {
  return a.dueMs - b.dueMs || a.order - b.order;
}
