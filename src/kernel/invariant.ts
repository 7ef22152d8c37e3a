/** A broken assumption of the simulator itself, as opposed to a refusal by the API or a command that fails. */
export class SimulatorBug extends Error {
  override readonly name = 'SimulatorBug';
}

/** Throws a SimulatorBug unless `condition` holds. `claim` says what must hold. */
export function invariant(condition: unknown, claim: string): asserts condition {
  if (!condition) throw new SimulatorBug(`must hold: ${claim}`);
}
