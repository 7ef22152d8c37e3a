import { describe, expect, it } from 'vitest';
import type { ReplicaSet } from '../../api/generated/types.ts';
import { TestCluster } from './testing/test-cluster.ts';

function createReplicaSet(cluster: TestCluster, replicas: number, spec: Partial<ReplicaSet['spec']> = {}): ReplicaSet {
  const labels = { app: 'web' };
  return cluster.replicaSets.create({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'nginx' }] } },
      ...spec,
    },
  });
}

const stored = (cluster: TestCluster): ReplicaSet => cluster.replicaSets.get('default', 'web')!;

describe('the ReplicaSet controller', () => {
  it('creates the pods that are missing and says so', () => {
    const cluster = new TestCluster();
    createReplicaSet(cluster, 3);
    cluster.runSeconds(2);
    expect(cluster.podsOf('web')).toHaveLength(3);
    expect(stored(cluster).status).toMatchObject({
      replicas: 3,
      fullyLabeledReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
    });
    const created = cluster
      .podsOf('web')
      .map(({ metadata }) => `Normal SuccessfulCreate Created pod: ${metadata.name}`);
    expect(cluster.eventsAbout('ReplicaSet', 'web').toSorted()).toEqual(created.toSorted());
    expect(cluster.podsOf('web')[0]!.metadata.ownerReferences).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: 'web',
        uid: stored(cluster).metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ]);
  });

  it('replaces a pod that somebody deletes', () => {
    const cluster = new TestCluster();
    createReplicaSet(cluster, 2);
    cluster.runSeconds(2);
    const [victim, survivor] = cluster.podsOf('web');
    cluster.pods.delete('default', victim!.metadata.name);
    cluster.runSeconds(2);
    const names = cluster.podsOf('web').map(({ metadata }) => metadata.name);
    expect(names).toHaveLength(2);
    expect(names).toContain(survivor!.metadata.name);
    expect(names).not.toContain(victim!.metadata.name);
  });

  it('adopts pods that match and belong to nobody', () => {
    const cluster = new TestCluster();
    cluster.createPod('stray', {}, { labels: { app: 'web' } });
    cluster.runSeconds(1);
    createReplicaSet(cluster, 2);
    cluster.runSeconds(2);
    expect(cluster.podsOf('web')).toHaveLength(2);
    expect(cluster.pods.get('default', 'stray')!.metadata.ownerReferences?.[0]?.name).toBe('web');
    cluster.createPod('late', {}, { labels: { app: 'web' } });
    cluster.runSeconds(2);
    expect(cluster.podsOf('web')).toHaveLength(2);
  });

  it('lets go of a pod whose labels no longer match, and creates another', () => {
    const cluster = new TestCluster();
    createReplicaSet(cluster, 2);
    cluster.runSeconds(2);
    const [pod] = cluster.podsOf('web');
    cluster.pods.modify('default', pod!.metadata.name, (old) => ({
      ...old,
      metadata: { ...old.metadata, labels: { app: 'debug' } },
    }));
    cluster.runSeconds(2);
    expect(cluster.podsOf('web')).toHaveLength(2);
    expect(cluster.pods.get('default', pod!.metadata.name)!.metadata.ownerReferences ?? []).toEqual([]);
  });

  it('counts a pod as available only after minReadySeconds', () => {
    const cluster = new TestCluster();
    createReplicaSet(cluster, 2, { minReadySeconds: 10 });
    cluster.runSeconds(5);
    expect(stored(cluster).status).toMatchObject({ readyReplicas: 2 });
    expect(stored(cluster).status.availableReplicas ?? 0).toBe(0);
    cluster.runSeconds(10);
    expect(stored(cluster).status).toMatchObject({ readyReplicas: 2, availableReplicas: 2 });
  });

  it('deletes the pods that are missed least', () => {
    const cluster = new TestCluster();
    createReplicaSet(cluster, 3);
    cluster.runSeconds(2);
    const unready = cluster.podsOf('web')[1]!;
    cluster.setReady(unready, false);
    cluster.runSeconds(1);
    cluster.replicaSets.modify('default', 'web', (old) => ({ ...old, spec: { ...old.spec, replicas: 2 } }));
    cluster.runSeconds(2);
    expect(cluster.podsOf('web').map(({ metadata }) => metadata.name)).not.toContain(unready.metadata.name);
    expect(cluster.eventsAbout('ReplicaSet', 'web')).toContain(
      `Normal SuccessfulDelete Deleted pod: ${unready.metadata.name}`,
    );
  });

  it('creates and deletes no more than 500 pods in one go', () => {
    const cluster = new TestCluster({ nodes: 0 });
    createReplicaSet(cluster, 700);
    while (cluster.podsOf('web').length === 0) cluster.runFor(1);
    expect(cluster.podsOf('web')).toHaveLength(500);
    cluster.runSeconds(2);
    expect(cluster.podsOf('web')).toHaveLength(700);
    cluster.replicaSets.modify('default', 'web', (old) => ({ ...old, spec: { ...old.spec, replicas: 0 } }));
    cluster.runSeconds(2);
    expect(cluster.podsOf('web')).toHaveLength(0);
  });
});
