import { BrokenPipe, type Routine } from '../../kernel/index.ts';
import { ByteReader } from '../io/byte-reader.ts';
import type { Connection } from '../program.ts';
import { HttpHeaders, keepsAlive, type HttpRequest, type HttpResponse } from './message.ts';
import { readRequest } from './read-message.ts';
import { responseBytes } from './write-message.ts';

export interface HttpExchange {
  readonly request: HttpRequest;
  readonly connection: Connection;
}

/** Answers one request. */
export type HttpHandler = (exchange: HttpExchange) => Routine<HttpResponse>;

export interface ServeOptions {
  readonly handle: HttpHandler;
  /** What a client gets that speaks something else. */
  readonly malformed: () => HttpResponse;
  /** Asked after each exchange: a server that shuts down keeps no connection open. */
  readonly isStopping?: () => boolean;
  /** Connections that wait for their next request are in here, for a server that shuts down to close. */
  readonly idle?: Set<Connection>;
}

/** Serves a connection until the client, or HTTP, ends it. */
export function* serveConnection(
  connection: Connection,
  { handle, malformed, isStopping, idle }: ServeOptions,
): Routine<void> {
  const reader = new ByteReader(connection);
  try {
    for (;;) {
      idle?.add(connection);
      const request = yield* readRequest(reader);
      idle?.delete(connection);
      if (request === undefined) return;
      if (request === 'malformed') {
        yield* connection.write(responseBytes(malformed()));
        return;
      }
      const response = yield* handle({ request, connection });
      const stays =
        keepsAlive(request.version, request.headers) && keepsAlive('HTTP/1.1', response.headers) && !isStopping?.();
      yield* connection.write(responseBytes(withConnection(response, stays), request.method));
      if (!stays) return;
    }
  } catch (error) {
    // A client that went away needs no answer.
    if (!(error instanceof BrokenPipe)) throw error;
  } finally {
    idle?.delete(connection);
    connection.close();
  }
}

function withConnection(response: HttpResponse, stays: boolean): HttpResponse {
  if (response.headers.has('connection') || stays) return response;
  const headers = new HttpHeaders(response.headers.entries).set('Connection', 'close');
  return { ...response, headers };
}
