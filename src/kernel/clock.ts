import type { CodePart } from './code-part.ts';
import { EventQueue, type QueuedEvent } from './event-queue.ts';
import { invariant } from './invariant.ts';
import type { Label } from './label.ts';

/** Takes a scheduled event back. Calling it twice, or after the event ran, does nothing. */
export type Cancel = () => void;

/** What just ran on the clock. */
export interface ExecutedEvent {
  readonly atMs: number;
  readonly label: Label;
}

/**
 * The only time there is inside the cluster. Nothing moves unless somebody runs the clock, so a pause is a pause.
 * Events run in the order of their due time, and among equals in the order in which they were scheduled.
 */
export class VirtualClock {
  readonly #queue = new EventQueue();
  readonly #alarms = new EventQueue();
  #nowMs: number;
  #executed = 0;
  #observer: ((event: ExecutedEvent) => void) | undefined;
  #awaited: CodePart[] = [];

  /** @param epochMs the virtual time at the start, in milliseconds since 1970 */
  constructor(epochMs: number) {
    this.#nowMs = epochMs;
  }

  /** Virtual time in milliseconds since 1970. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** How many events have run: with the time, the exact position in a run. */
  get executed(): number {
    return this.#executed;
  }

  /** How many events wait. */
  get pending(): number {
    return this.#queue.size;
  }

  /** The next event, without running it. */
  peek(): { readonly dueMs: number; readonly label: Label } | undefined {
    return this.#queue.peek();
  }

  /** One observer sees every event after it ran (the timeline). It must not touch the cluster. */
  observe(observer: (event: ExecutedEvent) => void): void {
    this.#observer = observer;
  }

  /** Runs `run` once, `delayMs` (0 or more) from now. */
  schedule(delayMs: number, label: Label, run: () => void): Cancel {
    invariant(delayMs >= 0, `a delay is not negative (${label.component} ${label.action}: ${delayMs})`);
    const event = this.#queue.push(this.#nowMs + delayMs, label, run);
    return () => this.#queue.cancel(event);
  }

  /**
   * Calls `ring` once time has come to `atMs`, between events. For those who look on from outside (the timeout of a
   * watch): it is no event, is not counted, and must not touch the cluster, so a replay without it is the same.
   */
  alarm(atMs: number, ring: () => void): Cancel {
    const alarm = this.#alarms.push(atMs, { component: 'outside', action: 'alarm' }, ring);
    return () => this.#alarms.cancel(alarm);
  }

  /**
   * Holds the clock after this event until the host has brought `part`: the next event may use what is in it. No virtual
   * time passes meanwhile.
   */
  awaitCode(part: CodePart): void {
    if (!part.isHere) this.#awaited.push(part);
  }

  /** What holds the clock: code that has to be brought before the next event can run. */
  get missingCode(): readonly CodePart[] {
    if (this.#awaited.length > 0) this.#awaited = this.#awaited.filter((part) => !part.isHere);
    return this.#awaited;
  }

  /** Runs the next event and says what it was; undefined when nothing waits. */
  step(): ExecutedEvent | undefined {
    const missing = this.missingCode[0];
    invariant(!missing, `the code of ${missing?.name} is here before the next event runs`);
    const event = this.#queue.pop();
    return event && this.#execute(event);
  }

  /**
   * Runs every event that is due until `untilMs` and then stands at `untilMs`.
   * `mayContinue` is asked between events; when it says no, or code is missing, the clock stays where it is.
   * @returns whether `untilMs` was reached
   */
  runUntil(untilMs: number, mayContinue: () => boolean = () => true): boolean {
    for (;;) {
      const next = this.#queue.peek();
      if (!next || next.dueMs > untilMs) break;
      if (this.missingCode.length > 0 || !mayContinue()) return false;
      this.step();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
    this.#ring();
    return true;
  }

  /** Runs for `durationMs` of virtual time, where all code is here. */
  runFor(durationMs: number): void {
    const isThere = this.runUntil(this.#nowMs + durationMs);
    invariant(isThere, `the code of ${this.missingCode[0]?.name} is here before the next event runs`);
  }

  /**
   * Runs exactly to the position `(executed, nowMs)` of an earlier run: the way a replay finds the place of a journal entry.
   * @returns false when it stopped on the way because code is missing
   */
  runToPosition(executed: number, nowMs: number): boolean {
    while (this.#executed < executed) {
      if (this.missingCode.length > 0) return false;
      if (!this.step()) break;
    }
    const isThere = this.#executed === executed && this.#nowMs <= nowMs && (this.peek()?.dueMs ?? nowMs) >= nowMs;
    invariant(isThere, `a replay reaches event ${executed} of its journal at its time`);
    this.#nowMs = nowMs;
    return true;
  }

  #execute(event: QueuedEvent): ExecutedEvent {
    this.#nowMs = Math.max(this.#nowMs, event.dueMs);
    this.#ring();
    this.#executed++;
    event.run();
    const executed = { atMs: event.dueMs, label: event.label };
    this.#observer?.(executed);
    return executed;
  }

  #ring(): void {
    for (let next = this.#alarms.peek(); next && next.dueMs <= this.#nowMs; next = this.#alarms.peek()) {
      this.#alarms.pop();
      next.run();
    }
  }
}
