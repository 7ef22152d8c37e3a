import type { ClockEvent, ClockState, Fault, KubeObject, TraceMessage, TracePlace } from '../../api/index.ts';
import { keyOf } from '../../api/index.ts';
import type { KubeApi } from '../../client/index.ts';
import { kinds, type Resource } from '../stores/kinds.ts';
import * as recorded from './recorded-cluster.ts';

/** A KubeApi that plays a small cluster with every state on show, or one of a thousand pods. Test code only. */
export function createFakeKubeApi(podCount = 0): KubeApi {
  const encoder = new TextEncoder();
  const objects = new Map<Resource, Map<string, KubeObject>>();
  const watchers = new Map<string, Set<(line: unknown) => void>>();
  const events: ClockEvent[] = [];
  const trace: TraceMessage[] = [];
  let clock: ClockState = { nowMs: recorded.epochMs, isPaused: false, speed: 1, executed: 0 };
  let faults: Fault[] = [];

  const of = (resource: Resource) => objects.get(resource) ?? objects.set(resource, new Map()).get(resource)!;
  const tell = (channel: string, line: unknown) => watchers.get(channel)?.forEach((listener) => listener(line));
  const resourceOf = (object: KubeObject) =>
    Object.values(kinds).find(({ kind }) => kind === object.kind)!.resource as Resource;

  function put(object: KubeObject) {
    const resource = resourceOf(object);
    const type = of(resource).has(keyOf(object)) ? 'MODIFIED' : 'ADDED';
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: recorded.nextRevision() } };
    of(resource).set(keyOf(object), stored);
    tell(resource, { type, object: stored });
    return stored;
  }
  function remove(object: KubeObject) {
    of(resourceOf(object)).delete(keyOf(object));
    tell(resourceOf(object), { type: 'DELETED', object });
  }
  function happen(component: string, action: string, subject: string) {
    clock = { ...clock, executed: clock.executed + 1 };
    events.push({ atMs: clock.nowMs, label: { component, action, subject } });
  }
  function send(from: TracePlace, to: TracePlace, kind: TraceMessage['kind'], verb: string, subject: string) {
    const previous = trace.at(-1);
    const message: TraceMessage = {
      id: trace.length + 1,
      ...(previous && previous.arrivesMs > clock.nowMs - 800 && { causeId: previous.id }),
      sentMs: clock.nowMs,
      arrivesMs: clock.nowMs + 5,
      kind,
      from,
      to,
      verb,
      subject,
    };
    trace.push(message);
    tell('trace', message);
  }

  const place = (type: TracePlace['type'], name = ''): TracePlace => ({ type, name });
  const api = place('apiserver');

  function start() {
    if (podCount > 0) {
      const nodes = Math.max(3, Math.ceil(podCount / 50));
      for (let n = 1; n <= nodes; n++) put(recorded.node(`node-${n}`));
      put(recorded.deployment('web', podCount));
      put(recorded.replicaSet('web', '7d9f8b6c5', podCount));
      for (let n = 0; n < podCount; n++) {
        const state = n % 97 === 0 ? 'crashing' : n % 31 === 0 ? 'creating' : 'ready';
        put(
          recorded.pod(
            `web-7d9f8b6c5-${n.toString(36).padStart(5, '0')}`,
            `node-${1 + (n % nodes)}`,
            state,
            'web-7d9f8b6c5',
          ),
        );
      }
      return;
    }
    for (const name of ['default', 'kube-system']) {
      put({ ...recorded.node(name), kind: 'Namespace' });
    }
    put(recorded.node('node-1'));
    put(recorded.node('node-2'));
    put(recorded.node('node-3', false));
    put(recorded.deployment('web', 3));
    put(recorded.replicaSet('web', '7d9f8b6c5', 2, 1));
    put(recorded.replicaSet('web', '5c4b9d7f8', 2, 2));
    put(recorded.deployment('api', 2));
    put(recorded.replicaSet('api', '6f5d4c3b2', 2));
    const web = [
      recorded.pod('web-7d9f8b6c5-x7k2p', 'node-1', 'ready', 'web-7d9f8b6c5'),
      recorded.pod('web-7d9f8b6c5-q9w4r', 'node-2', 'ready', 'web-7d9f8b6c5'),
      recorded.pod('web-5c4b9d7f8-m3n8b', 'node-1', 'blocked', 'web-5c4b9d7f8'),
      recorded.pod('web-5c4b9d7f8-p2l6k', 'node-2', 'starting', 'web-5c4b9d7f8'),
    ];
    web.forEach(put);
    put(recorded.pod('api-6f5d4c3b2-aa1zz', 'node-1', 'ready', 'api-6f5d4c3b2'));
    put(recorded.pod('api-6f5d4c3b2-bb2yy', 'node-3', 'ready', 'api-6f5d4c3b2'));
    put(recorded.pod('migrate', 'node-2', 'succeeded'));
    put(recorded.pod('worker', 'node-1', 'crashing'));
    put(recorded.pod('batch', 'node-2', 'failed'));
    put(recorded.pod('importer', 'node-2', 'creating'));
    put(recorded.pod('big', undefined, 'pending'));
    const leaving = recorded.pod('old', 'node-1', 'ready');
    put({ ...leaving, metadata: { ...leaving.metadata, deletionTimestamp: recorded.now(5_000) } });
    put(recorded.service('web', 'NodePort', { app: 'web' }));
    put(recorded.endpointSlice('web', web as never));
    put(recorded.service('kubernetes', 'ClusterIP', {}));
    put(
      recorded.event(
        'Pod',
        'big',
        'Warning',
        'FailedScheduling',
        '0/3 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }, 2 Insufficient cpu. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
      ),
    );
    put(
      recorded.event(
        'Pod',
        'worker',
        'Warning',
        'BackOff',
        'Back-off restarting failed container app in pod worker_default',
      ),
    );
  }

  let turn = 0;
  function play() {
    if (clock.isPaused) return;
    clock = { ...clock, nowMs: clock.nowMs + 100 * (clock.speed || 100) };
    tell('clock', clock);
    if (podCount > 0 || ++turn % 40 !== 0) return;
    const name = `web-7d9f8b6c5-n${(turn / 40).toString(36).padStart(4, '0')}`;
    const subject = `pods/default/${name}`;
    let created: KubeObject = recorded.pod(name, undefined, 'pending', 'web-7d9f8b6c5');
    const steps: (() => void)[] = [
      () => send(place('client', 'kubectl'), api, 'request', 'patch', 'deployments/default/web'),
      () => send(api, place('etcd'), 'write', 'put', 'deployments/default/web'),
      () => send(api, place('controller', 'deployment'), 'watch', 'MODIFIED', 'deployments/default/web'),
      () => send(place('controller', 'deployment'), api, 'request', 'update', 'replicasets/default/web-7d9f8b6c5'),
      () => send(place('controller', 'replicaset'), api, 'request', 'create', subject),
      () => {
        created = put(created);
        happen('replicaset-controller', 'create', subject);
        send(api, place('etcd'), 'write', 'put', subject);
      },
      () => send(api, place('scheduler'), 'watch', 'ADDED', subject),
      () => {
        happen('scheduler', 'bind', subject);
        send(place('scheduler'), api, 'bind', 'bind', subject);
        created = put({
          ...created,
          spec: { ...(created as never as { spec: object }).spec, nodeName: 'node-2' },
        } as never);
      },
      () => send(api, place('kubelet', 'node-2'), 'watch', 'ADDED', subject),
      () => {
        happen('kubelet', 'pull', 'nginx:1.29');
        send(place('registry'), place('kubelet', 'node-2'), 'pull', 'pull', 'nginx:1.29');
        created = put({ ...created, status: recorded.podStatus('creating') } as never);
      },
      () => {
        happen('kubelet', 'start', subject);
        created = put({ ...created, status: recorded.podStatus('starting') } as never);
      },
      () => {
        happen('kubelet', 'probe', subject);
        send(place('kubelet', 'node-2'), api, 'request', 'patch status', subject);
        created = put({ ...created, status: recorded.podStatus('ready') } as never);
        setTimeout(() => remove(created), 8_000);
      },
    ];
    steps.forEach((step, index) => setTimeout(step, index * 220));
  }

  start();
  setInterval(play, 100);

  function streamed(channel: string, signal: AbortSignal, first: readonly unknown[] = []): Response {
    let stop = () => {};
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const listener = (line: unknown) => controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        const set = watchers.get(channel) ?? watchers.set(channel, new Set()).get(channel)!;
        stop = () => void set.delete(listener);
        set.add(listener);
        first.forEach(listener);
        signal.addEventListener('abort', () => {
          stop();
          controller.close();
        });
      },
      cancel: () => stop(),
    });
    return new Response(stream);
  }

  const simulated: Record<string, (request: Request, query: URLSearchParams) => unknown> = {
    'GET /sim/clock': () => clock,
    'PATCH /sim/clock': async (request) => {
      clock = { ...clock, ...((await request.json()) as object) };
      tell('clock', clock);
      return clock;
    },
    'POST /sim/step': () => {
      happen('scheduler', 'try', 'pods/default/big');
      return { events: events.slice(-1) };
    },
    'GET /sim/events': (_, query) => ({ events: events.slice(-Number(query.get('limit'))) }),
    'GET /sim/why': () => ({ messages: trace.slice(-7) }),
    'GET /sim/faults': () => ({ faults }),
    'POST /sim/faults': async (request) => ({ faults: (faults = [...faults, (await request.json()) as Fault]) }),
    'DELETE /sim/faults': () => ({ faults: (faults = []) }),
    'GET /sim/journal': () => ({}),
    'POST /sim/seek': () => clock,
  };

  return {
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      const isWatch = searchParams.has('watch');
      if (isWatch && pathname === '/sim/clock') return streamed('clock', request.signal, [clock]);
      if (isWatch && pathname === '/sim/trace') return streamed('trace', request.signal);
      const handler = simulated[`${request.method} ${pathname}`];
      if (handler) return Response.json(await handler(request, searchParams));
      const kind = Object.values(kinds).find(({ resource }) => pathname.endsWith(`/${resource}`));
      if (!kind)
        return Response.json(
          { kind: 'Status', code: 404, message: 'the server could not find the requested resource' },
          { status: 404 },
        );
      if (isWatch) return streamed(kind.resource, request.signal);
      const items = [...of(kind.resource as Resource).values()];
      return Response.json({
        apiVersion: kind.apiVersion,
        kind: `${kind.kind}List`,
        metadata: { resourceVersion: '1' },
        items,
      });
    },
    connect: () => Promise.reject(new Error('the fake has no connections')),
  };
}
