import type { Cancel, VirtualClock } from './clock.ts';

/** Who gives processes their turns: the virtual clock inside the cluster, the page in the learner's terminal. */
export interface TurnScheduler {
  /** Milliseconds since 1970 as the processes see them. */
  nowMs(): number;
  /** Runs `run` after `delayMs` (0: as soon as those before it have run), never synchronously. */
  after(delayMs: number, run: () => void): Cancel;
}

/** Turns on the virtual clock. `component` labels them, e.g. `process default/web-1`. */
export function clockTurns(clock: VirtualClock, component: string): TurnScheduler {
  const label = { component, action: 'run' };
  return {
    nowMs: () => clock.nowMs,
    after: (delayMs, run) => clock.schedule(delayMs, label, run),
  };
}
