import { ConnectError, signalOf, type KubeApi, type KubeConnection } from '../client/index.ts';
import type { FramePort, PageFrame, WorkerFrame } from './frames.ts';

type HeadFrame = Extract<WorkerFrame, { type: 'head' }>;

/** The page's end: a KubeApi whose cluster is at the other end of the port. */
export function apiOverPort(port: FramePort): KubeApi {
  const exchanges = new Map<number, (frame: WorkerFrame) => void>();
  let lastId = 0;

  const post = (frame: PageFrame, transfer: Transferable[] = []) => port.postMessage(frame, transfer);
  port.addEventListener('message', ({ data }) => {
    const frame = data as WorkerFrame;
    exchanges.get(frame.id)?.(frame);
  });
  port.start?.();

  /** One request, and what comes back for it. `answer` makes what the caller gets from the head; it may throw. */
  async function exchange<Answer>(
    type: 'request' | 'connect',
    request: Request,
    answer: (head: HeadFrame, body: ReadableStream<Uint8Array>, id: number) => Answer,
  ): Promise<Answer> {
    const id = ++lastId;
    const { method, headers } = request;
    const { pathname, search } = new URL(request.url);
    const signal = signalOf(request);
    const sent = request.body ? await request.arrayBuffer() : undefined;
    signal.throwIfAborted();
    const body = new IncomingBody(() => post({ type: 'cancel', id }));
    return new Promise((resolve, reject) => {
      const end = () => {
        exchanges.delete(id);
        signal.removeEventListener('abort', abort);
      };
      const fail = (error: Error) => {
        end();
        reject(error);
        body.fail(error);
      };
      const abort = () => {
        post({ type: 'cancel', id });
        fail(signal.reason as Error);
      };
      signal.addEventListener('abort', abort);
      exchanges.set(id, (frame) => {
        if (frame.type === 'error') return fail(new TypeError(frame.message));
        if (frame.type === 'end') end();
        if (frame.type !== 'head') return body.receive(frame);
        try {
          resolve(answer(frame, body.stream, id));
        } catch (error) {
          reject(error as Error);
        }
      });
      const url = pathname + search;
      post({ type, id, method, url, headers: [...headers], ...(sent && { body: sent }) }, sent ? [sent] : []);
    });
  }

  function fetch(request: Request): Promise<Response> {
    return exchange('request', request, responseOf);
  }

  function connect(request: Request): Promise<KubeConnection> {
    return exchange('connect', request, (head, readable, id) => {
      if (!head.isConnection) throw new ConnectError(responseOf(head, readable));
      const writable = new WritableStream<Uint8Array>({
        write: (bytes) => post({ type: 'data', id, bytes }),
        close: () => post({ type: 'close', id }),
        abort: () => post({ type: 'cancel', id }),
      });
      return { readable, writable };
    });
  }

  return { fetch, connect };
}

/** The body of an answer as its chunks arrive. */
class IncomingBody {
  readonly stream: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #isOver = false;

  constructor(onCancel: () => void) {
    this.stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#isOver = true;
        onCancel();
      },
    });
  }

  receive(frame: WorkerFrame): void {
    if (this.#isOver) return;
    if (frame.type === 'chunk') this.#controller.enqueue(frame.bytes);
    if (frame.type === 'end') {
      this.#isOver = true;
      this.#controller.close();
    }
  }

  fail(error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#controller.error(error);
  }
}

function responseOf(frame: HeadFrame, body: ReadableStream<Uint8Array>): Response {
  const headers = frame.headers.map(([name, value]): [string, string] => [name, value]);
  const hasBody = ![101, 204, 205, 304].includes(frame.status);
  return new Response(hasBody ? body : null, { status: frame.status, headers });
}
