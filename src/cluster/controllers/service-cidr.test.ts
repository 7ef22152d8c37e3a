import { expect, it } from 'vitest';
import type { FlowSchema, IPAddress, Service, ServiceCIDR } from '../../api/generated/types.ts';
import { TestClient } from '../apiserver/test-client.ts';
import { createCluster } from '../cluster.ts';

const networking = '/apis/networking.k8s.io/v1';
const services = '/api/v1/namespaces/default/services';

function start() {
  const cluster = createCluster({ seed: 1, nodes: [], freeze: true });
  cluster.clock.runFor(2000);
  return { client: new TestClient(cluster), runFor: (ms: number) => cluster.clock.runFor(ms) };
}

it('has an IPAddress for each address of a Service, as long as that has it', () => {
  const { client } = start();
  const names = () => client.list<IPAddress>(`${networking}/ipaddresses`).items.map(({ metadata }) => metadata.name);
  const before = names();
  expect(before).toContain('10.96.0.1');
  const spec = { ports: [{ port: 80 }] };
  const { clusterIP } = client.send<Service>('POST', services, { metadata: { name: 'web' }, spec }).body.spec;
  expect(client.get<IPAddress>(`${networking}/ipaddresses/${clusterIP}`).body).toMatchObject({
    metadata: { labels: { 'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io' } },
    spec: { parentRef: { resource: 'services', namespace: 'default', name: 'web' } },
  });
  client.send('DELETE', `${services}/web`);
  expect(names()).toEqual(before);
});

it('keeps a ServiceCIDR whose addresses are in use', () => {
  const { client, runFor } = start();
  const url = `${networking}/servicecidrs`;
  const get = () => client.get<ServiceCIDR>(`${url}/kubernetes`).body;
  expect(get().status.conditions).toMatchObject([{ type: 'Ready', status: 'True' }]);
  client.send('POST', url, { metadata: { name: 'more' }, spec: { cidrs: ['10.200.0.0/24'] } });
  runFor(1000);
  client.send('DELETE', `${url}/kubernetes`);
  client.send('DELETE', `${url}/more`);
  runFor(1000);
  expect(get().status.conditions).toMatchObject([{ type: 'Ready', status: 'False', reason: 'Terminating' }]);
  expect(client.get(`${url}/more`).status).toBe(404);
});

it('tells which FlowSchemas name a level that does not exist', () => {
  const { client, runFor } = start();
  const url = '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas';
  const spec = { priorityLevelConfiguration: { name: 'nope' } };
  client.send('POST', url, { metadata: { name: 'lost' }, spec });
  runFor(1000);
  const condition = (name: string) => client.get<FlowSchema>(`${url}/${name}`).body.status.conditions?.[0];
  expect(condition('exempt')).toMatchObject({ type: 'Dangling', status: 'False', reason: 'Found' });
  expect(condition('lost')).toMatchObject({
    status: 'True',
    message:
      'This FlowSchema references the PriorityLevelConfiguration object named "nope" but there is no such object',
  });
});
