import WebSocket from 'ws';
import { ConnectError, signalOf, type KubeApi, type KubeConnection } from '../client/index.ts';

/** A KubeApi whose cluster is at a URL: a running bridge, or a real cluster behind `kubectl proxy`. */
export function serverApi(server: string): KubeApi {
  const urlOf = (request: Request) => {
    const { pathname, search } = new URL(request.url);
    return new URL(pathname + search, server);
  };
  return {
    async fetch(request) {
      const body = request.body ? await request.arrayBuffer() : undefined;
      const { method, headers } = request;
      return fetch(urlOf(request), { method, headers, signal: signalOf(request), ...(body && { body }) });
    },
    connect: (request) => openWebSocket(urlOf(request), request),
  };
}

function openWebSocket(url: URL, request: Request): Promise<KubeConnection> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.href.replace(/^http/, 'ws'), ['v5.channel.k8s.io'], {
      headers: Object.fromEntries([...request.headers].filter(([name]) => name !== 'host')),
    });
    socket.binaryType = 'arraybuffer';
    const signal = signalOf(request);
    const hangUp = () => socket.close();
    signal.addEventListener('abort', hangUp);
    socket.on('close', () => signal.removeEventListener('abort', hangUp));
    socket.on('unexpected-response', (_, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        reject(new ConnectError(new Response(body, { status: response.statusCode ?? 500 })));
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
      abort: () => socket.close(),
    });
    socket.on('open', () => resolve({ readable, writable }));
  });
}
