import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RequestNews, TraceMessage } from '../../api/index.ts';
import type { KubeApi } from '../../client/index.ts';
import type { ObjectRef } from '../stores/selection-store.ts';

/** A request to send: from where, and to what. */
export interface Order {
  /** The service that it is for. */
  readonly target: ObjectRef;
  /** `outside`, `nodes/NAME` or `pods/NAMESPACE/NAME`. */
  readonly from: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

export type Outcome = Exclude<RequestNews, { readonly type: 'hop' }>;

/** A request on its way, and once it is over. */
export interface Journey {
  /** Counts up: each is drawn anew. */
  readonly id: number;
  readonly order: Order;
  readonly hops: readonly TraceMessage[];
  readonly outcome: Outcome | undefined;
}

export interface JourneyState {
  readonly journey: Journey | undefined;
}

export interface JourneyStore extends StoreApi<JourneyState> {
  /** Sends a request; the one before is forgotten. */
  send(order: Order): void;
  clear(): void;
}

/** The one request whose path is shown. How it is sent is loaded with the first. */
export function createJourneyStore(api: KubeApi, complain: (problem: string) => void): JourneyStore {
  const store = createStore<JourneyState>(() => ({ journey: undefined }));
  let abort = new AbortController();
  let lastId = 0;

  async function follow(order: Order, id: number, signal: AbortSignal) {
    const { sendRequest } = await import('./send-request.ts');
    const update = (change: (journey: Journey) => Partial<Journey>) =>
      store.setState(({ journey }) => (journey?.id === id ? { journey: { ...journey, ...change(journey) } } : {}));
    for await (const news of sendRequest(api, order, signal)) {
      if (news.type === 'hop') update(({ hops }) => ({ hops: [...hops, news.hop] }));
      else update(() => ({ outcome: news }));
    }
  }

  function clear() {
    abort.abort();
    if (store.getState().journey) store.setState({ journey: undefined });
  }

  return Object.assign(store, {
    clear,
    send(order: Order) {
      clear();
      abort = new AbortController();
      const { signal } = abort;
      const id = ++lastId;
      store.setState({ journey: { id, order, hops: [], outcome: undefined } });
      follow(order, id, signal).catch((error: unknown) => {
        if (signal.aborted) return;
        clear();
        complain(error instanceof Error ? error.message : String(error));
      });
    },
  });
}
