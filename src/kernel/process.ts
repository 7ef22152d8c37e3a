import type { Cancel } from './clock.ts';
import { ignoredByDefault, signalNumbers, type Signal } from './signal.ts';
import type { Effect, Routine } from './routine.ts';
import type { TurnScheduler } from './turns.ts';

/** How a process ended. A signal's exit code is 128 plus its number, as a shell reports it. */
export interface ProcessExit {
  readonly code: number;
  readonly signal?: Signal;
  /** What the program threw, when it broke instead of exiting. */
  readonly fault?: unknown;
}

type SignalHandler = (signal: Signal) => void;

/**
 * One running program. Its body is a routine; this class gives it turns, delivers signals and remembers how it ended.
 * As in Linux, process 1 of a namespace ignores every signal that it has no handler for, except SIGKILL.
 */
export class Process {
  readonly pid: number;
  readonly parentPid: number;
  /** argv, as `ps` shows it. execve(2) changes it. */
  argv: readonly string[];
  readonly startedMs: number;
  /** CPU time used so far, in milliseconds. */
  cpuMs = 0;

  readonly #turns: TurnScheduler;
  readonly #handlers = new Map<Signal, SignalHandler | 'ignore'>();
  readonly #exitListeners: ((exit: ProcessExit) => void)[] = [];
  readonly #body: Routine<number>;
  #exit: ProcessExit | undefined;
  #stopWaiting: Cancel | undefined;
  #isRunning = false;
  #killedBy: Signal | undefined;

  /** Made by a ProcessTable. */
  constructor(
    identity: { pid: number; parentPid: number; argv: readonly string[] },
    turns: TurnScheduler,
    body: (process: Process) => Routine<number>,
  ) {
    this.pid = identity.pid;
    this.parentPid = identity.parentPid;
    this.argv = identity.argv;
    this.startedMs = turns.nowMs();
    this.#turns = turns;
    this.#body = body(this);
    this.#stopWaiting = turns.after(0, () => this.#resume(undefined));
  }

  /** How it ended; undefined while it lives. */
  get exit(): ProcessExit | undefined {
    return this.#exit;
  }

  /** Calls back when the process has ended; at once when it already has. */
  onExit(listener: (exit: ProcessExit) => void): void {
    if (this.#exit) listener(this.#exit);
    else this.#exitListeners.push(listener);
  }

  /** Catches a signal (`trap` in a shell). SIGKILL and SIGSTOP cannot be caught. `'default'` takes the handler away. */
  handle(signal: Signal, handler: SignalHandler | 'ignore' | 'default'): void {
    if (handler === 'default') this.#handlers.delete(signal);
    else this.#handlers.set(signal, handler);
  }

  /** What is set for a signal, if anything. */
  handlerOf(signal: Signal): SignalHandler | 'ignore' | undefined {
    return this.#handlers.get(signal);
  }

  /** Sends a signal. The handler runs at once; without one the default action is taken. */
  signal(signal: Signal): void {
    if (this.#exit) return;
    const handler = signal === 'SIGKILL' || signal === 'SIGSTOP' ? undefined : this.#handlers.get(signal);
    if (handler === 'ignore') return;
    if (handler) return handler(signal);
    if (ignoredByDefault.has(signal)) return;
    if (this.pid === 1 && signal !== 'SIGKILL') return;
    this.#terminate(signal);
  }

  #terminate(signal: Signal): void {
    if (this.#isRunning) {
      // It signalled itself: it ends when it gives its turn back.
      this.#killedBy = signal;
      return;
    }
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#unwind();
    this.#end({ code: 128 + signalNumbers[signal], signal });
  }

  /** Runs the body's `finally` blocks; what they would wait for no longer matters. */
  #unwind(): void {
    this.#isRunning = true;
    try {
      this.#body.return(0);
    } catch {
      // A program that breaks while it is being killed is still just killed.
    } finally {
      this.#isRunning = false;
    }
  }

  #resume(value: unknown): void {
    this.#stopWaiting = undefined;
    this.#isRunning = true;
    let step: IteratorResult<Effect, number>;
    try {
      step = this.#body.next(value);
    } catch (fault) {
      this.#isRunning = false;
      this.#end({ code: 255, fault });
      return;
    }
    this.#isRunning = false;
    if (step.done) {
      const signal = this.#killedBy;
      this.#end(signal ? { code: 128 + signalNumbers[signal], signal } : { code: step.value & 0xff });
    } else if (this.#killedBy) this.#terminate(this.#killedBy);
    else this.#perform(step.value);
  }

  #perform(effect: Effect): void {
    if (effect.kind === 'tick') {
      this.cpuMs += effect.cpuMs;
      this.#stopWaiting = this.#turns.after(effect.cpuMs, () => this.#resume(undefined));
      return;
    }
    let isOver = false;
    const resume = (value: unknown) => {
      if (isOver) return;
      isOver = true;
      this.#stopWaiting = this.#turns.after(0, () => this.#resume(value));
    };
    const cancel = effect.start(resume);
    if (isOver) return;
    this.#stopWaiting = () => {
      isOver = true;
      cancel();
    };
  }

  #end(exit: ProcessExit): void {
    this.#exit = exit;
    for (const listener of this.#exitListeners.splice(0)) listener(exit);
  }
}
