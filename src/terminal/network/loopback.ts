import { Pipe, waitFor } from '../../kernel/index.ts';
import type { Connection, Listener } from '../../shell/index.ts';
import { connectionOver } from './byte-link.ts';

/** Linux's first ephemeral port. */
const firstEphemeralPort = 32_768;
const lastEphemeralPort = 60_999;

/** The workstation's own ports: what listens there, and connections to it from the workstation itself. */
export class Loopback {
  readonly #listeners = new Map<number, (connection: Connection) => void>();
  #lastPort = firstEphemeralPort - 1;

  /** A port for the near end of a connection, or for a listener that takes any. */
  ephemeralPort(): number {
    do this.#lastPort = this.#lastPort >= lastEphemeralPort ? firstEphemeralPort : this.#lastPort + 1;
    while (this.#listeners.has(this.#lastPort));
    return this.#lastPort;
  }

  connect(port: number): Connection | 'ECONNREFUSED' {
    const accept = this.#listeners.get(port);
    if (!accept) return 'ECONNREFUSED';
    const [there, back] = [new Pipe(), new Pipe()];
    const near = { address: '127.0.0.1', port: this.ephemeralPort() };
    accept(
      connectionOver(there, back, {
        localAddress: '127.0.0.1',
        localPort: port,
        remoteAddress: near.address,
        remotePort: near.port,
      }),
    );
    return connectionOver(back, there, {
      localAddress: near.address,
      localPort: near.port,
      remoteAddress: '127.0.0.1',
      remotePort: port,
    });
  }

  listen(wanted: number): Listener | 'EADDRINUSE' {
    const port = wanted === 0 ? this.ephemeralPort() : wanted;
    if (this.#listeners.has(port)) return 'EADDRINUSE';
    const arrived: Connection[] = [];
    let isClosed = false;
    let wake: (() => void) | undefined;
    this.#listeners.set(port, (connection) => {
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
        this.#listeners.delete(port);
        for (const connection of arrived.splice(0)) connection.close();
        wake?.();
      },
    };
  }
}
