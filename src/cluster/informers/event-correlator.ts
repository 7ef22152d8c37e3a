import type { Event } from '../../api/generated/types.ts';
import { RecentMap } from './recent-map.ts';

/** An Event before it is written: what it says, and how often it was seen. */
export type EventDraft = Omit<Event, 'metadata'> & {
  readonly metadata: { readonly name: string; readonly namespace: string };
};

/** Upstream keeps 4096 entries, the least recently used go first; here between 4096 and twice as many are kept. */
const cacheSize = 8192;
const aggregateAfter = 10;
const aggregateWindowMs = 600_000;
const burst = 25;
const refillMs = 300_000;

interface Observation {
  readonly name: string;
  readonly count: number;
  readonly firstTimestamp: string | undefined;
}

/**
 * Keeps floods of Events small: counts up what is the same, combines what differs in its message only, and stops a
 * source that says too much about one object.
 * Upstream: client-go/tools/record/events_cache.go
 */
export class EventCorrelator {
  readonly #aggregates = new RecentMap<{ readonly messages: readonly string[]; readonly atMs: number }>(cacheSize);
  readonly #observations = new RecentMap<Observation>(cacheSize);
  readonly #budgets = new RecentMap<{ tokens: number; readonly atMs: number }>(cacheSize);

  /** @returns the Event to write and whether it exists already; undefined when it is to be dropped */
  correlate(event: EventDraft, nowMs: number): { readonly event: EventDraft; readonly exists: boolean } | undefined {
    // The source is always the same: each has a correlator of its own.
    const object = event.involvedObject.uid ?? `${event.involvedObject.kind}/${event.involvedObject.name}`;
    const reasonKey = `${object}|${event.type}|${event.reason}`;
    const isAggregate = this.#aggregate(reasonKey, event.message ?? '', nowMs);
    const combined = isAggregate ? { ...event, message: `(combined from similar events): ${event.message}` } : event;
    const key = isAggregate ? reasonKey : `${reasonKey}|${event.involvedObject.fieldPath ?? ''}|${event.message}`;
    const known = this.#observations.get(key);
    const observed = known
      ? {
          ...combined,
          metadata: { ...combined.metadata, name: known.name },
          count: known.count + 1,
          firstTimestamp: known.firstTimestamp,
        }
      : combined;
    this.#observations.set(key, {
      name: observed.metadata.name,
      count: observed.count ?? 1,
      firstTimestamp: observed.firstTimestamp,
    });
    if (!this.#mayWrite(`${object}|${event.type}`, nowMs)) return undefined;
    return { event: observed as EventDraft, exists: known !== undefined };
  }

  /** Whether ten different messages with the same reason have come within ten minutes. */
  #aggregate(key: string, message: string, nowMs: number): boolean {
    const known = this.#aggregates.get(key);
    const isFresh = known !== undefined && nowMs - known.atMs <= aggregateWindowMs;
    const messages = isFresh ? known.messages : [];
    const all = messages.includes(message) ? messages : [...messages, message];
    const isMany = all.length >= aggregateAfter;
    // The list must not grow beyond the limit.
    this.#aggregates.set(key, { messages: isMany ? all.slice(1) : all, atMs: nowMs });
    return isMany;
  }

  /** A budget of 25 for each source and object, and one more every five minutes. */
  #mayWrite(key: string, nowMs: number): boolean {
    const known = this.#budgets.get(key);
    const tokens = known ? Math.min(burst, known.tokens + (nowMs - known.atMs) / refillMs) : burst;
    const isAllowed = tokens >= 1;
    this.#budgets.set(key, { tokens: isAllowed ? tokens - 1 : tokens, atMs: nowMs });
    return isAllowed;
  }
}
