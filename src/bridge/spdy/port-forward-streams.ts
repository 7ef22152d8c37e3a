import { ConnectError, channels, type KubeApi } from '../../client/index.ts';
import type { SpdyStream } from './spdy-connection.ts';

const dataChannel = 0;
const errorChannel = 1;
/** On the seam each channel of a forwarded port begins with the port's number. */
const openings = 2;

/**
 * Pairs the streams of a port-forward: for each connection the client opens one for errors and one for data, with the
 * same `requestid`, and each pair becomes one connection of the seam.
 * Upstream: kubelet/pkg/cri/streaming/portforward/httpstream.go
 */
export class PortForwardStreams {
  readonly #api: KubeApi;
  readonly #request: Request;
  readonly #waiting = new Map<string, Map<string, SpdyStream>>();

  /** @param request what the client asked for when it connected; aborted when it goes */
  constructor(api: KubeApi, request: Request) {
    this.#api = api;
    this.#request = request;
  }

  accept(stream: SpdyStream): void {
    const { headers } = stream;
    const key = headers.get('requestid') ?? '';
    const pair = this.#waiting.get(key) ?? new Map<string, SpdyStream>();
    pair.set(headers.get('streamtype') ?? '', stream);
    this.#waiting.set(key, pair);
    const data = pair.get('data');
    const errors = pair.get('error');
    if (!data || !errors) return;
    this.#waiting.delete(key);
    void this.#forward(data, errors);
  }

  async #forward(data: SpdyStream, errors: SpdyStream): Promise<void> {
    const early: Uint8Array[] = [];
    let hasEnded = false;
    data.onData = (bytes) => void early.push(bytes.slice());
    data.onEnd = () => (hasEnded = true);
    try {
      const url = new URL(this.#request.url);
      url.searchParams.set('ports', data.headers.get('port') ?? '');
      const { headers, signal } = this.#request;
      const connection = await this.#api.connect(new Request(url, { headers, signal }));
      const writer = connection.writable.getWriter();
      const send = (bytes: Uint8Array) => void writer.write(Buffer.concat([Buffer.of(dataChannel), bytes])).catch(noop);
      const end = () => void writer.write(Uint8Array.of(channels.close, dataChannel)).catch(noop);
      early.forEach(send);
      if (hasEnded) end();
      data.onData = send;
      data.onEnd = end;
      await deliver(connection.readable, data, errors);
      await writer.abort().catch(noop);
    } catch (error) {
      errors.write(Buffer.from(error instanceof ConnectError ? await error.response.text() : String(error)));
    } finally {
      data.end();
      errors.end();
    }
  }
}

async function deliver(readable: ReadableStream<Uint8Array>, data: SpdyStream, errors: SpdyStream): Promise<void> {
  let seen = 0;
  for await (const message of readable) {
    if (seen++ < openings) continue;
    (message[0] === errorChannel ? errors : data).write(message.subarray(1));
  }
}

function noop(): void {}
