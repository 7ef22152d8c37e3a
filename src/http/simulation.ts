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

  constructor(options: SimulationOptions, host: PacerHost, saved?: SavedSession) {
    const { seed, epochMs, nodes, profile, freeze, onBug } = options;
    this.#settings = { ...(freeze !== undefined && { freeze }), ...(onBug && { onBug }) };
    this.#session = saved
      ? SimulatorSession.replay(saved, undefined, this.#settings)
      : new SimulatorSession({ seed, epochMs, nodes, ...(profile && { profile }) }, this.#settings);
    this.pacer = new Pacer(this.#session.cluster.clock, host, options);
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
  advance(durationMs: number): void {
    this.#session.cluster.clock.runFor(durationMs);
    this.pacer.follow(this.#session.cluster.clock);
  }

  /** Goes back to an earlier time; what came after is forgotten. */
  seek(atMs: number): void {
    this.load(this.#session.save(), atMs);
  }

  /** Plays another session. Throws when it does not fit together; then nothing has changed. */
  load(saved: SavedSession, untilMs?: number): void {
    const session = SimulatorSession.replay(saved, untilMs, this.#settings);
    this.#session = session;
    this.pacer.follow(session.cluster.clock);
    for (const listener of this.#listeners) listener();
  }
}

/** The pacer's host where there is a browser or Node. */
export const realHost: PacerHost = {
  nowMs: () => performance.now(),
  after: (delayMs, run) => {
    if (delayMs > 0) setTimeout(run, delayMs);
    else soon(run);
  },
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
