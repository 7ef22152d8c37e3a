import { ApiError, badRequest, type ClockState, type Fault } from '../api/index.ts';
import type { ApiRequest } from '../cluster/index.ts';
import { fetchCode } from './code-sources.ts';
import type { Simulation } from './simulation.ts';
import type { SavedSession } from './simulator-session.ts';

type Handler = (simulation: Simulation, request: ApiRequest, signal: AbortSignal) => unknown;

const handlers: Readonly<Record<string, Handler>> = {
  'GET /sim/clock': (simulation, request, signal) =>
    isSet(request, 'watch') ? clockStream(simulation, signal) : clockState(simulation),
  'PATCH /sim/clock': (simulation, request) => {
    const { isPaused, speed } = readJson<{ isPaused?: unknown; speed?: unknown }>(request);
    if (speed !== undefined && !(typeof speed === 'number' && speed >= 0))
      throw badRequest('speed must be a number, 0 or more');
    simulation.pacer.set({
      ...(typeof isPaused === 'boolean' && { isPaused }),
      ...(typeof speed === 'number' && { speed }),
    });
    return clockState(simulation);
  },
  'POST /sim/step': async (simulation, request) => {
    const { count = 1 } = readJson<{ count?: number }>(request);
    const { clock } = simulation.session.cluster;
    const events = [];
    for (let n = 0; n < Math.min(count, 10_000); n++) {
      await fetchCode(clock.missingCode);
      const event = clock.step();
      if (!event) break;
      events.push(event);
    }
    return { events };
  },
  'POST /sim/run': async (simulation, request, signal) => {
    const { untilMs, forMs } = readJson<{ untilMs?: number; forMs?: number }>(request);
    const target = untilMs ?? simulation.session.cluster.clock.nowMs + (forMs ?? 0);
    if (!Number.isFinite(target)) throw badRequest('untilMs or forMs must be a number');
    await simulation.pacer.runUntil(target, signal);
    return clockState(simulation);
  },
  'GET /sim/sleep': async (simulation, request, signal) => {
    const untilMs = Number(request.query.get('untilMs')?.[0]);
    if (!Number.isFinite(untilMs)) throw badRequest('untilMs must be a number');
    await simulation.pacer.sleepUntil(untilMs, signal);
    return clockState(simulation);
  },
  'GET /sim/events': ({ session }, request) => ({
    events: session.events(Number(request.query.get('limit')?.[0] ?? 1000)),
  }),
  'GET /sim/trace': ({ session }, request, signal) => {
    const afterId = Number(request.query.get('afterId')?.[0] ?? 0);
    const { trace } = session.cluster;
    if (!isSet(request, 'watch')) return { messages: trace.since(afterId) };
    return lineStream(signal, (write) => {
      for (const message of trace.since(afterId)) write(message);
      return trace.subscribe(write);
    });
  },
  'GET /sim/why': ({ session }, request) => {
    const [resource = '', namespace = '', name = ''] = ['resource', 'namespace', 'name'].map(
      (key) => request.query.get(key)?.[0],
    );
    return session.cluster.explain(resource, namespace, name);
  },
  'GET /sim/scheduling': ({ session }, request) => {
    const [namespace = '', name = ''] = ['namespace', 'name'].map((key) => request.query.get(key)?.[0]);
    return { decision: session.cluster.scheduler?.explain(`${namespace}/${name}`) };
  },
  'GET /sim/faults': ({ session }) => ({ faults: session.cluster.faults() }),
  'POST /sim/faults': ({ session }, request) => setFault(session, request, true),
  'DELETE /sim/faults': ({ session }, request) => setFault(session, request, false),
  'GET /sim/journal': ({ session }) => session.save(),
  'POST /sim/journal': async (simulation, request) => {
    await simulation.load(readJson<SavedSession>(request));
    return clockState(simulation);
  },
  'POST /sim/seek': async (simulation, request) => {
    const { atMs } = readJson<{ atMs?: unknown }>(request);
    if (typeof atMs !== 'number' || !Number.isFinite(atMs)) throw badRequest('atMs must be a number');
    await simulation.seek(atMs);
    return clockState(simulation);
  },
};

/** Time and accidents: `/sim/`. The protocol is in src/api/sim.ts. */
export async function serveSimulation(
  simulation: Simulation,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<Response> {
  const handler = handlers[`${request.method} ${request.path}`];
  if (!handler) return new Response('404 page not found\n', { status: 404 });
  try {
    const answer = await handler(simulation, request, signal);
    return answer instanceof Response ? answer : Response.json(answer);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return Response.json(error.toStatus(), { status: error.code });
  }
}

function clockState({ session, pacer }: Simulation): ClockState {
  const { nowMs, executed } = session.cluster.clock;
  return { nowMs, executed, ...pacer.state };
}

/** At each change of pace, and ten times a second while time runs. */
function clockStream(simulation: Simulation, signal: AbortSignal): Response {
  return lineStream(signal, (write) => {
    let lastMs = Number.NEGATIVE_INFINITY;
    let last = simulation.pacer.state;
    const send = () => {
      lastMs = performance.now();
      last = simulation.pacer.state;
      write(clockState(simulation));
    };
    send();
    return simulation.pacer.onBeat(() => {
      const { isPaused, speed } = simulation.pacer.state;
      const hasChanged = isPaused !== last.isPaused || speed !== last.speed;
      if (hasChanged || performance.now() - lastMs >= 100) send();
    });
  });
}

/** A stream of JSON lines. */
function lineStream(signal: AbortSignal, start: (write: (value: object) => void) => () => void): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      stop = start((value) => controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`)));
      signal.addEventListener('abort', () => {
        stop();
        controller.error(signal.reason);
      });
    },
    cancel: () => stop(),
  });
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } });
}

function setFault(session: Simulation['session'], request: ApiRequest, isOn: boolean): object {
  const fault = readJson<Partial<Fault>>(request);
  const isKnown = fault.type === 'node-down' || fault.type === 'node-network-down';
  if (!isKnown || typeof fault.node !== 'string')
    throw badRequest('a fault has a type (node-down, node-network-down) and a node');
  session.setFault({ type: fault.type, node: fault.node } as Fault, isOn);
  return { faults: session.cluster.faults() };
}

function isSet(request: ApiRequest, name: string): boolean {
  const value = request.query.get(name)?.[0];
  return value === 'true' || value === '1';
}

function readJson<T>(request: ApiRequest): T {
  try {
    return JSON.parse(new TextDecoder().decode(request.body ?? new Uint8Array())) as T;
  } catch {
    throw badRequest('the body is not JSON');
  }
}
