import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { KubeApi } from '../client/index.ts';
import { acceptProtobuf } from './protobuf/accept-protobuf.ts';
import { Upgrades } from './upgrade.ts';
import { sendWebResponse, toWebRequest } from './web-messages.ts';

/** PEM. */
export interface TlsIdentity {
  readonly certificate: string;
  readonly key: string;
}

/**
 * The same KubeApi on a port of the loopback interface, for the real kubectl, helm and client libraries: over plain HTTP
 * for the administrator, as behind `kubectl proxy`, or over TLS for whoever shows a certificate or a token.
 * @param tls what the server shows of itself; absent for plain HTTP
 */
export function createBridge(cluster: KubeApi, tls?: TlsIdentity): Server {
  const api = acceptProtobuf(cluster);
  const upgrades = new Upgrades(api);
  const answer: RequestListener = (incoming, outgoing) => {
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
  };
  const server = tls ? createTls(tls, answer) : createServer(answer);
  server.on('upgrade', (incoming, socket, head) => {
    void upgrades.serve(incoming, socket, head).catch(() => socket.destroy());
  });
  // Watches and follows live as long as their clients want.
  server.requestTimeout = 0;
  return server;
}

/** Any certificate of a client is let through: whether it is good for anything is for the API server to say. */
function createTls({ certificate, key }: TlsIdentity, answer: RequestListener): Server {
  return createTlsServer({ cert: certificate, key, requestCert: true, rejectUnauthorized: false }, answer);
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
