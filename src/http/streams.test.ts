import { expect, it } from 'vitest';
import { fetchAllCode } from './code-sources.ts';
import { serve } from './serve.ts';
import { realHost, Simulation } from './simulation.ts';

/** A paused cluster with a pod that runs. */
async function clusterWithPod() {
  await fetchAllCode();
  const simulation = new Simulation({ seed: 1, epochMs: 0, nodes: 2, isPaused: true }, realHost);
  const { clock } = simulation.session.cluster;
  clock.runFor(30_000);
  const api = serve(simulation);
  const pod = { metadata: { name: 'web' }, spec: { containers: [{ name: 'main', image: 'nginx' }] } };
  const headers = { 'content-type': 'application/json' };
  const url = 'http://cluster.local/api/v1/namespaces/default/pods';
  await api.fetch(new Request(url, { method: 'POST', headers, body: JSON.stringify(pod) }));
  clock.runFor(30_000);
  const exec = (...command: readonly string[]) => {
    const words = command.map((word) => `command=${encodeURIComponent(word)}`).join('&');
    return api.connect(new Request(`${url}/web/exec?stdin=1&stdout=1&${words}`));
  };
  return { clock, exec };
}

it('forgets a client that leaves a command running', async () => {
  const { clock, exec } = await clusterWithPod();
  const { readable } = await exec('sh', '-c', 'sleep 5; echo late');
  await readable.cancel();
  expect(() => clock.runFor(60_000)).not.toThrow();
});

it('ends what a client reads when it stops writing for good', async () => {
  const { clock, exec } = await clusterWithPod();
  const { readable, writable } = await exec('sh', '-c', 'sleep 5; echo late');
  await writable.abort();
  clock.runFor(60_000);
  expect((await readable.getReader().read()).done).toBe(true);
});
