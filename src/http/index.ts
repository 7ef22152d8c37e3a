export { fetchAllCode } from './code-sources.ts';
export { Pacer, type PacerHost, type PacerState } from './pacer.ts';
export { serve } from './serve.ts';
export type { SessionInput, SessionOptions } from './session-input.ts';
export { realHost, Simulation, type SimulationOptions } from './simulation.ts';
export { SimulatorSession, type SavedSession } from './simulator-session.ts';
