import { createServer, type Server } from 'node:http';
import type { KubeApi } from '../client/index.ts';
import { acceptProtobuf } from './protobuf/accept-protobuf.ts';
import { Upgrades } from './upgrade.ts';
import { sendWebResponse, toWebRequest } from './web-messages.ts';

/**
 * The same KubeApi on a port of the loopback interface, for the real kubectl, helm and client libraries.
 * Differs: plain HTTP only, and whoever connects is taken for the administrator, as behind `kubectl proxy`.
 */
export function createBridge(cluster: KubeApi): Server {
  const api = acceptProtobuf(cluster);
  const upgrades = new Upgrades(api);
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
    void upgrades.serve(incoming, socket, head).catch(() => socket.destroy());
  });
  // Watches and follows live as long as their clients want.
  server.requestTimeout = 0;
  return server;
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
