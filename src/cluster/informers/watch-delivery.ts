import type { KubeObject, TracePlace } from '../../api/index.ts';
import type { RandomStream, VirtualClock } from '../../kernel/index.ts';
import type { Trace } from '../trace.ts';
import type { Delivery } from './shared-informer.ts';

interface Batch<T extends KubeObject> {
  readonly sentMs: number;
  readonly dueMs: number;
  readonly label: { readonly component: string; readonly action: string; subject: string };
  readonly deliveries: { readonly delivery: Delivery<T>; readonly messageId: number | undefined }[];
}

interface Receiver {
  readonly component: string;
  readonly resource: string;
  /** Where in the picture a message about this object arrives; undefined when nobody gets it. */
  readonly placeOf: (object: KubeObject) => TracePlace | undefined;
}

interface DeliveryParts {
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly random: RandomStream;
  readonly connection: Connection;
}

/** All watches of one component come over one connection: no news overtakes other news, whatever resource it is about. */
export interface Connection {
  /** When the latest news arrives that is under way, or has arrived. */
  latestDueMs: number;
}

const minLatencyMs = 1;
const maxLatencyMs = 5;
const apiserver: TracePlace = { type: 'apiserver', name: '' };

/**
 * Carries changes from the API server to a component: in order, a few milliseconds later. Changes of the same instant
 * travel together, as one event on the clock.
 */
export class WatchDelivery<T extends KubeObject> {
  readonly #to: Receiver;
  readonly #parts: DeliveryParts;
  readonly #take: (delivery: Delivery<T>) => void;
  #latest: Batch<T> | undefined;

  constructor(to: Receiver, parts: DeliveryParts, take: (delivery: Delivery<T>) => void) {
    this.#to = to;
    this.#parts = parts;
    this.#take = take;
  }

  send(delivery: Delivery<T>): void {
    const batch = this.#batch(delivery);
    const place = this.#to.placeOf(delivery.object);
    const messageId =
      place &&
      this.#parts.trace.record({
        sentMs: batch.sentMs,
        arrivesMs: batch.dueMs,
        kind: 'watch',
        from: apiserver,
        to: place,
        verb: delivery.type,
        subject: `${this.#to.resource}/${delivery.key}`,
      });
    batch.deliveries.push({ delivery, messageId });
  }

  #batch(delivery: Delivery<T>): Batch<T> {
    const { clock, random, connection } = this.#parts;
    const { component, resource } = this.#to;
    const latest = this.#latest;
    if (latest && latest.sentMs === clock.nowMs) {
      latest.label.subject = resource;
      return latest;
    }
    const dueMs = Math.max(clock.nowMs + random.integer(minLatencyMs, maxLatencyMs), connection.latestDueMs);
    connection.latestDueMs = dueMs;
    const label = { component, action: 'watch', subject: `${resource}/${delivery.key}` };
    const batch: Batch<T> = { sentMs: clock.nowMs, dueMs, label, deliveries: [] };
    this.#latest = batch;
    clock.schedule(dueMs - clock.nowMs, label, () => this.#deliver(batch));
    return batch;
  }

  #deliver(batch: Batch<T>): void {
    if (this.#latest === batch) this.#latest = undefined;
    const { trace } = this.#parts;
    for (const { delivery, messageId } of batch.deliveries) trace.during(messageId, () => this.#take(delivery));
  }
}
