import { BrokenPipe, Pipe, waitFor, type Label, type Routine, type VirtualClock } from '../../kernel/index.ts';
import type { Connection } from '../../shell/index.ts';

/** As much as may be on its way or unread before a sender has to wait. */
const windowBytes = 65_536;

export interface Path {
  readonly clock: VirtualClock;
  readonly label: Label;
  /** One way, in milliseconds. */
  readonly latencyMs: number;
  /** Whether packets get through at the moment. */
  isOpen(): boolean;
}

/** One direction of a connection: bytes arrive in order, a latency later; while the path is cut they wait, as TCP would send them again. */
class Channel {
  readonly #path: Path;
  readonly #inbox = new Pipe();
  readonly #held: (() => void)[] = [];
  readonly #writers: (() => void)[] = [];
  #inFlightBytes = 0;
  #isShut = false;
  #isBroken = false;

  constructor(path: Path) {
    this.#path = path;
  }

  *read(): Routine<Uint8Array | undefined> {
    const bytes = yield* this.#inbox.source.read();
    this.#wakeWriters();
    return bytes;
  }

  *write(bytes: Uint8Array): Routine<void> {
    while (!this.#isBroken && !this.#isShut && this.#inFlightBytes + this.#inbox.size >= windowBytes) {
      yield* waitFor<void>((resume) => {
        const wake = () => resume();
        this.#writers.push(wake);
        return () => {
          const index = this.#writers.indexOf(wake);
          if (index >= 0) this.#writers.splice(index, 1);
        };
      });
    }
    if (this.#isBroken || this.#isShut) throw new BrokenPipe();
    if (bytes.length === 0) return;
    this.#inFlightBytes += bytes.length;
    this.#send(() => {
      this.#inFlightBytes -= bytes.length;
      this.#inbox.push(bytes);
    });
  }

  /** The sender is done: the reader finds the end behind what was sent (FIN). */
  shut(): void {
    if (this.#isShut) return;
    this.#isShut = true;
    this.#send(() => this.#inbox.end());
    this.#wakeWriters();
  }

  /** The reader is gone, which the sender learns a latency later (RST). */
  abandon(): void {
    this.#inbox.abandon();
    this.#send(() => {
      this.#isBroken = true;
      this.#wakeWriters();
    });
  }

  /** Lets go what waited while the path was cut. */
  flush(): void {
    if (!this.#path.isOpen()) return;
    for (const deliver of this.#held.splice(0)) deliver();
  }

  #send(deliver: () => void): void {
    this.#path.clock.schedule(this.#path.latencyMs, this.#path.label, () => {
      if (this.#held.length > 0 || !this.#path.isOpen()) this.#held.push(deliver);
      else deliver();
    });
  }

  #wakeWriters(): void {
    for (const wake of this.#writers.splice(0)) wake();
  }
}

interface Address {
  readonly address: string;
  readonly port: number;
}

/** A connection between two sockets. */
export class TcpConnection {
  readonly client: Connection;
  readonly server: Connection;
  readonly #toServer: Channel;
  readonly #toClient: Channel;
  readonly #closedEnds = new Set<'client' | 'server'>();
  readonly #onClosed: (() => void)[] = [];

  /**
   * @param client the caller's own address and what it dialled
   * @param server what the callee sees: its own address and who called, after every translation on the way
   */
  constructor(
    path: Path,
    client: { readonly local: Address; readonly remote: Address },
    server: { readonly local: Address; readonly remote: Address },
  ) {
    this.#toServer = new Channel(path);
    this.#toClient = new Channel(path);
    this.client = this.#end('client', client, this.#toClient, this.#toServer);
    this.server = this.#end('server', server, this.#toServer, this.#toClient);
  }

  /** Calls back once both ends are closed. */
  onClosed(listener: () => void): void {
    this.#onClosed.push(listener);
  }

  flush(): void {
    this.#toServer.flush();
    this.#toClient.flush();
  }

  #end(
    side: 'client' | 'server',
    { local, remote }: { readonly local: Address; readonly remote: Address },
    inbound: Channel,
    outbound: Channel,
  ): Connection {
    return {
      localAddress: local.address,
      localPort: local.port,
      remoteAddress: remote.address,
      remotePort: remote.port,
      read: () => inbound.read(),
      write: (bytes) => outbound.write(bytes),
      shutdown: () => outbound.shut(),
      close: () => {
        if (this.#closedEnds.has(side)) return;
        this.#closedEnds.add(side);
        outbound.shut();
        inbound.abandon();
        if (this.#closedEnds.size === 2) for (const listener of this.#onClosed.splice(0)) listener();
      },
    };
  }
}
