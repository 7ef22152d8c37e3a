import type { ClockEvent, ClockState, Fault, SchedulingDecision, TraceMessage } from '../../api/index.ts';
import type { KubeApi } from '../../client/index.ts';
import { requestJson, requestStream } from './api-request.ts';
import { readJsonLines } from './json-lines.ts';

/** Time, messages and accidents: the `/sim/` part of the handler, which only the simulator has. */
export interface SimClient {
  readonly clock: () => Promise<ClockState>;
  readonly watchClock: (signal: AbortSignal) => AsyncGenerator<ClockState, void>;
  readonly setClock: (change: { readonly isPaused?: boolean; readonly speed?: number }) => Promise<ClockState>;
  readonly step: (count?: number) => Promise<readonly ClockEvent[]>;
  readonly events: (limit: number) => Promise<readonly ClockEvent[]>;
  readonly watchTrace: (afterId: number, signal: AbortSignal) => AsyncGenerator<TraceMessage, void>;
  readonly why: (resource: string, namespace: string | undefined, name: string) => Promise<readonly TraceMessage[]>;
  /** What the scheduler last decided about a pod; undefined when it no longer knows, or has not tried. */
  readonly scheduling: (namespace: string, name: string) => Promise<SchedulingDecision | undefined>;
  readonly faults: () => Promise<readonly Fault[]>;
  readonly addFault: (fault: Fault) => Promise<readonly Fault[]>;
  readonly removeFault: (fault: Fault) => Promise<readonly Fault[]>;
  readonly journal: () => Promise<unknown>;
  /** Plays a session that `journal` gave, in place of this one. */
  readonly play: (session: unknown) => Promise<ClockState>;
  /** Runs on by so much virtual time, as fast as the machine allows. */
  readonly run: (forMs: number) => Promise<ClockState>;
  /** Another cluster, new, in place of this one. */
  readonly startOver: (cluster: NewCluster) => Promise<ClockState>;
  readonly seek: (atMs: number) => Promise<ClockState>;
}

export interface NewCluster {
  readonly seed: number;
  readonly epochMs: number;
  readonly nodes: number;
}

export function createSimClient(api: KubeApi): SimClient {
  async function* stream<T>(path: string, signal: AbortSignal): AsyncGenerator<T, void> {
    yield* readJsonLines<T>(await requestStream(api, path, { signal }));
  }
  const send = <T>(method: string, path: string, body: unknown) => requestJson<T>(api, path, { method, body });

  return {
    clock: () => requestJson(api, '/sim/clock'),
    watchClock: (signal) => stream('/sim/clock?watch=true', signal),
    setClock: (change) => send('PATCH', '/sim/clock', change),
    step: async (count = 1) => (await send<{ events: ClockEvent[] }>('POST', '/sim/step', { count })).events,
    events: async (limit) => (await requestJson<{ events: ClockEvent[] }>(api, `/sim/events?limit=${limit}`)).events,
    watchTrace: (afterId, signal) => stream(`/sim/trace?afterId=${afterId}&watch=true`, signal),
    why: async (resource, namespace, name) => {
      const query = new URLSearchParams({ resource, namespace: namespace ?? '', name });
      return (await requestJson<{ messages: TraceMessage[] }>(api, `/sim/why?${query}`)).messages;
    },
    scheduling: async (namespace, name) => {
      const query = new URLSearchParams({ namespace, name });
      return (await requestJson<{ decision?: SchedulingDecision }>(api, `/sim/scheduling?${query}`)).decision;
    },
    faults: async () => (await requestJson<{ faults: Fault[] }>(api, '/sim/faults')).faults,
    addFault: async (fault) => (await send<{ faults: Fault[] }>('POST', '/sim/faults', fault)).faults,
    removeFault: async (fault) => (await send<{ faults: Fault[] }>('DELETE', '/sim/faults', fault)).faults,
    journal: () => requestJson(api, '/sim/journal'),
    play: (session) => send('POST', '/sim/journal', session),
    run: (forMs) => send('POST', '/sim/run', { forMs }),
    startOver: (options) => {
      const end = { atMs: options.epochMs, executed: 0 };
      return send('POST', '/sim/journal', { format: 'drydock.session/1', options, entries: [], end });
    },
    seek: (atMs) => send('POST', '/sim/seek', { atMs }),
  };
}
