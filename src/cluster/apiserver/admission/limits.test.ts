import { describe, expect, it } from 'vitest';
import type { Pod, ResourceQuota } from '../../../api/generated/types.ts';
import type { Status } from '../../../api/index.ts';
import { createCluster } from '../../cluster.ts';
import { TestClient } from '../test-client.ts';

const root = '/api/v1/namespaces/default';

function start() {
  const cluster = createCluster({ seed: 1, nodes: [], freeze: true });
  cluster.clock.runFor(2000);
  return { client: new TestClient(cluster), runFor: (ms: number) => cluster.clock.runFor(ms) };
}

const pod = (name: string, resources: object = {}, spec: object = {}) => ({
  metadata: { name },
  spec: { containers: [{ name: 'c', image: 'nginx', resources }], ...spec },
});

describe('LimitRanger', () => {
  const withRange = (limits: object[]) => {
    const { client } = start();
    client.send('POST', `${root}/limitranges`, { metadata: { name: 'limits' }, spec: { limits } });
    return client;
  };

  it('[API-130] fills in what containers leave out, and says so', () => {
    const client = withRange([
      { type: 'Container', default: { cpu: '500m', memory: '1Gi' }, defaultRequest: { cpu: '100m' } },
    ]);
    const { body } = client.send<Pod>('POST', `${root}/pods`, pod('web', { requests: { memory: '64Mi' } }));
    expect(body.spec.containers[0]!.resources).toEqual({
      limits: { cpu: '500m', memory: '1Gi' },
      requests: { cpu: '100m', memory: '64Mi' },
    });
    expect(body.metadata.annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu request for container c; cpu, memory limit for container c',
    });
  });

  it.each([
    {
      item: { type: 'Container', max: { cpu: '1' } },
      resources: { limits: { cpu: '2' } },
      message: 'maximum cpu usage per Container is 1, but limit is 2',
    },
    {
      item: { type: 'Container', min: { memory: '1Gi' } },
      resources: { requests: { memory: '64Mi' } },
      message: 'minimum memory usage per Container is 1Gi, but request is 64Mi',
    },
    {
      item: { type: 'Pod', max: { cpu: '1' } },
      resources: {},
      message: 'maximum cpu usage per Pod is 1.  No limit is specified',
    },
    {
      item: { type: 'Container', maxLimitRequestRatio: { cpu: '2' } },
      resources: { requests: { cpu: '100m' }, limits: { cpu: '500m' } },
      message: 'cpu max limit to request ratio per Container is 2, but provided ratio is 5.000000',
    },
    {
      item: { type: 'Pod', max: { cpu: '1', memory: '1Gi' } },
      resources: { limits: { cpu: '2', memory: '2Gi' } },
      message:
        '[maximum cpu usage per Pod is 1, but limit is 2, maximum memory usage per Pod is 1Gi, but limit is 2Gi]',
    },
  ])('[API-130] $message', ({ item, resources, message }) => {
    const { body } = withRange([item]).send<Status>('POST', `${root}/pods`, pod('web', resources));
    expect(body).toMatchObject({ code: 403, message: `pods "web" is forbidden: ${message}` });
  });
});

describe('ResourceQuota', () => {
  const withQuota = (spec: object) => {
    const { client, runFor } = start();
    client.send('POST', `${root}/resourcequotas`, { metadata: { name: 'q' }, spec });
    runFor(1000);
    const used = () => client.get<ResourceQuota>(`${root}/resourcequotas/q`).body.status.used;
    return { client, runFor, used };
  };

  it('[API-131] charges at once, refuses what is too much, and gives back what is gone', () => {
    const { client, runFor, used } = withQuota({ hard: { pods: '2', 'requests.cpu': '1', 'count/configmaps': '9' } });
    const create = (name: string, cpu: string) =>
      client.send<Status>('POST', `${root}/pods`, pod(name, { requests: { cpu } }));
    expect(used()).toMatchObject({ pods: '0', 'requests.cpu': '0' });
    expect(create('a', '600m').status).toBe(201);
    expect(used()).toMatchObject({ pods: '1', 'requests.cpu': '600m' });
    expect(create('b', '600m').body.message).toBe(
      'pods "b" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1',
    );
    expect(client.send<Status>('POST', `${root}/pods`, pod('c')).body.message).toBe(
      'pods "c" is forbidden: failed quota: q: must specify requests.cpu for: c',
    );
    client.send('DELETE', `${root}/pods/a?gracePeriodSeconds=0`);
    runFor(1000);
    expect(used()).toMatchObject({ pods: '0', 'requests.cpu': '0' });
    expect(create('b', '1').status).toBe(201);
  });

  it.each([
    { scopes: ['BestEffort'], counts: [true, false] },
    { scopes: ['NotBestEffort'], counts: [false, true] },
    { scopes: ['Terminating'], counts: [false, false] },
    {
      scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] },
      counts: [false, false],
    },
  ])('[API-131] counts only what is in scope: $scopes $scopeSelector', ({ counts, ...spec }) => {
    const { client, used } = withQuota({ hard: { pods: '5' }, ...spec });
    const before = () => Number(used()!['pods']);
    client.send('POST', `${root}/pods`, pod('plain'));
    expect(before()).toBe(counts[0] ? 1 : 0);
    client.send('POST', `${root}/pods`, pod('sized', { requests: { cpu: '1' } }));
    expect(before()).toBe(counts.filter(Boolean).length);
  });

  it('[API-131] counts objects of any kind, and services by what they take', () => {
    const { client, used } = withQuota({
      hard: { 'count/deployments.apps': '1', 'services.nodeports': '1', secrets: '0' },
    });
    const spec = {
      type: 'NodePort',
      ports: [
        { port: 80, name: 'a' },
        { port: 81, name: 'b' },
      ],
    };
    expect(client.send<Status>('POST', `${root}/services`, { metadata: { name: 's' }, spec }).body.message).toMatch(
      /^services "s" is forbidden: exceeded quota: q, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1$/,
    );
    expect(client.send<Status>('POST', `${root}/secrets`, { metadata: { name: 's' } }).status).toBe(403);
    expect(used()).toEqual({ 'count/deployments.apps': '0', 'services.nodeports': '0', secrets: '0' });
  });
});
