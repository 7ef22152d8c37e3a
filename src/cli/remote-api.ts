import WebSocket from 'ws';
import { ConnectError, type KubeApi, type KubeConnection } from '../client/index.ts';

/** The seam over a server on the network: the bridge, or `kubectl proxy`. Streams go through WebSockets. */
export function remoteApi(server: string): KubeApi {
  const at = (request: Request) => {
    const { pathname, search } = new URL(request.url);
    return new URL(pathname + search, server);
  };
  return {
    fetch: (request) => fetch(new Request(at(request), request)),
    connect: (request) => open(at(request), request.signal),
  };
}

function open(url: URL, signal: AbortSignal): Promise<KubeConnection> {
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'v5.channel.k8s.io');
    socket.binaryType = 'arraybuffer';
    signal.addEventListener('abort', () => socket.close());
    socket.on('unexpected-response', (_, answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const headers = { 'content-type': answer.headers['content-type'] ?? 'text/plain' };
        const status = answer.statusCode ?? 500;
        reject(new ConnectError(new Response(Buffer.concat(parts), { status, headers })));
      });
    });
    socket.on('error', reject);
    const readable = new ReadableStream<Uint8Array>({
      start(controller) {
        socket.on('message', (data: ArrayBuffer) => controller.enqueue(new Uint8Array(data)));
        socket.on('close', () => controller.close());
      },
      cancel: () => socket.close(),
    });
    const writable = new WritableStream<Uint8Array>({
      write: (bytes) => socket.send(bytes),
      close: () => socket.close(),
      abort: () => socket.close(),
    });
    socket.on('open', () => resolve({ readable, writable }));
  });
}
