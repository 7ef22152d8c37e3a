import { badRequest, type RequestNews } from '../../api/index.ts';
import { sendRequest, type ApiRequest, type Cluster, type RequestOrder } from '../../cluster/index.ts';
import { Outbox } from '../outbox.ts';
import type { ServerConnection } from '../server-connection.ts';

/**
 * `/sim/request`: sends one HTTP request inside the cluster and tells its hops, a JSON line for each. A connection rather
 * than a plain request, because it takes virtual time and changes what the pods do: so it is in the journal.
 */
export function openRequest(cluster: Cluster, { query }: ApiRequest): ServerConnection {
  const order = orderOf((name) => query.get(name)?.[0] ?? '');
  const outbox = new Outbox();
  const encoder = new TextEncoder();
  const tell = (news: RequestNews) => outbox.send(encoder.encode(`${JSON.stringify(news)}\n`));
  const process = cluster.outside.spawn({
    argv: ['request', `${order.host}:${order.port}${order.path}`],
    body: () => sendRequest(cluster, order, tell),
  });
  if (process) process.onExit(() => outbox.close());
  else outbox.close();
  return {
    receive: () => undefined,
    hangUp: () => process?.signal('SIGKILL'),
    onMessage: (take) => outbox.onMessage(take),
    onClose: (ended) => outbox.onClose(ended),
  };
}

function orderOf(parameter: (name: string) => string): RequestOrder {
  const port = Number(parameter('port'));
  const host = parameter('host');
  const path = parameter('path') || '/';
  if (host === '' || !Number.isInteger(port) || port < 1 || port > 65_535) {
    throw badRequest('host must be set and port be from 1 to 65535');
  }
  // What comes from outside becomes a line of HTTP: it must not bring lines of its own.
  if (/[^!-~]/.test(host + path) || !path.startsWith('/')) throw badRequest('host or path is malformed');
  return { from: parameter('from') || 'outside', host, port, path };
}
