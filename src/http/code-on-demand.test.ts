import { expect, it } from 'vitest';
import type { ApiRequest } from '../cluster/index.ts';
import { fetchAllCode } from './code-sources.ts';
import { serve } from './serve.ts';
import { realHost, Simulation } from './simulation.ts';
import { SimulatorSession, type SavedSession } from './simulator-session.ts';

// Of all tests this one starts without the code that the page fetches: see testing/all-code.ts.

const options = { seed: 1, epochMs: Date.UTC(2026, 0, 5, 9), nodes: 3 };
const labels = { app: 'web' };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
  },
};

/** All pods and events, with every byte of them. */
function dump({ cluster }: SimulatorSession): string {
  const list = (path: string): ApiRequest => ({ method: 'GET', path, query: new Map(), headers: new Map() });
  return JSON.stringify(
    ['/api/v1/pods', '/api/v1/events', '/api/v1/nodes'].map((path) => cluster.apiServer.handle(list(path))),
  );
}

it('fetches code when it is needed, and the run is the one that had everything', async () => {
  const simulation = new Simulation({ ...options, isPaused: true }, realHost);
  await simulation.advance(30_000);
  const api = serve(simulation);
  const url = 'http://cluster.local/apis/apps/v1/namespaces/default/deployments';
  const headers = { 'content-type': 'application/json' };
  const created = await api.fetch(new Request(url, { method: 'POST', headers, body: JSON.stringify(deployment) }));
  expect(created.status).toBe(201);
  expect(simulation.session.cluster.clock.runUntil(options.epochMs + 60_000), 'holds for the image').toBe(false);
  await simulation.advance(60_000);
  const bitByBit = dump(simulation.session);
  expect(bitByBit.match(/"ready":true/g)).toHaveLength(2);

  const saved = JSON.parse(JSON.stringify(simulation.session.save())) as SavedSession;
  await fetchAllCode();
  expect(dump(await SimulatorSession.replay(saved))).toBe(bitByBit);
});
