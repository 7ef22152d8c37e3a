import { describe, expect, it } from 'vitest';
import { createCluster, type Cluster } from './cluster.ts';
import { nodes, pods, services } from './apiserver/registry/index.ts';

const user = { name: 'kubernetes-admin', groups: ['system:masters'] };

/** A cluster of the profile, five minutes after a pod and a service were created in it. */
function clusterOf(profile?: string): Cluster {
  const cluster = createCluster({ seed: 1, freeze: true, ...(profile && { profile }) });
  cluster.clock.runFor(1000);
  const { apiServer } = cluster;
  const options = { context: apiServer.contextFor(user), fieldManager: 'test' };
  const metadata = { name: 'web', namespace: 'default' };
  const spec = { containers: [{ name: 'main', image: 'nginx' }] };
  apiServer.storeFor(pods).create('default', { apiVersion: 'v1', kind: 'Pod', metadata, spec } as never, options);
  const ports = [{ port: 80 }];
  const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports, selector: { app: 'web' } } };
  apiServer.storeFor(services).create('default', service as never, options);
  cluster.clock.runFor(300_000);
  return cluster;
}

describe('the profile testcmd', () => {
  const { apiServer } = clusterOf('testcmd');

  it('has one node, behind which is no machine', () => {
    const names = [...apiServer.storeFor(nodes).collection.list().objects].map(({ metadata }) => metadata.name);
    expect(names).toEqual(['127.0.0.1']);
    expect(apiServer.storeFor(nodes).get('', '127.0.0.1')).toMatchObject({
      status: {
        capacity: { memory: '1Gi' },
        conditions: expect.arrayContaining([expect.objectContaining({ status: 'Unknown' })]) as unknown,
      },
    });
    expect(apiServer.storeFor(nodes).get('', '127.0.0.1').spec?.podCIDR).toBeUndefined();
  });

  it('leaves pods Pending, without a token', () => {
    const pod = apiServer.storeFor(pods).get('default', 'web');
    expect(pod.status?.phase).toBe('Pending');
    expect(pod.spec.nodeName).toBeUndefined();
    expect(pod.spec.volumes ?? []).toEqual([]);
  });

  it('gives services addresses of its range', () => {
    expect(apiServer.storeFor(services).get('default', 'kubernetes').spec?.clusterIP).toBe('10.0.0.1');
    expect(apiServer.storeFor(services).get('default', 'web').spec?.clusterIP).toMatch(/^10\.0\.0\.\d+$/);
  });

  it('knows the administrator by a token', () => {
    const headers = new Map([['authorization', 'Bearer admin-token']]);
    const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    const body = new TextEncoder().encode('{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}');
    const answer = apiServer.handle({ method: 'POST', path, query: new Map(), headers, body });
    expect(answer).toMatchObject({ status: 201, body: { status: { userInfo: { username: 'admin' } } } });
  });
});

it('is kubeadm when nothing else is said', () => {
  const { apiServer } = clusterOf();
  expect(apiServer.storeFor(pods).get('default', 'web').status?.phase).toBe('Running');
  expect(apiServer.storeFor(services).get('default', 'web').spec?.clusterIP).toMatch(/^10\.96\.\d+\.\d+$/);
});

it('refuses a profile that does not exist', () => {
  expect(() => clusterOf('__proto__')).toThrow('there is a profile __proto__');
});
