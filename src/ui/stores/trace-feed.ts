import type { TraceMessage } from '../../api/index.ts';
import type { SimClient } from './sim-client.ts';

export interface TraceFeed {
  start(): void;
  /** At unlimited speed messages come by the hundred thousand: nobody could see them, and the page would drown. */
  stop(): void;
  /** After time was turned back: ids begin again. */
  restart(): void;
  subscribe(listener: (message: TraceMessage) => void): () => void;
}

/** The messages between the parts of the cluster, as they are sent. Kept by nobody here: they are for drawing. */
export function createTraceFeed(sim: SimClient): TraceFeed {
  const listeners = new Set<(message: TraceMessage) => void>();
  let abort = new AbortController();

  async function follow(signal: AbortSignal) {
    // Only what is sent from now on: what has been is not played again.
    let lastId = Number.MAX_SAFE_INTEGER;
    while (!signal.aborted) {
      try {
        for await (const message of sim.watchTrace(lastId, signal)) {
          lastId = message.id;
          for (const listener of listeners) listener(message);
        }
      } catch {
        if (signal.aborted) return;
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  function start() {
    abort.abort();
    abort = new AbortController();
    void follow(abort.signal);
  }

  return {
    start,
    stop: () => abort.abort(),
    restart: start,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
