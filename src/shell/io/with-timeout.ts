import type { Routine, TurnScheduler } from '../../kernel/index.ts';
import { drive, Interruption } from '../interpreter/steps.ts';

class TimedOut extends Error {}

/** Runs a routine for so long at most; undefined when the time was up. It is unwound where it waits. */
export function* withTimeout<T>(turns: TurnScheduler, timeoutMs: number, routine: Routine<T>): Routine<T | undefined> {
  if (!Number.isFinite(timeoutMs)) return yield* routine;
  const interruption = new Interruption();
  const cancel = turns.after(timeoutMs, () => interruption.request(new TimedOut()));
  try {
    return yield* drive(routine, interruption);
  } catch (thrown) {
    if (thrown instanceof TimedOut) return undefined;
    throw thrown;
  } finally {
    cancel();
  }
}
