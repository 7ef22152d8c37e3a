import { waitFor, type Routine } from '../../kernel/index.ts';
import type { Connection, Listener } from '../../shell/index.ts';
import type { TcpConnection } from './tcp-connection.ts';

/** Linux' ip_local_port_range. */
const firstEphemeralPort = 32_768;
const lastEphemeralPort = 60_999;

/** Who opened a socket: closing the owner closes the sockets. */
export interface SocketOwner {
  readonly sockets: Set<{ close(): void }>;
}

/** Addresses and ports of a pod, a node or the workstation. */
export class NetworkNamespace {
  /** `default/web-1`, or a node's name: how messages call it. */
  readonly name: string;
  readonly type: 'pod' | 'node' | 'outside';
  readonly address: string;
  /** The node that it is on; empty outside. */
  readonly nodeName: string;
  /** Connections that begin or end here. */
  readonly connections = new Set<TcpConnection>();
  readonly #listeners = new Map<number, BoundListener[]>();
  #lastPort = firstEphemeralPort - 1;

  constructor(options: { name: string; type: 'pod' | 'node' | 'outside'; address: string; nodeName: string }) {
    this.name = options.name;
    this.type = options.type;
    this.address = options.address;
    this.nodeName = options.nodeName;
  }

  /** A free port for an outgoing connection. */
  ephemeralPort(): number {
    this.#lastPort = this.#lastPort >= lastEphemeralPort ? firstEphemeralPort : this.#lastPort + 1;
    return this.#lastPort;
  }

  listen(port: number, address: string, owner: SocketOwner): Listener | 'EADDRINUSE' {
    const chosen = port === 0 ? this.ephemeralPort() : port;
    const bound = this.#listeners.get(chosen) ?? [];
    const isEverywhere = (candidate: string) => candidate === '0.0.0.0' || candidate === '::';
    const clash = bound.some(
      (other) => other.address === address || isEverywhere(address) || isEverywhere(other.address),
    );
    if (clash) return 'EADDRINUSE';
    const listener = new BoundListener(chosen, address, owner, () => {
      owner.sockets.delete(listener);
      const rest = this.#listeners.get(chosen)!.filter((other) => other !== listener);
      if (rest.length > 0) this.#listeners.set(chosen, rest);
      else this.#listeners.delete(chosen);
    });
    this.#listeners.set(chosen, [...bound, listener]);
    owner.sockets.add(listener);
    return listener;
  }

  /** Who listens on `port` of `address`. */
  listenerAt(address: string, port: number): BoundListener | undefined {
    return this.#listeners
      .get(port)
      ?.find((listener) => listener.address === '0.0.0.0' || listener.address === '::' || listener.address === address);
  }

  /** The ports that something listens on, ascending (`netstat -l`). */
  get listeningPorts(): readonly number[] {
    return [...this.#listeners.keys()].sort((a, b) => a - b);
  }
}

/** A listening socket with its queue of connections that nobody has accepted yet. */
export class BoundListener implements Listener {
  readonly port: number;
  readonly address: string;
  readonly owner: SocketOwner;
  readonly #queue: Connection[] = [];
  readonly #waiting: ((connection: Connection | undefined) => void)[] = [];
  readonly #unbind: () => void;
  #isClosed = false;

  constructor(port: number, address: string, owner: SocketOwner, unbind: () => void) {
    this.port = port;
    this.address = address;
    this.owner = owner;
    this.#unbind = unbind;
  }

  offer(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#queue.push(connection);
  }

  *accept(): Routine<Connection | undefined> {
    if (this.#isClosed) return undefined;
    const queued = this.#queue.shift();
    if (queued) return queued;
    return yield* waitFor<Connection | undefined>((resume) => {
      this.#waiting.push(resume);
      return () => {
        const index = this.#waiting.indexOf(resume);
        if (index >= 0) this.#waiting.splice(index, 1);
      };
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#unbind();
    for (const connection of this.#queue.splice(0)) connection.close();
    for (const resume of this.#waiting.splice(0)) resume(undefined);
  }
}
