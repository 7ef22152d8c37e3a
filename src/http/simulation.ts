import { fetchCode } from './code-sources.ts';
import { Pacer, type PacerHost } from './pacer.ts';
import { SimulatorSession, type SavedSession, type SessionSettings } from './simulator-session.ts';
import type { SessionOptions } from './session-input.ts';

export interface SimulationOptions extends SessionOptions, SessionSettings {
  readonly speed?: number;
  readonly isPaused?: boolean;
  /** Time moves only while somebody waits for it. */
  readonly onDemand?: boolean;
}

/** A session that is running: the cluster with its journal, and the pace at which it goes. */
export class Simulation {
  readonly pacer: Pacer;
  readonly #settings: SessionSettings;
  #session: SimulatorSession;
  readonly #listeners = new Set<() => void>();

  constructor(options: SimulationOptions, host: PacerHost, session?: SimulatorSession) {
    const { seed, epochMs, nodes, profile } = options;
    this.#settings = settingsOf(options);
    this.#session =
      session ?? new SimulatorSession({ seed, epochMs, nodes, ...(profile && { profile }) }, this.#settings);
    this.pacer = new Pacer(this.#session.cluster.clock, host, options);
  }

  /** Goes on with a saved session, or starts a new one. Throws when it does not fit together. */
  static async resume(
    options: SimulationOptions,
    host: PacerHost,
    saved: SavedSession | undefined,
  ): Promise<Simulation> {
    const session = saved && (await SimulatorSession.replay(saved, undefined, settingsOf(options)));
    return new Simulation(options, host, session);
  }

  get session(): SimulatorSession {
    return this.#session;
  }

  /** Calls back when another session has taken the place of this one: streams end, caches start over. */
  onReplaced(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Lets virtual time pass at once, before anybody looks: nodes of a new cluster become Ready. */
  async advance(durationMs: number): Promise<void> {
    const untilMs = this.#session.cluster.clock.nowMs + durationMs;
    await this.#session.run((clock) => clock.runUntil(untilMs));
    this.pacer.follow(this.#session.cluster.clock);
  }

  /** Goes back to an earlier time; what came after is forgotten. */
  seek(atMs: number): Promise<void> {
    return this.load(this.#session.save(), atMs);
  }

  /** Plays another session. Throws when it does not fit together; then nothing has changed. */
  async load(saved: SavedSession, untilMs?: number): Promise<void> {
    const session = await SimulatorSession.replay(saved, untilMs, this.#settings);
    this.#session = session;
    this.pacer.follow(session.cluster.clock);
    for (const listener of this.#listeners) listener();
  }
}

function settingsOf({ freeze, onBug }: SimulationOptions): SessionSettings {
  return { ...(freeze !== undefined && { freeze }), ...(onBug && { onBug }) };
}

/** The pacer's host where there is a browser or Node. */
export const realHost: PacerHost = {
  nowMs: () => performance.now(),
  after: (delayMs, run) => {
    if (delayMs > 0) setTimeout(run, delayMs);
    else soon(run);
  },
  fetchCode,
};

const waiting: (() => void)[] = [];
let doorbell: MessagePort | undefined;

/**
 * After others had a turn, without the 4 ms that browsers add to nested timers. Node would take up to a thousand
 * messages of one port in a row before anybody else's turn comes; there, setImmediate is what lets others in.
 */
function soon(run: () => void): void {
  if (typeof setImmediate === 'function') {
    setImmediate(run);
    return;
  }
  waiting.push(run);
  doorbell ??= makeDoorbell();
  doorbell.postMessage(null);
}

/** Made when first needed: an open port keeps a Node process alive. */
function makeDoorbell(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  return port2;
}
