import { describe, expect, it } from 'vitest';
import type { StatefulSet } from '../../api/generated/types.ts';
import { statefulSets } from '../apiserver/registry/index.ts';
import { TestCluster } from './testing/test-cluster.ts';

const labels = { app: 'db' };

function create(cluster: TestCluster, spec: Partial<StatefulSet['spec']> = {}): void {
  cluster.client<StatefulSet>(statefulSets).create({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'default' },
    spec: {
      replicas: 3,
      serviceName: 'db',
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'db:1' }] } },
      ...spec,
    },
  });
}

function change(cluster: TestCluster, spec: Partial<StatefulSet['spec']>): void {
  cluster
    .client<StatefulSet>(statefulSets)
    .modify('default', 'db', (old) => ({ ...old, spec: { ...old.spec, ...spec } }));
}

const withImage = (image: string): StatefulSet['spec']['template'] => ({
  metadata: { labels },
  spec: { containers: [{ name: 'main', image }] },
});
const stored = (cluster: TestCluster): StatefulSet => cluster.client<StatefulSet>(statefulSets).get('default', 'db')!;
const names = (cluster: TestCluster): readonly string[] =>
  cluster
    .podsOf('db')
    .map(({ metadata }) => metadata.name)
    .toSorted();
const images = (cluster: TestCluster): readonly string[] =>
  names(cluster).map((name) => cluster.pods.get('default', name)!.spec.containers[0]!.image!);

describe('the StatefulSet controller', () => {
  it('creates its pods one after the other, each with a name of its own', () => {
    const cluster = new TestCluster();
    create(cluster);
    const seen = new Set<string>();
    for (let step = 0; step < 100; step++) {
      cluster.runFor(20);
      seen.add(names(cluster).join(' '));
    }
    expect([...seen]).toEqual(['db-0', 'db-0 db-1', 'db-0 db-1 db-2']);
    const pod = cluster.pods.get('default', 'db-1')!;
    expect(pod.spec).toMatchObject({ hostname: 'db-1', subdomain: 'db' });
    expect(pod.metadata.labels).toMatchObject({
      'statefulset.kubernetes.io/pod-name': 'db-1',
      'apps.kubernetes.io/pod-index': '1',
      'controller-revision-hash': stored(cluster).status.updateRevision,
    });
    expect(stored(cluster).status).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      updatedReplicas: 3,
    });
    expect(cluster.eventsAbout('StatefulSet', 'db')).toEqual([
      'Normal SuccessfulCreate create Pod db-0 in StatefulSet db successful',
      'Normal SuccessfulCreate create Pod db-1 in StatefulSet db successful',
      'Normal SuccessfulCreate create Pod db-2 in StatefulSet db successful',
    ]);
  });

  it('creates them all at once when they may', () => {
    const cluster = new TestCluster();
    create(cluster, { podManagementPolicy: 'Parallel' });
    cluster.runFor(20);
    expect(names(cluster)).toEqual(['db-0', 'db-1', 'db-2']);
  });

  it('takes away the last first', () => {
    const cluster = new TestCluster();
    create(cluster);
    cluster.runSeconds(5);
    change(cluster, { replicas: 1 });
    const seen = new Set<string>();
    for (let step = 0; step < 100; step++) {
      cluster.runFor(20);
      seen.add(names(cluster).join(' '));
    }
    expect([...seen]).toEqual(['db-0 db-1 db-2', 'db-0 db-1', 'db-0']);
  });

  it('gives a lost pod its name again', () => {
    const cluster = new TestCluster();
    create(cluster);
    cluster.runSeconds(5);
    const { uid } = cluster.pods.get('default', 'db-1')!.metadata;
    cluster.pods.delete('default', 'db-1');
    cluster.runSeconds(3);
    expect(names(cluster)).toEqual(['db-0', 'db-1', 'db-2']);
    expect(cluster.pods.get('default', 'db-1')!.metadata.uid).not.toBe(uid);
  });

  it('updates from the last to the first, down to the partition', () => {
    const cluster = new TestCluster();
    create(cluster, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } });
    cluster.runSeconds(5);
    change(cluster, { template: withImage('db:2') });
    cluster.runSeconds(10);
    expect(images(cluster)).toEqual(['db:1', 'db:2', 'db:2']);
    expect(stored(cluster).status).toMatchObject({ updatedReplicas: 2, currentReplicas: 1 });
    cluster.pods.delete('default', 'db-0');
    cluster.runSeconds(5);
    expect(images(cluster)).toEqual(['db:1', 'db:2', 'db:2']);
    change(cluster, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } });
    cluster.runSeconds(5);
    expect(images(cluster)).toEqual(['db:2', 'db:2', 'db:2']);
    expect(stored(cluster).status.currentRevision).toBe(stored(cluster).status.updateRevision);
  });

  it('stops at a version that does not come up', () => {
    const cluster = new TestCluster();
    create(cluster);
    cluster.runSeconds(5);
    change(cluster, { template: withImage('db:broken') });
    cluster.runSeconds(30);
    expect(images(cluster)).toEqual(['db:1', 'db:1', 'db:broken']);
  });
});
