import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClockEvent, ClockState } from '../../api/index.ts';
import type { SimClient } from './sim-client.ts';

export interface TimeState extends ClockState {
  /** When the cluster began. */
  readonly startMs: number;
  /** The latest labelled events, oldest first. */
  readonly events: readonly ClockEvent[];
  /** What the last step ran. */
  readonly stepped: ClockEvent | undefined;
  readonly isKnown: boolean;
  /** The branch of time that was left when one last went back: one can return to it. */
  readonly left: LeftBranch | undefined;
}

export interface LeftBranch {
  /** As `/sim/journal` gives it and takes it. */
  readonly session: unknown;
  /** How far it had come. */
  readonly atMs: number;
}

export interface ClockStore extends StoreApi<TimeState> {
  start(): void;
  refreshEvents(): Promise<void>;
}

const keptEvents = 600;

/** Virtual time as the page knows it: the clock's stream, and the labelled events of the last minutes. */
export function createClockStore(sim: SimClient): ClockStore {
  const store = createStore<TimeState>(() => ({
    nowMs: 0,
    startMs: 0,
    isPaused: false,
    speed: 1,
    executed: 0,
    events: [],
    stepped: undefined,
    isKnown: false,
    left: undefined,
  }));
  let isRefreshing = false;
  let eventsAt = -1;

  async function refreshEvents() {
    const { executed } = store.getState();
    if (isRefreshing || executed === eventsAt) return;
    isRefreshing = true;
    try {
      const events = await sim.events(keptEvents);
      eventsAt = executed;
      store.setState({ events });
    } finally {
      isRefreshing = false;
    }
  }

  async function follow() {
    for (;;) {
      try {
        for await (const clock of sim.watchClock(new AbortController().signal)) {
          store.setState({ ...clock, isKnown: true });
        }
      } catch {
        // The worker is away; the resource watches show that. Try again.
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  return Object.assign(store, {
    refreshEvents,
    start() {
      void follow();
      setInterval(() => void refreshEvents().catch(() => undefined), 500);
    },
  });
}
