import { channels, type KubeConnection } from '../../client/index.ts';
import type { SpdyStream } from './spdy-connection.ts';

const channelOf: ReadonlyMap<string, number> = new Map([
  ['stdin', channels.stdin],
  ['stdout', channels.stdout],
  ['stderr', channels.stderr],
  ['error', channels.error],
  ['resize', channels.resize],
]);

/**
 * exec and attach with a stream for each channel, as `v4.channel.k8s.io` has it.
 * Upstream: kubelet/pkg/cri/streaming/remotecommand/httpstream.go
 */
export class RemoteCommandStreams {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #streams = new Map<number, SpdyStream>();
  /** What came for streams that the client has yet to open. */
  readonly #early = new Map<number, Uint8Array[]>();
  #isOver = false;

  constructor({ readable, writable }: KubeConnection) {
    this.#writer = writable.getWriter();
    void this.#deliver(readable);
  }

  accept(stream: SpdyStream): void {
    const channel = channelOf.get(stream.headers.get('streamtype') ?? '');
    if (channel === undefined) {
      stream.end();
      return;
    }
    this.#streams.set(channel, stream);
    stream.onData = (bytes) => this.#send(Buffer.concat([Buffer.of(channel), bytes]));
    if (channel === channels.stdin) stream.onEnd = () => this.#send(Uint8Array.of(channels.close, channel));
    for (const bytes of this.#early.get(channel) ?? []) stream.write(bytes);
    this.#early.delete(channel);
    if (this.#isOver) stream.end();
  }

  /** The client has gone. */
  hangUp(): void {
    void this.#writer.abort().catch(() => undefined);
  }

  #send(message: Uint8Array): void {
    void this.#writer.write(message).catch(() => undefined);
  }

  async #deliver(readable: ReadableStream<Uint8Array>): Promise<void> {
    try {
      for await (const message of readable) {
        const channel = message[0]!;
        const bytes = message.slice(1);
        const stream = this.#streams.get(channel);
        if (stream) stream.write(bytes);
        else this.#early.set(channel, [...(this.#early.get(channel) ?? []), bytes]);
      }
    } catch {
      // The connection broke; its streams end.
    }
    this.#isOver = true;
    for (const stream of this.#streams.values()) stream.end();
  }
}
