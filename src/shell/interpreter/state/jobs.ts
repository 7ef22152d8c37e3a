import type { Process, ProcessExit } from '../../../kernel/index.ts';

/** A pipeline that the shell started in the background, or that it waits for. */
export interface Job {
  readonly number: number;
  /** Its last process is the one whose status counts. */
  readonly processes: readonly Process[];
  readonly text: string;
  exit: ProcessExit | undefined;
  isStopped: boolean;
  /** Whether the user was told that it ended. */
  isReported: boolean;
}

/** The jobs of a shell, the oldest first. */
export class JobTable {
  readonly #jobs: Job[] = [];
  /** Statuses of children that have ended, for `wait pid`. */
  readonly #statuses = new Map<number, number>();

  add(processes: readonly Process[], text: string): Job {
    const number = Math.max(0, ...this.#jobs.map((job) => job.number)) + 1;
    const job: Job = { number, processes, text, exit: undefined, isStopped: false, isReported: false };
    this.#jobs.push(job);
    const last = processes.at(-1)!;
    last.onExit((exit) => {
      job.exit = exit;
      job.isStopped = false;
      this.#statuses.set(last.pid, exit.code);
    });
    return job;
  }

  remove(job: Job): void {
    const index = this.#jobs.indexOf(job);
    if (index >= 0) this.#jobs.splice(index, 1);
  }

  /** All of them, as they are now. */
  get list(): readonly Job[] {
    return [...this.#jobs];
  }

  get running(): readonly Job[] {
    return this.#jobs.filter((job) => !job.exit);
  }

  /** `%+`: the one that `fg` means, stopped jobs before running ones. */
  get current(): Job | undefined {
    return this.#jobs.findLast((job) => job.isStopped) ?? this.#jobs.at(-1);
  }

  get previous(): Job | undefined {
    const { current } = this;
    return this.#jobs.findLast((job) => job !== current);
  }

  statusOf(pid: number): number | undefined {
    return this.#statuses.get(pid);
  }

  byPid(pid: number): Job | undefined {
    return this.#jobs.find((job) => job.processes.some((process) => process.pid === pid));
  }

  /** `%1`, `%%`, `%-`, `%name`, `%?text` */
  bySpec(spec: string): Job | undefined {
    const text = spec.slice(1);
    if (text === '' || text === '%' || text === '+') return this.current;
    if (text === '-') return this.previous;
    if (/^\d+$/.test(text)) return this.#jobs.find((job) => job.number === Number(text));
    return this.#jobs.find((job) =>
      text.startsWith('?') ? job.text.includes(text.slice(1)) : job.text.startsWith(text),
    );
  }
}
