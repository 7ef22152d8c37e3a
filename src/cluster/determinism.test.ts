import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TestClient } from './apiserver/test-client.ts';
import { createCluster, type Cluster } from './cluster.ts';

/** What comes in from outside, and when. */
interface Input {
  readonly afterMs: number;
  readonly method: string;
  readonly url: string;
  readonly body?: object;
}

const deployments = '/apis/apps/v1/namespaces/default/deployments';
const pods = '/api/v1/namespaces/default/pods';
const deployment = (name: string, replicas: number) => ({
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'example.com/c:1' }] } },
  },
});

const anInput: fc.Arbitrary<Input> = fc
  .tuple(
    fc.nat(8000),
    fc.constantFrom('create', 'replace', 'delete', 'clear', 'namespace'),
    fc.constantFrom('a', 'b'),
    fc.nat(3),
  )
  .map(([afterMs, action, name, count]) => {
    switch (action) {
      case 'create':
        return { afterMs, method: 'POST', url: deployments, body: deployment(name, count) };
      case 'replace':
        return { afterMs, method: 'PUT', url: `${deployments}/${name}`, body: deployment(name, count) };
      case 'delete':
        return { afterMs, method: 'DELETE', url: `${deployments}/${name}` };
      case 'clear':
        return { afterMs, method: 'DELETE', url: `${pods}?labelSelector=app%3D${name}` };
      default:
        return { afterMs, method: 'POST', url: '/api/v1/namespaces', body: { metadata: { name } } };
    }
  });

/** Everything that can be seen of a cluster, as text. */
function textOf(cluster: Cluster): string {
  return JSON.stringify([
    cluster.clock.nowMs,
    cluster.clock.executed,
    cluster.store.revision,
    [...cluster.store.dump()],
  ]);
}

function play(seed: number, inputs: readonly Input[], advance: (cluster: Cluster, ms: number) => void): string {
  const cluster = createCluster({ seed, nodes: 2 });
  const client = new TestClient(cluster);
  for (const { afterMs, method, url, body } of inputs) {
    advance(cluster, afterMs);
    client.send(method, url, body);
  }
  advance(cluster, 10_000);
  return textOf(cluster);
}

const inOneRun = (cluster: Cluster, ms: number): void => cluster.clock.runFor(ms);

/** In slices, event by event, with people who look on all the while. */
function inSlices(slices: readonly number[]) {
  let at = 0;
  return (cluster: Cluster, ms: number): void => {
    const client = new TestClient(cluster);
    const until = cluster.clock.nowMs + ms;
    client.watch(`${pods}?watch=true&allowWatchBookmarks=true&timeoutSeconds=3`);
    while (cluster.clock.nowMs < until) {
      const slice = slices[at++ % slices.length]!;
      const next = cluster.clock.peek();
      if (slice === 0 && next && next.dueMs <= until) cluster.clock.step();
      else cluster.clock.runUntil(Math.min(until, cluster.clock.nowMs + slice + 1));
      client.get(pods);
      client.get(`${deployments}/a`);
    }
    // Single steps may have come to this time before all events of it have run.
    cluster.clock.runUntil(until);
  };
}

it('[CLU-1] [CLU-2] is the same cluster byte for byte, however time is sliced and whoever looks on', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1000 }),
      fc.array(anInput, { maxLength: 6 }),
      fc.array(fc.constantFrom(0, 0, 7, 400, 2500), { minLength: 1, maxLength: 8 }),
      (seed, inputs, slices) => {
        return play(seed, inputs, inSlices(slices)) === play(seed, inputs, inOneRun);
      },
    ),
    { numRuns: 15 },
  ));

it('[CLU-1] is another cluster with another seed', () => {
  const inputs: readonly Input[] = [{ afterMs: 3000, method: 'POST', url: deployments, body: deployment('a', 2) }];
  expect(play(1, inputs, inOneRun) === play(2, inputs, inOneRun)).toBe(false);
});

it('[CLU-3] freezes everything that is stored', () => {
  const cluster = createCluster({ seed: 1, nodes: 2, freeze: true });
  const client = new TestClient(cluster);
  cluster.clock.runFor(3000);
  client.send('POST', deployments, deployment('a', 3));
  cluster.clock.runFor(20_000);
  client.send('DELETE', `${deployments}/a`);
  cluster.clock.runFor(60_000);
  for (const [, object] of cluster.store.dump()) expect(Object.isFrozen(object.metadata)).toBe(true);
  expect(client.list(pods).items).toEqual([]);
});
