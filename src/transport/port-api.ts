import { ConnectError, type KubeApi, type KubeConnection } from '../client/index.ts';
import type { FramePort, PageFrame, WorkerFrame } from './frames.ts';

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

  async function open(
    type: 'request' | 'connect',
    request: Request,
    receive: (id: number, frame: WorkerFrame) => void,
  ) {
    const id = ++lastId;
    const { pathname, search } = new URL(request.url);
    const body = request.body ? await request.arrayBuffer() : undefined;
    request.signal.throwIfAborted();
    exchanges.set(id, (frame) => {
      if (frame.type === 'end' || frame.type === 'error') exchanges.delete(id);
      receive(id, frame);
    });
    post(
      {
        type,
        id,
        method: request.method,
        url: pathname + search,
        headers: [...request.headers],
        ...(body && { body }),
      },
      body ? [body] : [],
    );
    return id;
  }

  function fetch(request: Request): Promise<Response> {
    return new Promise((resolve, reject) => {
      const body = new IncomingBody(() => post({ type: 'cancel', id }));
      let id = 0;
      const receive = (frameId: number, frame: WorkerFrame) => {
        id = frameId;
        if (frame.type === 'head') resolve(responseOf(frame, body.stream));
        else if (frame.type === 'error') {
          reject(new TypeError(frame.message));
          body.fail(new TypeError(frame.message));
        } else body.receive(frame);
      };
      request.signal.addEventListener('abort', () => {
        if (id > 0) post({ type: 'cancel', id });
        const reason = request.signal.reason as Error;
        reject(reason);
        body.fail(reason);
      });
      open('request', request, receive).then((opened) => {
        id = opened;
      }, reject);
    });
  }

  function connect(request: Request): Promise<KubeConnection> {
    return new Promise((resolve, reject) => {
      let id = 0;
      const body = new IncomingBody(() => post({ type: 'cancel', id }));
      const writable = new WritableStream<Uint8Array>({
        write: (bytes) => post({ type: 'data', id, bytes }),
        close: () => post({ type: 'close', id }),
        abort: () => post({ type: 'cancel', id }),
      });
      const receive = (frameId: number, frame: WorkerFrame) => {
        id = frameId;
        if (frame.type === 'head' && frame.isConnection) resolve({ readable: body.stream, writable });
        else if (frame.type === 'head') reject(new ConnectError(responseOf(frame, body.stream)));
        else if (frame.type === 'error') {
          reject(new TypeError(frame.message));
          body.fail(new TypeError(frame.message));
        } else body.receive(frame);
      };
      request.signal.addEventListener('abort', () => {
        if (id > 0) post({ type: 'cancel', id });
        const reason = request.signal.reason as Error;
        reject(reason);
        body.fail(reason);
      });
      open('connect', request, receive).then((opened) => {
        id = opened;
      }, reject);
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

function responseOf(frame: Extract<WorkerFrame, { type: 'head' }>, body: ReadableStream<Uint8Array>): Response {
  const headers = frame.headers.map(([name, value]): [string, string] => [name, value]);
  const hasBody = ![101, 204, 205, 304].includes(frame.status);
  return new Response(hasBody ? body : null, { status: frame.status, headers });
}
