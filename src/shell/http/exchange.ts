import type { Routine, TurnScheduler } from '../../kernel/index.ts';
import { ByteReader } from '../io/byte-reader.ts';
import { withTimeout } from '../io/with-timeout.ts';
import type { ConnectErrno, Connection, NetworkStack, ResolveError } from '../program.ts';
import type { HttpRequest, HttpResponse } from './message.ts';
import { readResponse } from './read-message.ts';
import { requestBytes } from './write-message.ts';

export type Dialled =
  | { readonly kind: 'connected'; readonly address: string; readonly connection: Connection }
  | { readonly kind: 'unresolved'; readonly error: ResolveError }
  | { readonly kind: 'failed'; readonly address: string; readonly error: ConnectErrno };

const isAddress = (host: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || host.includes(':');

/** Resolves a host and connects to the first of its addresses that answers. */
export function* dial(network: NetworkStack, host: string, port: number, timeoutMs?: number): Routine<Dialled> {
  const addresses = isAddress(host) ? [host] : yield* network.resolve(host);
  if (typeof addresses === 'string') return { kind: 'unresolved', error: addresses };
  if (addresses.length === 0) return { kind: 'unresolved', error: 'NXDOMAIN' };
  let failed: Dialled | undefined;
  for (const address of addresses) {
    const connection = yield* network.connect(address, port, timeoutMs === undefined ? {} : { timeoutMs });
    if (typeof connection !== 'string') return { kind: 'connected', address, connection };
    failed = { kind: 'failed', address, error: connection };
  }
  return failed!;
}

/** Sends a request on a connection and reads the answer; `'timeout'` when it took too long. */
export function* exchange(
  turns: TurnScheduler,
  connection: Connection,
  request: HttpRequest,
  timeoutMs = Number.POSITIVE_INFINITY,
): Routine<HttpResponse | 'closed' | 'malformed' | 'timeout'> {
  const converse = function* (): Routine<HttpResponse | 'closed' | 'malformed'> {
    yield* connection.write(requestBytes(request));
    return yield* readResponse(new ByteReader(connection), request.method);
  };
  return (yield* withTimeout(turns, timeoutMs, converse())) ?? 'timeout';
}
