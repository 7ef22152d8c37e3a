import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isStream } from '../cluster/index.ts';
import { fetchAllCode, SimulatorSession } from '../http/index.ts';

// `npm run -s bench`: what the simulator costs, as one JSON object on standard output.

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const epochMs = Date.UTC(2026, 0, 1);
const headers = new Map([
  ['content-type', 'application/json'],
  ['accept', 'application/json'],
  ['user-agent', 'bench'],
]);

function send(session: SimulatorSession, method: string, path: string, body?: object): unknown {
  const response = session.handle({
    method,
    path,
    query: new Map(),
    headers,
    ...(body && { body: new TextEncoder().encode(JSON.stringify(body)) }),
  });
  if (isStream(response) || response.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(response)}`);
  return response.body;
}

/** A cluster with `workers` nodes that are Ready. */
function readyCluster(workers: number): SimulatorSession {
  const session = new SimulatorSession({ seed: 1, epochMs, nodes: workers + 1 });
  session.cluster.clock.runFor(60_000);
  return session;
}

const deployments = '/apis/apps/v1/namespaces/default/deployments';

function createDeployment(session: SimulatorSession, replicas: number): void {
  const labels = { app: 'web' };
  send(session, 'POST', deployments, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }] } },
    },
  });
}

/** Wall and virtual seconds from the apply until every replica is Ready. */
function timeToReady(
  session: SimulatorSession,
  replicas: number,
): { readonly wallSeconds: number; readonly virtualSeconds: number } {
  const { clock } = session.cluster;
  const [wallMs, virtualMs] = [performance.now(), clock.nowMs];
  createDeployment(session, replicas);
  const readyReplicas = () =>
    (send(session, 'GET', `${deployments}/web`) as { status: { readyReplicas?: number } }).status.readyReplicas ?? 0;
  while (readyReplicas() < replicas) {
    if (clock.nowMs - virtualMs > 3_600_000)
      throw new Error(`only ${readyReplicas()} of ${replicas} pods are Ready after an hour`);
    clock.runFor(250);
  }
  return { wallSeconds: (performance.now() - wallMs) / 1000, virtualSeconds: (clock.nowMs - virtualMs) / 1000 };
}

const round = (value: number, digits = 3) => Number(value.toFixed(digits));
const best = (times: number, run: () => number) => Math.min(...Array.from({ length: times }, run));

await fetchAllCode();

// The first run also compiles the code.
timeToReady(readyCluster(20), 200);
const thousand = [1, 2, 3].map(() => timeToReady(readyCluster(20), 1000));
const fastest = thousand.toSorted((a, b) => a.wallSeconds - b.wallSeconds)[0]!;

const pods100 = best(5, () => timeToReady(readyCluster(100), 100).wallSeconds);
const pods1000 = best(3, () => timeToReady(readyCluster(100), 1000).wallSeconds);

collectGarbage();
const before = process.memoryUsage().heapUsed;
const large = readyCluster(100);
const pods10000 = timeToReady(large, 10_000);
collectGarbage();
const pods10000MemoryMB = (process.memoryUsage().heapUsed - before) / 1e6;

const listStarted = performance.now();
send(large, 'GET', '/api/v1/pods');
const list10000Ms = performance.now() - listStarted;

const idleStarted = performance.now();
large.cluster.clock.runFor(3_600_000);
const idleHourSeconds = (performance.now() - idleStarted) / 1000;

const replayStarted = performance.now();
await SimulatorSession.replay(thousandSession());
const replaySeconds = (performance.now() - replayStarted) / 1000;

function thousandSession() {
  const session = readyCluster(20);
  timeToReady(session, 1000);
  return session.save();
}

process.stdout.write(
  `${JSON.stringify({
    deployment1000ReadySeconds: round(fastest.wallSeconds),
    deployment1000VirtualSeconds: round(fastest.virtualSeconds),
    pods10000MemoryMB: round(pods10000MemoryMB, 1),
    growth100To1000: round(pods1000 / pods100, 2),
    growth1000To10000: round(pods10000.wallSeconds / pods1000, 2),
    pods100ReadySeconds: round(pods100),
    pods1000ReadySeconds: round(pods1000),
    pods10000ReadySeconds: round(pods10000.wallSeconds),
    list10000Milliseconds: round(list10000Ms, 1),
    idleHourOf10000PodsSeconds: round(idleHourSeconds),
    replayDeployment1000Seconds: round(replaySeconds),
  })}\n`,
);
