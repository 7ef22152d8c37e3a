import type { WebSocket } from 'ws';
import type { KubeConnection } from '../client/index.ts';

/** Leads a connection of the seam through a WebSocket: each message there is one chunk here. */
export function joinWebSocket(socket: WebSocket, { readable, writable }: KubeConnection): void {
  const writer = writable.getWriter();
  const reader = readable.getReader();
  socket.on('message', (data: Buffer) => void writer.write(new Uint8Array(data)).catch(() => socket.close()));
  socket.on('close', () => {
    void writer.abort().catch(() => undefined);
    void reader.cancel().catch(() => undefined);
  });
  socket.on('error', () => socket.terminate());
  void forward(reader, socket);
}

async function forward(reader: ReadableStreamDefaultReader<Uint8Array>, socket: WebSocket): Promise<void> {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      socket.send(value);
    }
    socket.close(1000);
  } catch {
    socket.close(1011);
  }
}
