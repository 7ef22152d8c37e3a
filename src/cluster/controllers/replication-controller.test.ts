import { expect, it } from 'vitest';
import type { Pod, ReplicationController } from '../../api/generated/types.ts';
import { TestClient } from '../apiserver/test-client.ts';
import { createCluster } from '../cluster.ts';

it('keeps as many pods as a ReplicationController asks for', () => {
  const cluster = createCluster({ seed: 1, nodes: 1, freeze: true });
  const client = new TestClient(cluster);
  const url = '/api/v1/namespaces/default/replicationcontrollers';
  cluster.clock.runFor(3000);
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } };
  client.send('POST', url, { metadata: { name: 'web' }, spec: { replicas: 2, template } });
  cluster.clock.runFor(1000);
  const pods = client.list<Pod>('/api/v1/namespaces/default/pods').items;
  expect(pods.map(({ metadata }) => metadata.ownerReferences?.[0]?.kind)).toEqual(
    Array(2).fill('ReplicationController'),
  );
  const { spec, status } = client.get<ReplicationController>(`${url}/web`).body;
  expect(spec.selector).toEqual({ app: 'web' });
  expect(status).toMatchObject({ replicas: 2 });
  expect(status).not.toHaveProperty('terminatingReplicas');
  const strict = client.send('PATCH', `${url}/web?fieldValidation=Strict`, '{"metadata":{"labels":{"a":"b"}}}', {
    'content-type': 'application/strategic-merge-patch+json',
  });
  expect(strict.status).toBe(200);
  client.patch(`${url}/web/scale`, 'application/merge-patch+json', { spec: { replicas: 1 } });
  cluster.clock.runFor(60_000);
  expect(client.list('/api/v1/namespaces/default/pods').items).toHaveLength(1);
});
