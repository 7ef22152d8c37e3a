import type { TraceMessage } from '../../api/index.ts';

/** A message on its way over the map. Times are of the page's own clock, in milliseconds. */
export interface Flight {
  readonly message: TraceMessage;
  readonly startMs: number;
  readonly endMs: number;
  /** How many like it travel together. */
  count: number;
}

/** How much goes along one way when there is too much to draw each message. */
export interface Flow {
  readonly message: TraceMessage;
  heat: number;
}

const flightMs = 420;
/** A message waits for the one that caused it, but the picture must not fall further behind than this. */
const mostLagMs = 2_400;
const mostFlights = 48;
const togetherMs = 90;
const lingerMs = 350;

const wayOf = ({ from, to, kind }: TraceMessage) => `${from.type}/${from.name}>${to.type}/${to.name}:${kind}`;

/**
 * Decides when each message is seen. Virtual latencies are a few milliseconds, so a message is drawn as long as an eye
 * needs, after the one that caused it; what comes too thick to follow becomes a flow along its way.
 */
export class MessagePlayer {
  readonly flights: Flight[] = [];
  readonly flows = new Map<string, Flow>();
  readonly #endOf = new Map<number, number>();
  /** Time runs so fast that nobody could follow a single message: all of them become flows. */
  isFast = false;

  get isBusy(): boolean {
    return this.flights.length > 0 || this.flows.size > 0;
  }

  add(message: TraceMessage, nowMs: number): void {
    const way = wayOf(message);
    const caused = message.causeId === undefined ? undefined : this.#endOf.get(message.causeId);
    const startMs = Math.max(nowMs, caused ?? nowMs);
    const like = this.flights.find(
      (flight) => Math.abs(flight.startMs - startMs) < togetherMs && wayOf(flight.message) === way,
    );
    if (like && !this.isFast) {
      like.count++;
      this.#endOf.set(message.id, like.endMs);
    } else if (this.isFast || this.flights.length >= mostFlights || startMs - nowMs > mostLagMs) {
      const flow = this.flows.get(way);
      if (flow) flow.heat = Math.min(60, flow.heat + 1);
      else this.flows.set(way, { message, heat: 1 });
      this.#endOf.set(message.id, nowMs);
    } else {
      this.flights.push({ message, startMs, endMs: startMs + flightMs, count: 1 });
      this.#endOf.set(message.id, startMs + flightMs);
    }
    if (this.#endOf.size > 4_000) this.#forget(nowMs);
  }

  /** Drops what has arrived and lets flows cool. */
  advance(nowMs: number, elapsedMs: number): void {
    let kept = 0;
    for (const flight of this.flights) if (flight.endMs + lingerMs > nowMs) this.flights[kept++] = flight;
    this.flights.length = kept;
    const cooling = 0.5 ** (elapsedMs / 500);
    for (const [way, flow] of this.flows) {
      flow.heat *= cooling;
      if (flow.heat < 0.15) this.flows.delete(way);
    }
  }

  clear(): void {
    this.flights.length = 0;
    this.flows.clear();
    this.#endOf.clear();
  }

  #forget(nowMs: number): void {
    for (const [id, endMs] of this.#endOf) if (endMs < nowMs) this.#endOf.delete(id);
  }
}
