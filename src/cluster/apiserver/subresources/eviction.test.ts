import { expect, it } from 'vitest';
import type { Pod, PodDisruptionBudget } from '../../../api/generated/types.ts';
import type { Status } from '../../../api/index.ts';
import { TestClient } from '../test-client.ts';
import { createCluster } from '../../cluster.ts';

const root = '/api/v1/namespaces/default';
const policy = '/apis/policy/v1/namespaces/default/poddisruptionbudgets';

function start(replicas: number, budget: object) {
  const cluster = createCluster({ seed: 1, nodes: 2, freeze: true });
  const client = new TestClient(cluster);
  cluster.clock.runFor(3000);
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } };
  const spec = { replicas, selector: { matchLabels: labels }, template };
  client.send('POST', '/apis/apps/v1/namespaces/default/deployments', { metadata: { name: 'web' }, spec });
  client.send('POST', policy, { metadata: { name: 'web' }, spec: { selector: { matchLabels: labels }, ...budget } });
  cluster.clock.runFor(30_000);
  const pods = () => client.list<Pod>(`${root}/pods`).items.filter(({ metadata }) => !metadata.deletionTimestamp);
  const evict = (name = pods()[0]!.metadata.name) =>
    client.send<Status>('POST', `${root}/pods/${name}/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name },
    });
  const status = () => client.get<PodDisruptionBudget>(`${policy}/web`).body.status;
  return { client, evict, status, pods, runFor: (ms: number) => cluster.clock.runFor(ms) };
}

it.each([
  { replicas: 3, budget: { minAvailable: 2 }, expected: { disruptionsAllowed: 1, desiredHealthy: 2, expectedPods: 3 } },
  {
    replicas: 3,
    budget: { minAvailable: '50%' },
    expected: { disruptionsAllowed: 1, desiredHealthy: 2, expectedPods: 3 },
  },
  {
    replicas: 3,
    budget: { maxUnavailable: '34%' },
    expected: { disruptionsAllowed: 2, desiredHealthy: 1, expectedPods: 3 },
  },
  { replicas: 2, budget: { minAvailable: 2 }, expected: { disruptionsAllowed: 0, desiredHealthy: 2, expectedPods: 2 } },
])('[API-133] $budget of $replicas pods', ({ replicas, budget, expected }) => {
  const { disruptionsAllowed } = expected;
  const reason = disruptionsAllowed > 0 ? 'SufficientPods' : 'InsufficientPods';
  expect(start(replicas, budget).status()).toMatchObject({
    ...expected,
    currentHealthy: replicas,
    observedGeneration: 1,
    conditions: [{ type: 'DisruptionAllowed', reason }],
  });
});

it('[API-133] evicts as many pods as the budget allows, and more once others are there', () => {
  const { evict, status, pods, runFor, client } = start(2, { minAvailable: 1 });
  const [first, second] = pods().map(({ metadata }) => metadata.name) as [string, string];
  expect(evict(first).status).toBe(201);
  expect(status()).toMatchObject({ disruptionsAllowed: 0, disruptedPods: { [first]: expect.any(String) } });
  expect(client.get<Pod>(`${root}/pods/${first}`).body.status.conditions).toContainEqual(
    expect.objectContaining({ type: 'DisruptionTarget', reason: 'EvictionByEvictionAPI' }),
  );
  expect(evict(second).body).toMatchObject({
    code: 429,
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      causes: [
        { reason: 'DisruptionBudget', message: 'The disruption budget web needs 1 healthy pods and has 2 currently' },
      ],
    },
  });
  runFor(60_000);
  expect(status()).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 2 });
  expect(evict(second).status).toBe(201);
});

it('[API-133] does not know what two budgets come to', () => {
  const { evict, client, runFor } = start(2, { minAvailable: 1 });
  client.send('POST', policy, { metadata: { name: 'more' }, spec: { selector: {}, minAvailable: 1 } });
  runFor(1000);
  expect(evict().body).toMatchObject({
    code: 500,
    message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
  });
});
