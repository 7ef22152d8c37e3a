import { isStream } from '../../cluster/index.ts';
import { SimulatorSession } from '../../http/index.ts';

// What every measurement needs: a session, requests to it, and a Deployment that becomes Ready.

const epochMs = Date.UTC(2026, 0, 1);

/** The body of the answer. Throws when it is a refusal. */
export function send(
  session: SimulatorSession,
  method: string,
  path: string,
  body?: object,
  { type = 'application/json', accept = 'application/json' }: { readonly type?: string; readonly accept?: string } = {},
): unknown {
  const response = session.handle({
    method,
    path,
    query: new Map(),
    headers: new Map([
      ['content-type', type],
      ['accept', accept],
      ['user-agent', 'bench'],
    ]),
    ...(body && { body: new TextEncoder().encode(JSON.stringify(body)) }),
  });
  if (isStream(response) || response.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(response)}`);
  return response.body;
}

/** A cluster with `workers` nodes that are Ready. */
export function readyCluster(workers: number): SimulatorSession {
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
export function timeToReady(
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
