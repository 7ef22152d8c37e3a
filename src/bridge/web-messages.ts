import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';

/** What only the bridge can know of a connection, so that no client may say it. */
const connectionHeaders = new Set(['client-cert', 'x-forwarded-proto']);

/** Tells the API server that the connection was encrypted, and whose certificate the client has the key of (RFC 9440). */
function describeConnection({ socket }: IncomingMessage, headers: Headers): void {
  if (!(socket instanceof TLSSocket)) return;
  headers.set('x-forwarded-proto', 'https');
  const { raw } = socket.getPeerCertificate() as { readonly raw?: Buffer };
  if (raw) headers.set('client-cert', `:${raw.toString('base64')}:`);
}

/** Node's request as the web's. The signal aborts when the caller hangs up. */
export function toWebRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    const name = incoming.rawHeaders[index]!;
    if (!connectionHeaders.has(name.toLowerCase())) headers.append(name, incoming.rawHeaders[index + 1]!);
  }
  describeConnection(incoming, headers);
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD' && (incoming.headers['content-length'] ?? '0') !== '0';
  const hasChunks = incoming.headers['transfer-encoding'] !== undefined;
  return new Request(new URL(incoming.url ?? '/', 'http://127.0.0.1'), {
    method,
    headers,
    signal,
    ...((hasBody || hasChunks) && { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' }),
  });
}

/** Sends the web's response through Node's, as fast as the caller takes it. */
export async function sendWebResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of response.headers) {
    if (name === 'set-cookie' || name === 'warning') continue;
    headers[name] = value;
  }
  const warnings = response.headers.get('warning');
  // The web joins repeated headers with a comma; each warning begins with its code.
  if (warnings) headers['warning'] = warnings.split(/, (?=299 )/);
  outgoing.writeHead(response.status, headers);
  if (!response.body) {
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  const reader = response.body.getReader();
  outgoing.on('close', () => void reader.cancel().catch(() => undefined));
  for (;;) {
    const { done, value } = await reader.read();
    if (done || outgoing.destroyed) break;
    if (!outgoing.write(value))
      await new Promise<void>((resolve) => outgoing.once('drain', resolve).once('close', resolve));
  }
  outgoing.end();
}
