import { Pipe, waitFor } from '../../kernel/index.ts';
import type { Connection, Listener } from '../../shell/index.ts';
import { connectionOver } from './byte-link.ts';

/** Linux's first ephemeral port. */
const firstEphemeralPort = 32_768;
const lastEphemeralPort = 60_999;

/** The workstation's own ports: what listens there, and connections to it from the workstation itself. */
export class Loopback {
  /** By family and port. */
  readonly #listeners = new Map<string, (connection: Connection) => void>();
  #lastPort = firstEphemeralPort - 1;

  /** A port for the near end of a connection, or for a listener that takes any. */
  ephemeralPort(): number {
    do this.#lastPort = this.#lastPort >= lastEphemeralPort ? firstEphemeralPort : this.#lastPort + 1;
    while (
      this.#listeners.has(keyOf('127.0.0.1', this.#lastPort)) ||
      this.#listeners.has(keyOf('::1', this.#lastPort))
    );
    return this.#lastPort;
  }

  connect(address: string, port: number): Connection | 'ECONNREFUSED' {
    const accept = this.#listeners.get(keyOf(address, port));
    if (!accept) return 'ECONNREFUSED';
    const [there, back] = [new Pipe(), new Pipe()];
    const near = { address, port: this.ephemeralPort() };
    accept(
      connectionOver(there, back, {
        localAddress: address,
        localPort: port,
        remoteAddress: near.address,
        remotePort: near.port,
      }),
    );
    return connectionOver(back, there, {
      localAddress: near.address,
      localPort: near.port,
      remoteAddress: address,
      remotePort: port,
    });
  }

  listen(wanted: number, address = '0.0.0.0'): Listener | 'EADDRINUSE' {
    const port = wanted === 0 ? this.ephemeralPort() : wanted;
    const key = keyOf(address, port);
    if (this.#listeners.has(key)) return 'EADDRINUSE';
    const arrived: Connection[] = [];
    let isClosed = false;
    let wake: (() => void) | undefined;
    this.#listeners.set(key, (connection) => {
      arrived.push(connection);
      wake?.();
    });
    return {
      port,
      *accept() {
        while (arrived.length === 0 && !isClosed) {
          yield* waitFor<void>((resume) => {
            wake = () => resume();
            return () => (wake = undefined);
          });
        }
        return arrived.shift();
      },
      close: () => {
        if (isClosed) return;
        isClosed = true;
        this.#listeners.delete(key);
        for (const connection of arrived.splice(0)) connection.close();
        wake?.();
      },
    };
  }
}

function keyOf(address: string, port: number): string {
  return `${address.includes(':') ? 6 : 4}/${port}`;
}
