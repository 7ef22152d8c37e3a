/**
 * One HTTP request from somewhere to somewhere in the cluster, and the hops it takes: what the page draws when a learner
 * sends one along a service's path. It goes through the same network as everybody's.
 */
import type { RequestError, RequestNews, TracePlace } from '../../api/index.ts';
import { BrokenPipe, decodeUtf8, type Routine } from '../../kernel/index.ts';
import { exchange, HttpHeaders, reasonOf, type Connection, type HttpResponse } from '../../shell/index.ts';
import type { NetworkStack } from '../../shell/index.ts';
import type { Cluster } from '../cluster.ts';
import { HopRecorder } from './hop-recorder.ts';

type RequestParts = Pick<Cluster, 'clock' | 'trace' | 'network' | 'outside' | 'kubelets'>;

export interface RequestOrder {
  /** `outside`, `nodes/NAME` or `pods/NAMESPACE/NAME`. */
  readonly from: string;
  /** An address, or a name that the sender can look up. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** How long a learner waits for a connection that nobody answers, and for an answer, in virtual time. */
const connectTimeoutMs = 5_000;
const answerTimeoutMs = 30_000;
/** As much of an answer as is shown. */
const bodyLimitBytes = 2_048;

interface Sender {
  readonly place: TracePlace;
  readonly network: Pick<NetworkStack, 'resolve' | 'connect'>;
}

/** Sends it, and tells how it goes as it goes. The routine's value is the exit code of the process that runs it. */
export function* sendRequest(
  parts: RequestParts,
  order: RequestOrder,
  tell: (news: RequestNews) => void,
): Routine<number> {
  const startedMs = parts.clock.nowMs;
  const hops = new HopRecorder(parts.trace, (hop) => tell({ type: 'hop', hop }));
  const sender = senderOf(order.from, parts);
  const answer = sender ? yield* hops.follow(ask(parts, sender, order)) : 'no-sender';
  const tookMs = parts.clock.nowMs - startedMs;
  if (typeof answer === 'string') {
    tell({ type: 'failure', error: answer, tookMs });
    return 1;
  }
  const { status } = answer;
  const reason = answer.reason || reasonOf(status);
  const from = hops.last?.to;
  if (sender && from) {
    const nowMs = parts.clock.nowMs;
    const verb = `HTTP ${status} ${reason}`;
    hops.record({ kind: 'packet', sentMs: nowMs, arrivesMs: nowMs, from, to: sender.place, verb });
  }
  tell({ type: 'answer', status, reason, body: decodeUtf8(answer.body.subarray(0, bodyLimitBytes)), tookMs });
  return 0;
}

function senderOf(from: string, { network, kubelets }: RequestParts): Sender | undefined {
  const [type, ...name] = from.split('/');
  if (type === 'outside') {
    return {
      place: { type: 'outside', name: 'workstation' },
      // The workstation is not in the cluster, and so does not know its DNS.
      network: {
        *resolve() {
          return 'NXDOMAIN';
        },
        connect: (address, port, options) => network.dialFromOutside(address, port, options),
      },
    };
  }
  const key = name.join('/');
  if (type === 'nodes') {
    return kubelets.has(key) ? { place: { type: 'node', name: key }, network: network.nodeStack(key) } : undefined;
  }
  const stack = type === 'pods' ? network.podStack(key) : undefined;
  return stack && { place: { type: 'pod', name: key }, network: stack };
}

function* ask(parts: RequestParts, { network }: Sender, order: RequestOrder): Routine<HttpResponse | RequestError> {
  const isAddress = /^\d{1,3}(\.\d{1,3}){3}$/.test(order.host);
  const addresses = isAddress ? [order.host] : yield* network.resolve(order.host);
  if (typeof addresses === 'string') return addresses;
  let error: RequestError = 'NXDOMAIN';
  for (const address of addresses) {
    const connection = yield* network.connect(address, order.port, { timeoutMs: connectTimeoutMs });
    if (typeof connection !== 'string') return yield* converse(parts, connection, order);
    error = connection;
  }
  return error;
}

function* converse(
  { outside }: RequestParts,
  connection: Connection,
  { host, port, path }: RequestOrder,
): Routine<HttpResponse | RequestError> {
  const headers = new HttpHeaders([
    ['Host', port === 80 ? host : `${host}:${port}`],
    ['User-Agent', 'drydock'],
    ['Accept', '*/*'],
    ['Connection', 'close'],
  ]);
  const request = { method: 'GET', target: path, version: 'HTTP/1.1', headers, body: new Uint8Array(0) };
  try {
    return yield* exchange(outside.turns, connection, request, answerTimeoutMs);
  } catch (error) {
    if (error instanceof BrokenPipe) return 'ECONNRESET';
    throw error;
  } finally {
    connection.close();
  }
}
