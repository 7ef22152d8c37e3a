import { ApiError } from '../api/index.ts';
import { ConnectError, signalOf, type KubeApi, type KubeConnection } from '../client/index.ts';
import type { ApiRequest, ApiResponse, ApiSink } from '../cluster/index.ts';
import { fetchCode } from './code-sources.ts';
import { loadDescriptions } from './open-api-descriptions.ts';
import { splitUrl } from './recorded-request.ts';
import { serveSimulation } from './serve-simulation.ts';
import type { Simulation } from './simulation.ts';

/** The seam over a simulated cluster: Request > plain call > Response. */
export function serve(simulation: Simulation): KubeApi {
  const { pacer } = simulation;
  return {
    async fetch(request) {
      pacer.catchUp();
      const signal = signalOf(request);
      const apiRequest = await readRequest(request);
      signal.throwIfAborted();
      if (apiRequest.path.startsWith('/sim/')) return serveSimulation(simulation, apiRequest, signal);
      try {
        await fetchCode(simulation.session.codeFor(apiRequest));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return Response.json(error.toStatus(), { status: error.code });
      }
      if (apiRequest.path.startsWith('/openapi/')) await loadDescriptions(simulation, apiRequest.path);
      return toResponse(simulation.session.handle(apiRequest), simulation, signal);
    },
    async connect(request) {
      pacer.catchUp();
      const signal = signalOf(request);
      return openStreams(simulation, await readRequest(request), signal);
    },
  };
}

async function readRequest(request: Request): Promise<ApiRequest> {
  const { pathname, search } = new URL(request.url);
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && request.body !== null;
  const body = hasBody ? new Uint8Array(await request.arrayBuffer()) : undefined;
  return {
    method: request.method,
    ...splitUrl(pathname + search),
    headers: new Map([...request.headers].map(([name, value]) => [name.toLowerCase(), value])),
    ...(body && body.length > 0 && { body }),
  };
}

function toResponse(answer: ApiResponse, simulation: Simulation, signal: AbortSignal): Response {
  const headers = new Headers({
    // kubectl keeps what it learns of the API; the date is in its future when virtual time runs fast.
    'cache-control': 'no-cache, private',
    date: new Date(simulation.session.cluster.clock.nowMs).toUTCString(),
  });
  for (const [name, value] of answer.headers) headers.append(name, toHeaderText(value));
  if ('stream' in answer) {
    return new Response(streamBody(answer.stream, simulation, signal), { status: answer.status, headers });
  }
  return new Response(bodyText(answer.body), { status: answer.status, headers });
}

/** Headers are bytes; Kubernetes writes UTF-8 where it must. */
function toHeaderText(value: string): string {
  // eslint-disable-next-line no-control-regex -- ASCII is what most headers are
  if (/^[\x00-\x7f]*$/.test(value)) return value;
  return Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join('');
}

function bodyText(body: unknown): string {
  return typeof body === 'string' ? body : `${JSON.stringify(body)}\n`;
}

/** A body that goes on until the client or the server ends it. */
function streamBody(
  start: (sink: ApiSink) => () => void,
  simulation: Simulation,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const { pacer } = simulation;
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const endWait = pacer.beginWait();
      let isOver = false;
      let forget = () => {};
      const finish = () => {
        if (isOver) return;
        isOver = true;
        forget();
        endWait();
        controller.close();
      };
      // After a jump in time the client has to list again.
      forget = simulation.onReplaced(finish);
      const cancel = start({
        write(chunk) {
          if (isOver) return;
          pacer.noteOutput();
          controller.enqueue(chunk instanceof Uint8Array ? chunk : encoder.encode(bodyText(chunk)));
        },
        end: finish,
      });
      stop = () => {
        cancel();
        isOver = true;
        forget();
        endWait();
      };
      signal.addEventListener('abort', () => {
        if (isOver) return;
        stop();
        controller.error(signal.reason);
      });
    },
    cancel: () => stop(),
  });
}

function openStreams({ session, pacer }: Simulation, request: ApiRequest, signal: AbortSignal): KubeConnection {
  let opened;
  try {
    opened = session.open(request);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ConnectError(Response.json(error.toStatus(), { status: error.code }));
  }
  const { connection, send, hangUp } = opened;
  const endWait = pacer.beginWait();
  let isOver = false;
  let closeReadable = () => {};
  /** Whoever ends it first: after that, what the other side still says goes nowhere. */
  const end = (): boolean => {
    if (isOver) return false;
    isOver = true;
    signal.removeEventListener('abort', leave);
    endWait();
    closeReadable();
    return true;
  };
  const leave = () => {
    if (end()) hangUp();
  };
  signal.addEventListener('abort', leave);
  const readable = new ReadableStream<Uint8Array>({
    start(controller) {
      closeReadable = () => controller.close();
      connection.onMessage((bytes) => {
        if (isOver) return;
        pacer.noteOutput();
        controller.enqueue(bytes);
      });
      connection.onClose(() => void end());
    },
    cancel: () => {
      // A stream that is cancelled is closed already.
      closeReadable = () => {};
      leave();
    },
  });
  const writable = new WritableStream<Uint8Array>({
    write(bytes) {
      pacer.catchUp();
      send(bytes);
    },
    close: () => undefined,
    abort: leave,
  });
  return { readable, writable };
}
