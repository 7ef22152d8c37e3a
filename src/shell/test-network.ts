import { Pipe, waitFor } from '../kernel/index.ts';
import type { Connection, Listener, NetworkStack } from './program.ts';

/** A network of one host for tests: what listens can be reached, every name resolves to that host. */
export function loopbackNetwork(names: Readonly<Record<string, string>> = { localhost: '127.0.0.1' }): NetworkStack {
  const listeners = new Map<number, (connection: Connection) => void>();
  let nextPort = 40_000;
  return {
    addresses: ['10.244.0.5'],
    *resolve(name) {
      return names[name] === undefined ? 'NXDOMAIN' : [names[name]];
    },
    *connect(address, port) {
      const accept = listeners.get(port);
      if (!accept) return 'ECONNREFUSED';
      const [up, down] = [new Pipe(), new Pipe()];
      const local = nextPort++;
      accept(connectionOver(up, down, { address, port, peer: '10.244.0.9', peerPort: local }));
      return connectionOver(down, up, { address: '10.244.0.9', port: local, peer: address, peerPort: port });
    },
    listen(port) {
      if (listeners.has(port)) return 'EADDRINUSE';
      return listenOn(port, listeners);
    },
  };
}

function listenOn(port: number, listeners: Map<number, (connection: Connection) => void>): Listener {
  const waiting: Connection[] = [];
  let isClosed = false;
  let wake: (() => void) | undefined;
  listeners.set(port, (connection) => {
    waiting.push(connection);
    wake?.();
  });
  return {
    port,
    *accept() {
      while (waiting.length === 0 && !isClosed) yield* waitFor<void>((resume) => void (wake = () => resume()));
      return waiting.shift();
    },
    close() {
      isClosed = true;
      listeners.delete(port);
      wake?.();
    },
  };
}

interface Ends {
  readonly address: string;
  readonly port: number;
  readonly peer: string;
  readonly peerPort: number;
}

function connectionOver(incoming: Pipe, outgoing: Pipe, { address, port, peer, peerPort }: Ends): Connection {
  return {
    localAddress: address,
    localPort: port,
    remoteAddress: peer,
    remotePort: peerPort,
    read: () => incoming.source.read(),
    write: (bytes) => outgoing.sink.write(bytes),
    shutdown: () => outgoing.end(),
    close() {
      outgoing.end();
      incoming.abandon();
    },
  };
}
