import type { KubeApi } from '../../client/index.ts';
import { decodeUtf8, Pipe } from '../../kernel/index.ts';
import type { ConnectErrno, Connection } from '../../shell/index.ts';
import { connectionOver, type LinkAddresses } from './byte-link.ts';

/**
 * A TCP connection from the workstation into the cluster, through `/sim/dial`. The first message says how it went: `+`,
 * or `!` and the errno. Without `/sim/` nothing can be reached.
 */
export async function dial(
  api: KubeApi,
  addresses: LinkAddresses,
  signal: AbortSignal,
): Promise<Connection | ConnectErrno> {
  const query = new URLSearchParams({ host: addresses.remoteAddress, port: String(addresses.remotePort) });
  const request = new Request(`http://cluster.local/sim/dial?${query}`, { signal });
  const opened = await api.connect(request).catch(() => undefined);
  if (!opened) return 'ENETUNREACH';
  const reader = opened.readable.getReader();
  const first = await reader.read();
  if (!first.value) return 'ECONNRESET';
  const answer = decodeUtf8(first.value);
  if (answer.startsWith('!')) return answer.slice(1) as ConnectErrno;

  const [incoming, outgoing] = [new Pipe(), new Pipe()];
  void receive(reader, incoming);
  void send(outgoing, opened.writable.getWriter());
  const connection = connectionOver(incoming, outgoing, addresses);
  return {
    ...connection,
    close() {
      connection.close();
      // The far end is told, too: it would wait for more otherwise.
      void reader.cancel().catch(() => undefined);
    },
  };
}

async function receive(reader: ReadableStreamDefaultReader<Uint8Array>, incoming: Pipe): Promise<void> {
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      incoming.push(part.value);
      if (incoming.isAbandoned) break;
    }
    if (incoming.isAbandoned) await reader.cancel();
  } catch {
    // The far end is gone; the reader sees the end.
  } finally {
    incoming.end();
  }
}

async function send(outgoing: Pipe, writer: WritableStreamDefaultWriter<Uint8Array>): Promise<void> {
  try {
    for (;;) {
      await new Promise<void>((resolve) => void outgoing.whenReadable(resolve));
      const bytes = outgoing.take();
      if (bytes === undefined) break;
      if (bytes !== 'empty') await writer.write(bytes);
    }
    await writer.close();
  } catch {
    outgoing.abandon();
  }
}
