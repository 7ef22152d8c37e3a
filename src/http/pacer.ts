import type { CodePart, VirtualClock } from '../kernel/index.ts';

/** What the pacer needs of its host: the browser's worker, Node, or a test. */
export interface PacerHost {
  /** Wall time in milliseconds; only differences count. */
  nowMs(): number;
  /** Runs `run` after about `delayMs`; 0 means after others had a turn. */
  after(delayMs: number, run: () => void): void;
  /** Brings code that holds the clock. Rejects when it cannot be had now. */
  fetchCode(parts: readonly CodePart[]): Promise<void>;
}

export interface PacerState {
  readonly isPaused: boolean;
  /** Virtual seconds per second; 0 is as fast as the machine allows. */
  readonly speed: number;
  /** Why time stands still although it should run: code that cannot be fetched. */
  readonly problem?: string;
}

/** How long the cluster may run before the host gets its turn, in wall milliseconds. */
const sliceMs = 10;
/** How often virtual time follows wall time while it runs. */
const beatMs = 20;
/** How long until code that could not be fetched is asked for again. */
const fetchAgainMs = 2_000;

/**
 * On demand, time stands still until the clients have had so many turns without asking or being told anything: only then
 * are they really waiting, and not on their way to the next request.
 */
const settlingBeats = 3;

/**
 * Maps wall time to virtual time at the chosen speed, in slices that leave the host responsive.
 * With `onDemand`, time moves only while somebody waits for it, and then as fast as it can: for scripts without a viewer.
 */
export class Pacer {
  readonly #host: PacerHost;
  readonly #onDemand: boolean;
  #clock: VirtualClock;
  #isPaused: boolean;
  #speed: number;
  /** Where virtual and wall time were last in step. */
  #anchor: { readonly wallMs: number; readonly virtualMs: number };
  #isScheduled = false;
  #isFetchingCode = false;
  #problem: string | undefined;
  readonly #sleepers = new Set<Sleeper>();
  /** Targets of `/sim/run`: to be reached paused or not. */
  readonly #runs = new Set<Sleeper>();
  #waiting = 0;
  #hasOutput = false;
  /** On demand: beats since a client was last heard of or told something. */
  #quietBeats = 0;
  readonly #listeners = new Set<() => void>();

  constructor(
    clock: VirtualClock,
    host: PacerHost,
    options: { speed?: number; isPaused?: boolean; onDemand?: boolean } = {},
  ) {
    this.#clock = clock;
    this.#host = host;
    this.#speed = options.speed ?? 1;
    this.#isPaused = options.isPaused ?? false;
    this.#onDemand = options.onDemand ?? false;
    this.#anchor = { wallMs: host.nowMs(), virtualMs: clock.nowMs };
    this.#wake();
  }

  get state(): PacerState {
    return {
      isPaused: this.#isPaused,
      speed: this.#speed,
      ...(this.#problem !== undefined && { problem: this.#problem }),
    };
  }

  /** Calls back at each change of pace and at each beat. */
  onBeat(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  set(change: Partial<PacerState>): void {
    this.catchUp();
    this.#isPaused = change.isPaused ?? this.#isPaused;
    this.#speed = change.speed ?? this.#speed;
    this.#anchorHere();
    this.#notify();
    this.#wake();
  }

  /** Follows another clock, after a replay has made a new cluster. Whoever waited for a time is released. */
  follow(clock: VirtualClock): void {
    this.#clock = clock;
    this.#anchorHere();
    for (const sleeper of [...this.#sleepers, ...this.#runs]) sleeper.resolve();
    this.#sleepers.clear();
    this.#runs.clear();
    this.#notify();
    this.#wake();
  }

  /** Brings virtual time up to wall time, as far as one slice reaches: before a request is answered. */
  catchUp(): void {
    this.#quietBeats = 0;
    if (this.#isPaused || this.#onDemand || this.#speed === 0) return;
    this.#slice(this.#dueMs());
  }

  /** Resolves once virtual time has come to `untilMs`, at whatever pace it runs. */
  sleepUntil(untilMs: number, signal?: AbortSignal): Promise<void> {
    return this.#enter(this.#sleepers, untilMs, signal);
  }

  /** Runs to `untilMs` as fast as the machine allows, paused or not. */
  runUntil(untilMs: number, signal?: AbortSignal): Promise<void> {
    return this.#enter(this.#runs, untilMs, signal);
  }

  /** Somebody waits for something that only time brings (a watch, a running command). Returns the end of the wait. */
  beginWait(): () => void {
    this.#waiting++;
    this.#wake();
    let isOver = false;
    return () => {
      if (!isOver) this.#waiting--;
      isOver = true;
    };
  }

  /** Something has gone out to a client: let it react before time goes on. */
  noteOutput(): void {
    this.#hasOutput = true;
    this.#quietBeats = 0;
  }

  #enter(set: Set<Sleeper>, untilMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#clock.nowMs >= untilMs) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        set.delete(sleeper);
        reject(signal!.reason as Error);
      };
      const wake = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const sleeper = { untilMs, resolve: wake };
      set.add(sleeper);
      signal?.addEventListener('abort', giveUp);
      this.#wake();
    });
  }

  /** Where virtual time should be now. */
  #dueMs(): number {
    return this.#anchor.virtualMs + (this.#host.nowMs() - this.#anchor.wallMs) * this.#speed;
  }

