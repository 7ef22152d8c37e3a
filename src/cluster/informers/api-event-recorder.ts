import { ApiError, type KubeObject } from '../../api/index.ts';
import type { Event } from '../../api/generated/types.ts';
import { checkDns1123Subdomain } from '../../api/names.ts';
import type { RandomStream, VirtualClock } from '../../kernel/index.ts';
import { events } from '../apiserver/registry/index.ts';
import type { ApiClient } from './api-client.ts';
import { EventCorrelator, type EventDraft } from './event-correlator.ts';
import type { EventRecorder } from './event-recorder.ts';

export interface EventSource {
  /** `deployment-controller`, `kubelet` */
  readonly component: string;
  /** The node, for what runs on one. */
  readonly host?: string;
}

export interface RecorderParts {
  readonly clock: VirtualClock;
  readonly random: RandomStream;
  /** RFC 3339, whole seconds. */
  readonly now: () => string;
}

/**
 * Records Events through the API.
 * Upstream: client-go/tools/record/event.go
 */
export class ApiEventRecorder implements EventRecorder {
  readonly #client: ApiClient;
  readonly #clock: VirtualClock;
  readonly #random: RandomStream;
  readonly #source: EventSource;
  readonly #now: () => string;
  readonly #correlator = new EventCorrelator();

  constructor(client: ApiClient, source: EventSource, parts: RecorderParts) {
    this.#client = client;
    this.#source = source;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#now = parts.now;
  }

  record(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, fieldPath?: string): void {
    const correlated = this.#correlator.correlate(
      this.#draft(about, type, reason, message, fieldPath),
      this.#clock.nowMs,
    );
    if (!correlated) return;
    const client = this.#client.resource<Event>(events);
    const { event } = correlated;
    try {
      const written =
        correlated.exists &&
        client.modify(event.metadata.namespace, event.metadata.name, (stored) => ({
          ...stored,
          ...(event.count !== undefined && { count: event.count }),
          ...(event.message !== undefined && { message: event.message }),
          ...(event.lastTimestamp !== undefined && { lastTimestamp: event.lastTimestamp }),
        }));
      if (!written) client.create(event);
    } catch (error) {
      // An Event that the API refuses (its namespace is going) is dropped, as upstream does.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  #draft(about: KubeObject, type: string, reason: string, message: string, fieldPath: string | undefined): EventDraft {
    const now = this.#now();
    const { name, namespace, uid, resourceVersion } = about.metadata;
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: this.#nameFor(name), namespace: namespace || 'default' },
      involvedObject: {
        kind: about.kind,
        ...(namespace && { namespace }),
        name,
        uid,
        apiVersion: about.apiVersion,
        resourceVersion,
        ...(fieldPath !== undefined && { fieldPath }),
      },
      reason,
      message,
      source: this.#source,
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type,
      reportingComponent: this.#source.component,
      reportingInstance: this.#source.host ?? '',
    };
  }

  /** Upstream appends the time in nanoseconds; what our milliseconds lack is drawn. */
  #nameFor(name: string): string {
    const full = `${name}.${nanosecondsInHex(this.#clock.nowMs, this.#random.integer(0, 999_999))}`;
    return checkDns1123Subdomain(full).length === 0 ? full : this.#random.uuid();
  }
}

const part = 2 ** 24;

/** `ms` × 1,000,000 + `more`, which is too large a number to be exact: counted in two halves. */
function nanosecondsInHex(ms: number, more: number): string {
  const whole = Math.floor(ms);
  const low = (whole % part) * 1_000_000 + more;
  const high = Math.floor(whole / part) * 1_000_000 + Math.floor(low / part);
  return high.toString(16) + (low % part).toString(16).padStart(6, '0');
}
