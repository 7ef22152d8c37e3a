import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { ConnectError, type KubeApi } from '../client/index.ts';
import { acceptProtobuf } from './protobuf/accept-protobuf.ts';
import { sendWebResponse, toWebRequest } from './web-messages.ts';
import { joinWebSocket } from './web-socket-session.ts';

/** Sub-protocols of exec and attach that are spoken here, best first. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/**
 * The same KubeApi on a port of the loopback interface, for the real kubectl, helm and client libraries.
 * Differs: plain HTTP only, and whoever connects is taken for the administrator, as behind `kubectl proxy`.
 */
export function createBridge(cluster: KubeApi): Server {
  const api = acceptProtobuf(cluster);
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => protocols.find((protocol) => offered.has(protocol)) ?? false,
  });
  const refusals: Refusals = new Map();
  const server = createServer((incoming, outgoing) => {
    const abort = new AbortController();
    outgoing.on('close', () => abort.abort());
    api
      .fetch(toWebRequest(incoming, abort.signal))
      .then((response) => sendWebResponse(response, outgoing))
      .catch((error: unknown) => {
        if (abort.signal.aborted || outgoing.destroyed) return;
        if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain' });
        outgoing.end(`${error instanceof Error ? error.message : String(error)}\n`);
      });
  });
  server.on('upgrade', (incoming, socket, head) => {
    void upgrade(api, sockets, refusals, incoming, socket, head).catch(() => socket.destroy());
  });
  // Watches and follows live as long as their clients want.
  server.requestTimeout = 0;
  return server;
}

/** Why a path was refused over WebSocket: kubectl then tries SPDY, and reports the answer to that. */
type Refusals = Map<string, Response>;

async function upgrade(
  api: KubeApi,
  sockets: WebSocketServer,
  refusals: Refusals,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
) {
  const offered = (incoming.headers['sec-websocket-protocol'] ?? '').split(/,\s*/).filter(Boolean);
  const speaksOurs = offered.length === 0 || offered.some((protocol) => protocols.includes(protocol));
  const path = incoming.url ?? '/';
  const earlier = refusals.get(path);
  refusals.delete(path);
  if (earlier && incoming.headers.upgrade?.toLowerCase() !== 'websocket') {
    await refuse(socket, earlier, 'Refused');
    return;
  }
  if (incoming.headers.upgrade?.toLowerCase() !== 'websocket' || !speaksOurs) {
    // kubectl asks for SPDY, or for SPDY inside a WebSocket, and reports this answer.
    refuse(socket, new Response(`unable to upgrade: unsupported protocol\n`, { status: 400 }), 'Bad Request');
    return;
  }
  const abort = new AbortController();
  socket.on('close', () => abort.abort());
  try {
    const connection = await api.connect(toWebRequest(incoming, abort.signal));
    sockets.handleUpgrade(incoming, socket, head, (webSocket) => joinWebSocket(webSocket, connection));
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    refusals.set(path, error.response.clone());
    await refuse(socket, error.response, 'Refused');
  }
}

async function refuse(socket: Duplex, response: Response, phrase: string): Promise<void> {
  const body = await response.text();
  const type = response.headers.get('content-type') ?? 'text/plain';
  socket.end(
    `HTTP/1.1 ${response.status} ${phrase}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** Listens on loopback; resolves with the port. Rejects when the port is taken. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
