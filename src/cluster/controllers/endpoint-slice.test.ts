import { describe, expect, it } from 'vitest';
import type { Endpoints, EndpointSlice, Service } from '../../api/generated/types.ts';
import type { Draft } from '../../api/index.ts';
import { endpoints, endpointSlices } from '../apiserver/registry/index.ts';
import { TestCluster } from './testing/test-cluster.ts';

function createService(cluster: TestCluster, spec: Partial<Service['spec']> = {}): Service {
  return cluster.services.create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default', labels: { team: 'blue' } },
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }], ...spec },
  } as Draft<Service>);
}

function slicesOf(cluster: TestCluster): readonly EndpointSlice[] {
  return cluster
    .client<EndpointSlice>(endpointSlices)
    .list('default')
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'web');
}

const endpointsOf = (cluster: TestCluster): Endpoints => cluster.client<Endpoints>(endpoints).get('default', 'web')!;

describe('the EndpointSlice controller', () => {
  it('lists the pods of a service with what they can do', () => {
    const cluster = new TestCluster();
    createService(cluster);
    cluster.deploy('web', 2);
    cluster.runSeconds(5);
    const [slice, ...others] = slicesOf(cluster);
    expect(others).toEqual([]);
    expect(slice).toMatchObject({
      addressType: 'IPv4',
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      metadata: {
        labels: {
          team: 'blue',
          'kubernetes.io/service-name': 'web',
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        },
        ownerReferences: [{ kind: 'Service', name: 'web', controller: true }],
      },
    });
    expect(slice!.metadata.name).toMatch(/^web-.{5}$/);
    const pods = cluster.podsOf('web');
    expect(slice!.endpoints.map(({ targetRef }) => targetRef?.name).toSorted()).toEqual(
      pods.map(({ metadata }) => metadata.name).toSorted(),
    );
    expect(slice!.endpoints[0]!.conditions).toEqual({ ready: true, serving: true, terminating: false });
  });

  it('follows readiness and keeps the rest of the slice as it is', () => {
    const cluster = new TestCluster();
    createService(cluster);
    cluster.deploy('web', 3);
    cluster.runSeconds(5);
    const [before] = slicesOf(cluster);
    const pod = cluster.podsOf('web')[0]!;
    cluster.setReady(pod, false);
    cluster.runSeconds(1);
    const [after] = slicesOf(cluster);
    const changed = after!.endpoints.filter((endpoint, at) => endpoint !== before!.endpoints[at]);
    expect(changed).toMatchObject([
      { targetRef: { name: pod.metadata.name }, conditions: { ready: false, serving: false, terminating: false } },
    ]);
  });

  it('has an empty slice for a service without pods, and fills it later', () => {
    const cluster = new TestCluster();
    createService(cluster);
    cluster.runSeconds(1);
    const [empty] = slicesOf(cluster);
    expect(empty).toMatchObject({ endpoints: [], ports: [] });
    cluster.deploy('web', 1);
    cluster.runSeconds(5);
    expect(slicesOf(cluster).map(({ metadata }) => metadata.name)).toEqual([empty!.metadata.name]);
    expect(slicesOf(cluster)[0]!.endpoints).toHaveLength(1);
    cluster.scale('web', 0);
    cluster.runSeconds(5);
    expect(slicesOf(cluster)).toMatchObject([{ endpoints: [] }]);
  });

  it('puts no more than 100 into one slice', () => {
    const cluster = new TestCluster({ nodeStatus: { allocatable: { cpu: '64', memory: '64Gi', pods: '500' } } });
    createService(cluster);
    cluster.deploy('web', 250);
    cluster.runSeconds(20);
    const sizes = slicesOf(cluster).map((slice) => slice.endpoints.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(250);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    expect(sizes.length).toBeLessThanOrEqual(4);
  });

  it('resolves target ports by name, pod by pod', () => {
    const cluster = new TestCluster();
    createService(cluster, { ports: [{ port: 80, protocol: 'TCP', targetPort: 'http' }] });
    cluster.deploy('web', 1);
    cluster.createPod(
      'other',
      { containers: [{ name: 'main', image: 'nginx', ports: [{ name: 'http', containerPort: 9090 }] }] },
      { labels: { app: 'web' } },
    );
    cluster.runSeconds(5);
    expect(
      slicesOf(cluster)
        .map(({ ports }) => ports?.[0]?.port)
        .toSorted(),
    ).toEqual([8080, 9090]);
  });

  it('forgets pods that no longer match when the selector changes', () => {
    const cluster = new TestCluster();
    createService(cluster);
    cluster.deploy('web', 2);
    cluster.deploy('api', 1);
    cluster.runSeconds(5);
    cluster.services.modify('default', 'web', (old) => ({ ...old, spec: { ...old.spec, selector: { app: 'api' } } }));
    cluster.runSeconds(2);
    const names = slicesOf(cluster).flatMap((slice) => slice.endpoints.map(({ targetRef }) => targetRef?.name));
    expect(names).toEqual(cluster.podsOf('api').map(({ metadata }) => metadata.name));
  });

  it('puts right what somebody else changes', () => {
    const cluster = new TestCluster();
    createService(cluster);
    cluster.deploy('web', 2);
    cluster.runSeconds(5);
    const [slice] = slicesOf(cluster);
    const api = cluster.client<EndpointSlice>(endpointSlices);
    api.modify('default', slice!.metadata.name, (old) => ({ ...old, endpoints: [] }));
    cluster.runSeconds(2);
    expect(slicesOf(cluster)[0]!.endpoints).toHaveLength(2);
    api.delete('default', slicesOf(cluster)[0]!.metadata.name);
    cluster.runSeconds(2);
    expect(slicesOf(cluster).flatMap((other) => other.endpoints)).toHaveLength(2);
  });

  it('goes with its service', () => {
    const cluster = new TestCluster();
    createService(cluster);
    cluster.deploy('web', 1);
    cluster.runSeconds(5);
    cluster.services.delete('default', 'web');
    cluster.runSeconds(5);
    expect(slicesOf(cluster)).toEqual([]);
    expect(endpointsOf(cluster)).toBeUndefined();
  });
});

describe('the Endpoints controller', () => {
  it('has one object with ready and not ready addresses', () => {
    const cluster = new TestCluster();
    createService(cluster);
    cluster.deploy('web', 3);
    cluster.runSeconds(5);
    const pod = cluster.podsOf('web')[0]!;
    cluster.setReady(pod, false);
    cluster.runSeconds(1);
    const { subsets, metadata } = endpointsOf(cluster);
    expect(metadata.labels).toEqual({ team: 'blue', 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' });
    expect(subsets).toHaveLength(1);
    expect(subsets![0]!.addresses).toHaveLength(2);
    expect(subsets![0]!.notReadyAddresses).toMatchObject([{ targetRef: { name: pod.metadata.name } }]);
    expect(subsets![0]!.ports).toEqual([{ name: 'http', port: 8080, protocol: 'TCP' }]);
  });
});
