import type { Drydock } from '../drydock.ts';

/** Virtual seconds per second. 0 is as fast as the machine allows. */
export const speeds = [0.25, 0.5, 1, 2, 5, 10, 60, 0] as const;

export const speedTitle = (speed: number): string => (speed === 0 ? 'Max' : `${speed}×`);

export interface TimeControls {
  readonly toggle: () => void;
  readonly step: () => void;
  readonly setSpeed: (speed: number) => void;
  readonly returnToLeftBranch: () => void;
}

export function timeControls({ sim, clock, overlay, returnToLeftBranch }: Drydock): TimeControls {
  const attempt = (action: () => Promise<unknown>) => {
    action().catch((error: unknown) => overlay.say(error instanceof Error ? error.message : String(error), 'bad'));
  };
  return {
    toggle: () => attempt(async () => clock.setState(await sim.setClock({ isPaused: !clock.getState().isPaused }))),
    setSpeed: (speed) => attempt(async () => clock.setState(await sim.setClock({ speed }))),
    returnToLeftBranch: () => attempt(returnToLeftBranch),
    step: () =>
      attempt(async () => {
        if (!clock.getState().isPaused) clock.setState(await sim.setClock({ isPaused: true }));
        const [stepped] = await sim.step();
        clock.setState({ stepped, ...(await sim.clock()) });
        await clock.refreshEvents();
      }),
  };
}
