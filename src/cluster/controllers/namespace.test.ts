import { describe, expect, it } from 'vitest';
import type { ConfigMap, Pod, ServiceAccount } from '../../api/generated/types.ts';
import type { Draft } from '../../api/index.ts';
import { configMaps, serviceAccounts } from '../apiserver/registry/index.ts';
import { TestCluster } from './testing/test-cluster.ts';

function createNamespace(cluster: TestCluster, name: string): void {
  cluster.namespaces.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {} });
  cluster.runSeconds(1);
}

describe('a namespace', () => {
  it('gets a default ServiceAccount and the certificate of the authority, and gets them back', () => {
    const cluster = new TestCluster();
    createNamespace(cluster, 'team');
    const accounts = cluster.client<ServiceAccount>(serviceAccounts);
    const maps = cluster.client<ConfigMap>(configMaps);
    expect(accounts.get('team', 'default')).toBeDefined();
    expect(maps.get('team', 'kube-root-ca.crt')!.data!['ca.crt']).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    accounts.delete('team', 'default');
    maps.delete('team', 'kube-root-ca.crt');
    cluster.runSeconds(1);
    expect(accounts.get('team', 'default')).toBeDefined();
    expect(maps.get('team', 'kube-root-ca.crt')!.data).toEqual(maps.get('default', 'kube-root-ca.crt')!.data);
  });

  it('takes everything in it along, the pods first', () => {
    const cluster = new TestCluster();
    createNamespace(cluster, 'team');
    const maps = cluster.client<ConfigMap>(configMaps);
    maps.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'team' } });
    cluster.createPod('one', {}, { namespace: 'team' });
    cluster.runSeconds(1);
    cluster.namespaces.delete('', 'team');
    expect(cluster.namespaces.get('', 'team')!.status.phase).toBe('Terminating');
    cluster.runSeconds(60);
    expect(cluster.namespaces.get('', 'team')).toBeUndefined();
    expect(maps.list('team')).toEqual([]);
    expect(cluster.pods.list('team')).toEqual([]);
  });

  it('says what holds it up', () => {
    const cluster = new TestCluster();
    createNamespace(cluster, 'team');
    cluster.pods.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'stuck', namespace: 'team', finalizers: ['example.com/hold'] },
      spec: { containers: [{ name: 'main', image: 'nginx' }] },
    } as Draft<Pod>);
    cluster.runSeconds(1);
    cluster.namespaces.delete('', 'team');
    cluster.runSeconds(60);
    expect(cluster.namespaces.get('', 'team')!.status.conditions).toMatchObject([
      { type: 'NamespaceDeletionDiscoveryFailure', status: 'False', reason: 'ResourcesDiscovered' },
      { type: 'NamespaceDeletionGroupVersionParsingFailure', status: 'False', reason: 'ParsedGroupVersions' },
      { type: 'NamespaceDeletionContentFailure', status: 'False', reason: 'ContentDeleted' },
      {
        type: 'NamespaceContentRemaining',
        status: 'True',
        reason: 'SomeResourcesRemain',
        message: 'Some resources are remaining: pods. has 1 resource instances',
      },
      {
        type: 'NamespaceFinalizersRemaining',
        status: 'True',
        reason: 'SomeFinalizersRemain',
        message: 'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
      },
    ]);
    cluster.pods.modify('team', 'stuck', (pod) => ({ ...pod, metadata: { ...pod.metadata, finalizers: [] } }));
    cluster.runSeconds(60);
    expect(cluster.namespaces.get('', 'team')).toBeUndefined();
  });
});
