import type { ProcessExit } from './process.ts';
import { Process } from './process.ts';
import { waitFor, type Routine } from './routine.ts';
import type { TurnScheduler } from './turns.ts';

export interface SpawnOptions {
  readonly argv: readonly string[];
  /** Whose child it is; nobody's when absent. */
  readonly parent?: Process;
  readonly body: (process: Process) => Routine<number>;
}

/** The processes of one PID namespace: a container, or the learner's machine. */
export class ProcessTable {
  readonly turns: TurnScheduler;
  readonly #limit: number;
  readonly #processes = new Map<number, Process>();
  #lastPid = 0;

  /** @param limit how many processes may live at once (a fork bomb meets it) */
  constructor(turns: TurnScheduler, limit = 1024) {
    this.turns = turns;
    this.#limit = limit;
  }

  /** Starts a process; undefined when the table is full (fork's EAGAIN: "Resource temporarily unavailable"). */
  spawn({ argv, parent, body }: SpawnOptions): Process | undefined {
    if (this.#processes.size >= this.#limit) return undefined;
    const pid = ++this.#lastPid;
    const process = new Process({ pid, parentPid: parent?.pid ?? 0, argv }, this.turns, body);
    this.#processes.set(pid, process);
    process.onExit(() => {
      this.#processes.delete(pid);
      if (parent && !parent.exit) parent.signal('SIGCHLD');
      // The namespace goes down with its init.
      if (pid === 1) for (const other of this.list()) other.signal('SIGKILL');
    });
    return process;
  }

  get(pid: number): Process | undefined {
    return this.#processes.get(pid);
  }

  /** The living, by pid. */
  list(): readonly Process[] {
    return [...this.#processes.values()];
  }
}

/** Waits until a process has ended. */
export function* waitForExit(process: Process): Routine<ProcessExit> {
  return yield* waitFor<ProcessExit>((resume) => process.onExit(resume));
}

/** Sleeps, as in sleep(3). Use a negative or zero time to give others a turn. */
export function* sleep(turns: TurnScheduler, ms: number): Routine<void> {
  yield* waitFor<void>((resume) => turns.after(Math.max(0, ms), () => resume()));
}
