import type { ClockEvent, Fault } from '../api/index.ts';
import { createImageCatalogue } from '../cluster/images/index.ts';
import { createCluster, type ApiRequest, type ApiResponse, type Cluster } from '../cluster/index.ts';
import {
  invariant,
  Journal,
  type CodePart,
  type JournalEntry,
  type Session,
  type VirtualClock,
} from '../kernel/index.ts';
import { fetchCode } from './code-sources.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { openConnection, type ServerConnection } from './server-connection.ts';
import { record, restore } from './recorded-request.ts';
import type { SessionInput, SessionOptions } from './session-input.ts';

export type SavedSession = Session<SessionOptions, SessionInput>;

/** What does not belong to the session: how it is run. */
export interface SessionSettings {
  /** Freezes every stored object: for development and tests. */
  readonly freeze?: boolean;
  /** Hears of a broken assumption inside the simulator. */
  readonly onBug?: (error: unknown) => void;
}

const keptEvents = 5_000;

/**
 * A cluster and the journal of what came in from outside. Everything that changes the cluster goes through here, so
 * that replaying the journal gives the same cluster, byte for byte.
 */
export class SimulatorSession {
  readonly options: SessionOptions;
  readonly cluster: Cluster;
  readonly journal = new Journal<SessionInput>();
  readonly #connections = new Map<number, ServerConnection>();
  #lastConnection = 0;
  #events: ClockEvent[] = [];

  constructor(options: SessionOptions, settings: SessionSettings = {}) {
    this.options = options;
    this.cluster = createCluster({ ...options, ...settings, images: createImageCatalogue() });
    this.cluster.clock.observe((event) => {
      // Turns of processes are too many and too small to be of interest.
      if (event.label.action === 'run') return;
      this.#events.push(event);
      if (this.#events.length > 2 * keptEvents) this.#events = this.#events.slice(-keptEvents);
    });
  }

  /** Plays a saved session up to its end, or up to `untilMs`. Throws when it does not fit together. */
  static async replay(
    saved: SavedSession,
    untilMs = Number.POSITIVE_INFINITY,
    settings: SessionSettings = {},
  ): Promise<SimulatorSession> {
    invariant(saved.format === 'drydock.session/1', 'a saved session has the format drydock.session/1');
    const session = new SimulatorSession(saved.options, settings);
    for (const entry of saved.entries) {
      if (entry.atMs > untilMs) break;
      await session.#replayEntry(entry);
    }
    const { end } = saved;
    await session.run((clock) =>
      untilMs < end.atMs ? clock.runUntil(untilMs) : clock.runToPosition(end.executed, end.atMs),
    );
    return session;
  }

  /** The session as it is saved and shared. */
  save(): SavedSession {
    const { nowMs, executed } = this.cluster.clock;
    const end = { atMs: nowMs, executed };
    return { format: 'drydock.session/1', options: this.options, entries: this.journal.entries, end };
  }

  /** The latest events on the clock, oldest first. */
  events(limit: number): readonly ClockEvent[] {
    return this.#events.slice(-limit);
  }

  /** What has to be fetched before a request can be answered. */
  codeFor(request: ApiRequest): readonly CodePart[] {
    return this.cluster.apiServer.codeFor(request);
  }

  /** Answers a request whose code is here; one that may change something is recorded first. */
  handle(request: ApiRequest): ApiResponse {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      this.#record({ type: 'request', request: record(request) });
    return this.cluster.apiServer.handle(request);
  }

  setFault(fault: Fault, isOn: boolean): void {
    this.#record({ type: 'fault', fault, isOn });
    this.cluster.setFault(fault, isOn);
  }

  /** Opens exec, attach, port-forward or `/sim/dial`. Throws the ApiError of a refusal. */
  open(request: ApiRequest): RecordedConnection {
    const id = ++this.#lastConnection;
    this.#record({ type: 'open', id, request: record(request) });
    const connection = openConnection(this.cluster, request);
    this.#connections.set(id, connection);
    connection.onClose(() => this.#connections.delete(id));
    return {
      connection,
      send: (bytes) => {
        if (!this.#connections.has(id)) return;
        this.#record({ type: 'message', id, bytes: toBase64(bytes) });
        connection.receive(bytes);
      },
      hangUp: () => {
        if (!this.#connections.delete(id)) return;
        this.#record({ type: 'close', id });
        connection.hangUp();
      },
    };
  }

  #record(input: SessionInput): void {
    const { nowMs, executed } = this.cluster.clock;
    this.journal.append({ atMs: nowMs, executed, input });
  }

  /** Runs the clock as `run` does, and brings the code that it needs on the way. */
  async run(run: (clock: VirtualClock) => boolean): Promise<void> {
    const { clock } = this.cluster;
    while (!run(clock)) await fetchCode(clock.missingCode);
  }

  async #replayEntry(entry: JournalEntry<SessionInput>): Promise<void> {
    await this.run((clock) => clock.runToPosition(entry.executed, entry.atMs));
    const { input } = entry;
    if (input.type === 'request') await fetchCode(this.codeFor(restore(input.request)));
    switch (input.type) {
      case 'request':
        this.handle(restore(input.request));
        break;
      case 'fault':
        this.setFault(input.fault, input.isOn);
        break;
      case 'open':
        this.#replayOpen(input.request);
        break;
      case 'message':
        this.#record(input);
        this.#connections.get(input.id)?.receive(fromBase64(input.bytes));
        break;
      case 'close':
        this.#record(input);
        this.#connections.get(input.id)?.hangUp();
        this.#connections.delete(input.id);
        break;
    }
  }

  #replayOpen(request: Parameters<typeof restore>[0]): void {
    try {
      this.open(restore(request));
    } catch {
      // It was refused then, and is again.
    }
  }
}

/** A connection whose input is recorded. */
export interface RecordedConnection {
  readonly connection: ServerConnection;
  send(bytes: Uint8Array): void;
  hangUp(): void;
}
