import { describe, expect, it } from 'vitest';
import type { ConfigMap } from '../../api/generated/types.ts';
import type { OwnerReference } from '../../api/index.ts';
import { configMaps } from '../apiserver/registry/index.ts';
import { TestCluster } from './testing/test-cluster.ts';

const ownedBy = (owner: ConfigMap, extra: Partial<OwnerReference> = {}): OwnerReference => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  ...extra,
});

function world(): {
  readonly cluster: TestCluster;
  readonly create: (name: string, owners?: readonly OwnerReference[]) => ConfigMap;
  readonly names: () => readonly string[];
} {
  const cluster = new TestCluster();
  const maps = cluster.client<ConfigMap>(configMaps);
  const create = (name: string, ownerReferences: readonly OwnerReference[] = []): ConfigMap =>
    maps.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', ownerReferences } });
  const names = (): readonly string[] =>
    maps
      .list('default')
      .map(({ metadata }) => metadata.name)
      .filter((name) => name !== 'kube-root-ca.crt');
  return { cluster, create, names };
}

describe('the garbage collector', () => {
  it('deletes what belonged to an object that is gone', () => {
    const { cluster, create, names } = world();
    const owner = create('owner');
    const child = create('child', [ownedBy(owner)]);
    create('grandchild', [ownedBy(child)]);
    cluster.runSeconds(1);
    cluster.client(configMaps).delete('default', 'owner');
    cluster.runSeconds(1);
    expect(names()).toEqual([]);
  });

  it('keeps what still has another owner, and strikes out the one that is gone', () => {
    const { cluster, create, names } = world();
    const [first, second] = [create('first'), create('second')];
    create('child', [ownedBy(first), ownedBy(second)]);
    cluster.runSeconds(1);
    cluster.client(configMaps).delete('default', 'first');
    cluster.runSeconds(1);
    expect(names()).toEqual(['child', 'second']);
    expect(cluster.client(configMaps).get('default', 'child')!.metadata.ownerReferences).toEqual([ownedBy(second)]);
  });

  it('deletes an object that names an owner which never was, or is another one by now', () => {
    const { cluster, create, names } = world();
    const owner = create('owner');
    create('child', [ownedBy(owner, { uid: '00000000-0000-4000-8000-000000000000' })]);
    cluster.runSeconds(1);
    expect(names()).toEqual(['owner']);
  });

  it('orphans dependents when asked to', () => {
    const { cluster, create, names } = world();
    create('child', [ownedBy(create('owner'))]);
    cluster.runSeconds(1);
    cluster.client(configMaps).delete('default', 'owner', { propagationPolicy: 'Orphan' });
    cluster.runSeconds(1);
    expect(names()).toEqual(['child']);
    expect(cluster.client(configMaps).get('default', 'child')!.metadata.ownerReferences ?? []).toEqual([]);
  });

  it('lets the owner stay until its dependents are gone when it is deleted in the foreground', () => {
    const { cluster, create, names } = world();
    const owner = create('owner');
    create('child', [ownedBy(owner, { blockOwnerDeletion: true })]);
    cluster.client(configMaps).modify('default', 'child', (child) => ({
      ...child,
      metadata: { ...child.metadata, finalizers: ['example.com/hold'] },
    }));
    cluster.runSeconds(1);
    cluster.client(configMaps).delete('default', 'owner', { propagationPolicy: 'Foreground' });
    cluster.runSeconds(5);
    expect(names()).toEqual(['child', 'owner']);
    expect(cluster.client(configMaps).get('default', 'child')!.metadata.deletionTimestamp).toBeDefined();
    cluster.client(configMaps).modify('default', 'child', (child) => ({
      ...child,
      metadata: { ...child.metadata, finalizers: [] },
    }));
    cluster.runSeconds(5);
    expect(names()).toEqual([]);
  });

  it('takes a Deployment down to its pods, in the background and in the foreground', () => {
    const cluster = new TestCluster();
    for (const propagationPolicy of ['Background', 'Foreground'] as const) {
      cluster.deploy('web', 3);
      cluster.runSeconds(5);
      cluster.deployments.delete('default', 'web', { propagationPolicy });
      cluster.runSeconds(10);
      expect(cluster.deployments.list('default')).toEqual([]);
      expect(cluster.replicaSets.list('default')).toEqual([]);
      expect(cluster.podsOf('web')).toEqual([]);
    }
  });
});