  #anchorHere(): void {
    this.#anchor = { wallMs: this.#host.nowMs(), virtualMs: this.#clock.nowMs };
  }

  #wake(): void {
    if (this.#isScheduled) return;
    const delayMs = this.#nextDelayMs();
    if (delayMs === undefined) return;
    this.#isScheduled = true;
    this.#host.after(delayMs, () => {
      this.#isScheduled = false;
      this.#beat();
      this.#wake();
    });
  }

  /** When the next beat is due; undefined when nothing moves. */
  #nextDelayMs(): number | undefined {
    if (this.#isFetchingCode) return undefined;
    if (this.#runs.size > 0) return 0;
    if (this.#onDemand) return this.#sleepers.size > 0 || this.#waiting > 0 ? 0 : undefined;
    if (this.#isPaused) return undefined;
    return this.#speed === 0 ? 0 : beatMs;
  }

  #beat(): void {
    if (this.#clock.missingCode.length > 0) {
      this.#fetchCode();
      return;
    }
    const before = this.#clock.nowMs;
    if (this.#runs.size > 0) this.#slice(earliest(this.#runs));
    else if (this.#onDemand) this.#sliceOnDemand();
    else if (this.#isPaused) return;
    else if (this.#speed === 0) this.#slice(this.#nextEventMs());
    else if (!this.#slice(this.#dueMs())) this.#anchorHere();
    if (this.#runs.size > 0 || this.#onDemand || this.#speed === 0) this.#anchorHere();
    this.#release(this.#sleepers);
    this.#release(this.#runs);
    if (this.#clock.nowMs !== before) this.#notify();
  }

  /** The host call: time goes on from here once the code is there. */
  #fetchCode(): void {
    const clock = this.#clock;
    this.#isFetchingCode = true;
    const goOn = (problem: string | undefined) => {
      this.#isFetchingCode = false;
      this.#anchorHere();
      if (problem === this.#problem) return;
      this.#problem = problem;
      this.#notify();
    };
    this.#host.fetchCode(clock.missingCode).then(
      () => {
        goOn(undefined);
        this.#wake();
      },
      (error: unknown) => {
        goOn(error instanceof Error ? error.message : String(error));
        this.#host.after(fetchAgainMs, () => this.#wake());
      },
    );
  }

  #sliceOnDemand(): void {
    if (this.#quietBeats++ < settlingBeats) return;
    // Without a sleeper there is no time to reach: go event by event until a client hears of something.
    const target = this.#sleepers.size > 0 ? earliest(this.#sleepers) : this.#nextEventMs();
    if (target < Number.POSITIVE_INFINITY) this.#slice(target);
  }

  /** At unlimited speed a slice reaches a second beyond the next event, or the next sleeper. */
  #nextEventMs(): number {
    const next = this.#clock.peek();
    const horizon = next ? next.dueMs + 1000 : this.#clock.nowMs + 1000;
    return Math.min(horizon, earliest(this.#sleepers));
  }

  #slice(untilMs: number): boolean {
    const end = this.#host.nowMs() + sliceMs;
    this.#hasOutput = false;
    let count = 0;
    const mayContinue = () => {
      if (this.#hasOutput && (this.#onDemand || this.#runs.size > 0)) return false;
      // Asking the host for the time costs more than a small event.
      return (++count & 15) !== 0 || this.#host.nowMs() < end;
    };
    return this.#clock.runUntil(untilMs, mayContinue);
  }

  #release(set: Set<Sleeper>): void {
    for (const sleeper of set) {
      if (sleeper.untilMs > this.#clock.nowMs) continue;
      set.delete(sleeper);
      this.#quietBeats = 0;
      sleeper.resolve();
    }
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

interface Sleeper {
  readonly untilMs: number;
  readonly resolve: () => void;
}

function earliest(sleepers: ReadonlySet<Sleeper>): number {
  let untilMs = Number.POSITIVE_INFINITY;
  for (const sleeper of sleepers) untilMs = Math.min(untilMs, sleeper.untilMs);
  return untilMs;
}
