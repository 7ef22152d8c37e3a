import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { ConnectError, type KubeApi } from '../client/index.ts';
import { PortForwardStreams } from './spdy/port-forward-streams.ts';
import { RemoteCommandStreams } from './spdy/remote-command-streams.ts';
import { SpdyConnection, type Wire } from './spdy/spdy-connection.ts';
import { toWebRequest } from './web-messages.ts';
import { joinWebSocket } from './web-socket-session.ts';

/** Sub-protocols of exec, attach and port-forward over WebSocket, best first. */
const channelProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
/** SPDY inside a WebSocket, as kubectl has it for port-forward. */
const tunnelProtocol = 'SPDY/3.1+portforward.k8s.io';
/** What is spoken inside SPDY. */
const spdyProtocols = ['v4.channel.k8s.io', 'portforward.k8s.io'];

/**
 * Serves the requests that leave HTTP behind: exec, attach and port-forward over WebSocket, over SPDY/3.1, and over SPDY
 * inside a WebSocket.
 * Upstream: apimachinery/pkg/util/httpstream, apiserver/pkg/util/proxy/streamtunnel.go
 */
export class Upgrades {
  readonly #api: KubeApi;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => chooseProtocol([...offered]) ?? false,
  });
  /** Requests for a tunnel: its name has a slash, which ws does not take for the name of a protocol. */
  readonly #tunnels = new WeakSet<IncomingMessage>();

  constructor(api: KubeApi) {
    this.#api = api;
    this.#sockets.on('headers', (headers, incoming) => {
      if (this.#tunnels.has(incoming)) headers.push(`Sec-WebSocket-Protocol: ${tunnelProtocol}`);
    });
  }

  async serve(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const abort = new AbortController();
    socket.on('close', () => abort.abort());
    socket.on('error', () => socket.destroy());
    const request = toWebRequest(incoming, abort.signal);
    try {
      const wanted = incoming.headers.upgrade?.toLowerCase();
      if (wanted === 'websocket') await this.#overWebSocket(incoming, request, socket, head);
      else if (wanted === 'spdy/3.1') await this.#overSpdy(incoming, request, socket, head);
      else await refuse(socket, badUpgrade('unable to upgrade: missing upgrade headers in request'));
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      await refuse(socket, error.response);
    }
  }

  async #overWebSocket(incoming: IncomingMessage, request: Request, socket: Duplex, head: Buffer): Promise<void> {
    const offered = listed(incoming.headers['sec-websocket-protocol']);
    const protocol = chooseProtocol(offered);
    if (offered.length > 0 && !protocol) {
      await refuse(socket, badUpgrade('unable to upgrade: unsupported protocol'));
      return;
    }
    const connection = await this.#api.connect(request);
    if (protocol === tunnelProtocol) {
      this.#tunnels.add(incoming);
      delete incoming.headers['sec-websocket-protocol'];
    }
    this.#sockets.handleUpgrade(incoming, socket, head, (webSocket) => {
      if (protocol !== tunnelProtocol) {
        joinWebSocket(webSocket, connection);
        return;
      }
      // The connection without ports shows that the pod may be reached; it stays open as long as the tunnel.
      const spdy = speakSpdy(wireOver(webSocket), new PortForwardStreams(this.#api, request));
      webSocket.on('message', (bytes: Buffer) => spdy.receive(bytes));
      webSocket.on('close', () => {
        spdy.ended();
        void connection.readable.cancel().catch(() => undefined);
      });
    });
  }

  async #overSpdy(incoming: IncomingMessage, request: Request, socket: Duplex, head: Buffer): Promise<void> {
    const offered = listed(incoming.headers['x-stream-protocol-version']);
    const isForward = new URL(request.url).pathname.endsWith('/portforward');
    const protocol = offered.find((each) => spdyProtocols.includes(each));
    if (!protocol || isForward !== (protocol === 'portforward.k8s.io')) {
      await refuse(socket, badUpgrade('unable to upgrade: unsupported protocol'));
      return;
    }
    const connection = await this.#api.connect(request);
    const answer = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: SPDY/3.1'];
    socket.write([...answer, `X-Stream-Protocol-Version: ${protocol}`, '', ''].join('\r\n'));
    const command = isForward ? undefined : new RemoteCommandStreams(connection);
    const wire = { send: (bytes: Uint8Array) => void socket.write(bytes), close: () => void socket.end() };
    const spdy = speakSpdy(wire, command ?? new PortForwardStreams(this.#api, request));
    socket.on('data', (bytes: Buffer) => spdy.receive(bytes));
    socket.on('close', () => {
      spdy.ended();
      if (command) command.hangUp();
      else void connection.readable.cancel().catch(() => undefined);
    });
    spdy.receive(head);
  }
}

function speakSpdy(wire: Wire, streams: PortForwardStreams | RemoteCommandStreams): SpdyConnection {
  return new SpdyConnection(wire, (stream) => streams.accept(stream));
}

function wireOver(webSocket: WebSocket): Wire {
  return { send: (bytes) => webSocket.send(bytes), close: () => webSocket.close() };
}

function chooseProtocol(offered: readonly string[]): string | undefined {
  return [...channelProtocols, tunnelProtocol].find((protocol) => offered.includes(protocol));
}

function listed(header: string | string[] | undefined): readonly string[] {
  return [header ?? []].flat().flatMap((text) => text.split(/,\s*/).filter(Boolean));
}

function badUpgrade(message: string): Response {
  return new Response(`${message}\n`, { status: 400 });
}

async function refuse(socket: Duplex, response: Response): Promise<void> {
  const body = await response.text();
  const type = response.headers.get('content-type') ?? 'text/plain';
  const head = [`HTTP/1.1 ${response.status} Refused`, `content-type: ${type}`];
  const end = [`content-length: ${Buffer.byteLength(body)}`, 'connection: close', '', ''];
  socket.end([...head, ...end].join('\r\n') + body);
}
