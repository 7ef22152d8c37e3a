import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStream, type ApiRequest } from '../cluster/index.ts';
import { SimulatorSession, type SavedSession } from './simulator-session.ts';

const options = { seed: 7, epochMs: Date.UTC(2026, 0, 5, 9), nodes: 3 };
const listed = [
  '/api/v1/pods',
  '/api/v1/services',
  '/api/v1/nodes',
  '/api/v1/events',
  '/api/v1/configmaps',
  '/apis/apps/v1/deployments',
  '/apis/apps/v1/replicasets',
  '/apis/discovery.k8s.io/v1/endpointslices',
  '/apis/coordination.k8s.io/v1/leases',
];

function request(method: string, path: string, body?: object): ApiRequest {
  return {
    method,
    path,
    query: new Map(),
    headers: new Map([
      ['content-type', method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'],
      ['user-agent', 'test'],
    ]),
    ...(body && { body: new TextEncoder().encode(JSON.stringify(body)) }),
  };
}

/** Everything that there is, as the API tells it. */
function dump(session: SimulatorSession): string {
  return listed
    .map((path) => {
      const answer = session.handle(request('GET', path));
      return isStream(answer) ? '' : JSON.stringify(answer.body);
    })
    .join('\n');
}

const deployments = '/apis/apps/v1/namespaces/default/deployments';

function deployment(name: string, replicas: number, image: string): object {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } },
    },
  };
}

const aName = fc.constantFrom('web', 'shop');
const anInput = fc.oneof(
  fc
    .tuple(
      aName,
      fc.integer({ min: 0, max: 4 }),
      fc.constantFrom('nginx:1.27', 'nginx:0.0', 'busybox', 'example.com/app'),
    )
    .map(([name, replicas, image]) => request('POST', deployments, deployment(name, replicas, image))),
  fc
    .tuple(aName, fc.integer({ min: 0, max: 5 }))
    .map(([name, replicas]) => request('PATCH', `${deployments}/${name}`, { spec: { replicas } })),
  aName.map((name) => request('DELETE', `${deployments}/${name}`)),
  aName.map((name) => request('GET', `${deployments}/${name}`)),
  fc.constantFrom('node-down' as const, 'mended' as const),
);

/** What comes in, and how much virtual time passes after it. */
const aHistory = fc.array(fc.tuple(anInput, fc.integer({ min: 0, max: 20_000 })), { maxLength: 8 });

function play(
  history: readonly (readonly [ApiRequest | 'node-down' | 'mended', number])[],
  sliceMs: number,
): SimulatorSession {
  const session = new SimulatorSession(options, { freeze: true });
  for (const [input, waitMs] of history) {
    if (typeof input === 'object') session.handle(input);
    else session.setFault({ type: 'node-down', node: 'node-1' }, input === 'node-down');
    const { clock } = session.cluster;
    const untilMs = clock.nowMs + waitMs;
    while (clock.nowMs < untilMs) clock.runUntil(Math.min(untilMs, clock.nowMs + sliceMs));
  }
  return session;
}

/** As it is after it was written to a file. */
const saved = (session: SimulatorSession) => JSON.parse(JSON.stringify(session.save())) as SavedSession;

describe('SimulatorSession', () => {
  it('plays a saved session to the same cluster, byte for byte, however time was sliced', () =>
    fc.assert(
      fc.asyncProperty(aHistory, fc.integer({ min: 1, max: 5_000 }), async (history, sliceMs) => {
        const sliced = play(history, sliceMs);
        expect(dump(sliced)).toBe(dump(play(history, Number.MAX_SAFE_INTEGER)));
        expect(dump(await SimulatorSession.replay(saved(sliced)))).toBe(dump(sliced));
      }),
      { numRuns: 12, seed: 20260105 },
    ));

  it('goes back to an earlier time, and knows nothing of what came after', async () => {
    const session = new SimulatorSession(options);
    session.cluster.clock.runFor(30_000);
    const before = dump(session);
    const { nowMs } = session.cluster.clock;
    session.handle(request('POST', deployments, deployment('web', 2, 'nginx:1.27')));
    session.cluster.clock.runFor(30_000);
    const earlier = await SimulatorSession.replay(saved(session), nowMs - 1);
    expect(earlier.cluster.clock.nowMs).toBe(nowMs - 1);
    earlier.cluster.clock.runFor(1);
    expect(dump(earlier)).toBe(before);
  });

  it('replays what was typed into a container', async () => {
    const session = new SimulatorSession(options);
    session.cluster.clock.runFor(30_000);
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'box' },
      spec: { containers: [{ name: 'box', image: 'busybox', command: ['sleep', '1000'] }] },
    };
    session.handle(request('POST', '/api/v1/namespaces/default/pods', pod));
    session.cluster.clock.runFor(20_000);
    const exec = request('GET', '/api/v1/namespaces/default/pods/box/exec');
    const query = new Map([
      ['command', ['sh', '-c', 'cat > /tmp/typed']],
      ['container', ['box']],
      ['stdin', ['true']],
      ['stdout', ['true']],
    ]);
    const { send } = session.open({ ...exec, query });
    send(new Uint8Array([0, ...new TextEncoder().encode('grüße')]));
    send(new Uint8Array([255, 0]));
    session.cluster.clock.runFor(5_000);
    expect(readFile(await SimulatorSession.replay(saved(session)))).toBe('grüße');
  });

  it('records nothing for a request that only reads', () => {
    const session = new SimulatorSession(options);
    dump(session);
    expect(session.journal.entries).toEqual([]);
  });

  it('refuses a session that does not fit together', async () => {
    const session = new SimulatorSession(options);
    session.cluster.clock.runFor(1_000);
    const { end, ...rest } = saved(session);
    for (const executed of [end.executed - 1, end.executed + 1]) {
      const other = { ...rest, end: { ...end, executed } };
      await expect(SimulatorSession.replay(other)).rejects.toThrow('a replay reaches event');
    }
  });
});

function readFile(session: SimulatorSession): string {
  let output = '';
  const query = new Map([
    ['command', ['cat', '/tmp/typed']],
    ['container', ['box']],
    ['stdout', ['true']],
  ]);
  const { connection } = session.open({ ...request('GET', '/api/v1/namespaces/default/pods/box/exec'), query });
  connection.onMessage((bytes) => {
    if (bytes[0] === 1) output += new TextDecoder().decode(bytes.subarray(1));
  });
  session.cluster.clock.runFor(5_000);
  return output;
}
