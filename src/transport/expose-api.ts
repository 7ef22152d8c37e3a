import { ConnectError, type KubeApi } from '../client/index.ts';
import type { FramePort, PageFrame, WorkerFrame } from './frames.ts';

/** The worker's end: answers what comes over the port with `api`. */
export function exposeApi(port: FramePort, api: KubeApi): void {
  const exchanges = new Map<number, Exchange>();

  port.addEventListener('message', ({ data }) => {
    const frame = data as PageFrame;
    const exchange = exchanges.get(frame.id);
    switch (frame.type) {
      case 'request':
      case 'connect': {
        const begun = new Exchange(frame, port);
        exchanges.set(frame.id, begun);
        void begun.run(api).finally(() => exchanges.delete(frame.id));
        break;
      }
      case 'data':
        exchange?.receive(frame.bytes);
        break;
      case 'close':
        exchange?.endOfInput();
        break;
      case 'cancel':
        exchange?.cancel();
        break;
    }
  });
  port.start?.();
}

type OpeningFrame = Extract<PageFrame, { type: 'request' | 'connect' }>;

/** One request or connection, from its first frame to its last. */
class Exchange {
  readonly #port: FramePort;
  readonly #frame: OpeningFrame;
  readonly #abort = new AbortController();
  readonly #early: Uint8Array[] = [];
  #isInputOver = false;
  #writer: WritableStreamDefaultWriter<Uint8Array> | undefined;

  constructor(frame: OpeningFrame, port: FramePort) {
    this.#frame = frame;
    this.#port = port;
  }

  async run(api: KubeApi): Promise<void> {
    try {
      const request = new Request(new URL(this.#frame.url, 'http://cluster.local'), {
        method: this.#frame.method,
        headers: this.#frame.headers.map(([name, value]): [string, string] => [name, value]),
        signal: this.#abort.signal,
        ...(this.#frame.body && { body: this.#frame.body }),
      });
      await (this.#frame.type === 'connect' ? this.#connect(api, request) : this.#fetch(api, request));
    } catch (error) {
      this.#post({
        type: 'error',
        id: this.#frame.id,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  receive(bytes: Uint8Array): void {
    if (this.#writer) void this.#writer.write(bytes).catch(() => this.cancel());
    else this.#early.push(bytes);
  }

  endOfInput(): void {
    this.#isInputOver = true;
    void this.#writer?.close().catch(() => this.cancel());
  }

  cancel(): void {
    this.#abort.abort();
  }

  async #fetch(api: KubeApi, request: Request): Promise<void> {
    await this.#answer(await api.fetch(request));
  }

  async #connect(api: KubeApi, request: Request): Promise<void> {
    let connection;
    try {
      connection = await api.connect(request);
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      await this.#answer(error.response);
      return;
    }
    this.#post({ type: 'head', id: this.#frame.id, status: 101, headers: [], isConnection: true });
    this.#writer = connection.writable.getWriter();
    for (const bytes of this.#early.splice(0)) this.receive(bytes);
    if (this.#isInputOver) this.endOfInput();
    await this.#stream(connection.readable);
  }

  async #answer(response: Response): Promise<void> {
    const headers = [...response.headers];
    this.#post({ type: 'head', id: this.#frame.id, status: response.status, headers, isConnection: false });
    if (response.body) await this.#stream(response.body);
    else this.#post({ type: 'end', id: this.#frame.id });
  }

  async #stream(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    this.#abort.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      this.#post({ type: 'chunk', id: this.#frame.id, bytes: value });
    }
    this.#post({ type: 'end', id: this.#frame.id });
  }

  #post(frame: WorkerFrame): void {
    this.#port.postMessage(frame);
  }
}
