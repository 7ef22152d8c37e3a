import { controlFrame, dataFrame, FrameReader, kinds, finFlag, type Frame } from './frame.ts';
import { HeaderBlockReader, HeaderBlockWriter } from './header-block.ts';

/** What carries the bytes: a socket, or a WebSocket around it. */
export interface Wire {
  send(bytes: Uint8Array): void;
  close(): void;
}

/** One stream that the client has opened. Each side ends its half by itself. */
export interface SpdyStream {
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  write(bytes: Uint8Array): void;
  /** Nothing more comes from here. */
  end(): void;
  /** Set by who takes the stream. */
  onData: (bytes: Uint8Array) => void;
  /** The client has said all it had to say, or dropped the stream. */
  onEnd: () => void;
}

/**
 * The server's side of SPDY/3.1 as Kubernetes uses it: the client opens streams, nobody minds windows.
 * Upstream: apimachinery/pkg/util/httpstream/spdy, over github.com/moby/spdystream
 */
export class SpdyConnection {
  readonly #wire: Wire;
  readonly #accept: (stream: SpdyStream) => void;
  readonly #frames = new FrameReader();
  readonly #headerReader = new HeaderBlockReader();
  readonly #headerWriter = new HeaderBlockWriter();
  readonly #streams = new Map<number, OpenStream>();

  constructor(wire: Wire, accept: (stream: SpdyStream) => void) {
    this.#wire = wire;
    this.#accept = accept;
  }

  /** Bytes from the client. What is not SPDY ends the connection. */
  receive(bytes: Uint8Array): void {
    try {
      for (const frame of this.#frames.push(bytes)) this.#take(frame);
    } catch {
      this.#wire.close();
      this.ended();
    }
  }

  /** The client has gone. */
  ended(): void {
    const left = [...this.#streams.values()];
    this.#streams.clear();
    for (const stream of left) {
      stream.close();
      stream.drop();
    }
  }

  #take(frame: Frame): void {
    if (frame.type === 'data') this.#takeData(frame);
    else if (frame.kind === kinds.synStream) this.#open(frame);
    else if (frame.kind === kinds.rstStream) this.#reset(idIn(frame.payload));
    else if (frame.kind === kinds.ping) this.#wire.send(controlFrame(kinds.ping, frame.payload));
  }

  #takeData({ streamId, payload, isLast }: Extract<Frame, { type: 'data' }>): void {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    if (payload.length > 0) stream.onData(payload);
    if (isLast) stream.drop();
  }

  #open({ payload, flags }: Extract<Frame, { type: 'control' }>): void {
    const id = idIn(payload);
    // After the stream's number come that of an associated stream, its priority and its slot.
    const headers = this.#headerReader.read(payload.subarray(10));
    const send = (bytes: Uint8Array, isLast: boolean) => this.#wire.send(dataFrame(id, bytes, isLast));
    const stream = new OpenStream(headers, send, () => this.#streams.delete(id));
    this.#streams.set(id, stream);
    const number = Buffer.alloc(4);
    number.writeUInt32BE(id);
    const reply = Buffer.concat([number, this.#headerWriter.write(new Map())]);
    this.#wire.send(controlFrame(kinds.synReply, reply));
    this.#accept(stream);
    if ((flags & finFlag) !== 0) stream.drop();
  }

  #reset(id: number): void {
    const stream = this.#streams.get(id);
    stream?.close();
    stream?.drop();
  }
}

class OpenStream implements SpdyStream {
  readonly headers: ReadonlyMap<string, string>;
  onData: (bytes: Uint8Array) => void = () => {};
  onEnd: () => void = () => {};
  readonly #send: (bytes: Uint8Array, isLast: boolean) => void;
  readonly #over: () => void;
  #mayWrite = true;
  #mayRead = true;

  /** @param over called when both sides are done with it */
  constructor(
    headers: ReadonlyMap<string, string>,
    send: (bytes: Uint8Array, isLast: boolean) => void,
    over: () => void,
  ) {
    this.headers = headers;
    this.#send = send;
    this.#over = over;
  }

  write(bytes: Uint8Array): void {
    if (this.#mayWrite) this.#send(bytes, false);
  }

  end(): void {
    if (this.#mayWrite) this.#send(new Uint8Array(), true);
    this.close();
  }

  /** The client no longer listens. */
  close(): void {
    this.#mayWrite = false;
    if (!this.#mayRead) this.#over();
  }

  /** The client no longer speaks. */
  drop(): void {
    if (!this.#mayRead) return;
    this.#mayRead = false;
    this.onEnd();
    if (!this.#mayWrite) this.#over();
  }
}

function idIn(payload: Uint8Array): number {
  if (payload.length < 4) throw new Error('the frame is too short');
  return new DataView(payload.buffer, payload.byteOffset).getUint32(0) & 0x7fff_ffff;
}
