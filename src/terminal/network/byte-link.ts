import { Pipe } from '../../kernel/index.ts';
import type { Connection } from '../../shell/index.ts';

export interface LinkAddresses {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** A connection over two pipes. */
export function connectionOver(incoming: Pipe, outgoing: Pipe, addresses: LinkAddresses): Connection {
  return {
    ...addresses,
    read: () => incoming.source.read(),
    write: (bytes) => outgoing.sink.write(bytes),
    shutdown: () => outgoing.end(),
    close() {
      outgoing.end();
      incoming.abandon();
    },
  };
}
