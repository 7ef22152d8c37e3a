import { describe, expect, it } from 'vitest';
import { TestCluster } from './testing/test-cluster.ts';

describe('the Deployment controller', () => {
  it('creates a ReplicaSet, which creates the pods', () => {
    const cluster = new TestCluster();
    cluster.deploy('web', 3);
    cluster.runSeconds(5);
    const [replicaSet] = cluster.replicaSetsOf('web');
    expect(replicaSet!.metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '1',
      'deployment.kubernetes.io/desired-replicas': '3',
      'deployment.kubernetes.io/max-replicas': '4',
    });
    expect(cluster.podsOf('web')).toHaveLength(3);
    expect(cluster.deployment('web').metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' });
    expect(cluster.deployment('web').status).toMatchObject({
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      conditions: [
        { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: `ReplicaSet "${replicaSet!.metadata.name}" has successfully progressed.`,
        },
      ],
    });
    expect(cluster.eventsAbout('Deployment', 'web')).toEqual([
      `Normal ScalingReplicaSet Scaled up replica set ${replicaSet!.metadata.name} from 0 to 3`,
    ]);
  });

  it('replaces pods a few at a time, never too many and never too few', () => {
    const cluster = new TestCluster();
    cluster.deploy('web', 8);
    cluster.runSeconds(5);
    cluster.setImage('web', 'nginx:1.28');
    let most = 0;
    let fewest = Infinity;
    for (let step = 0; step < 400; step++) {
      cluster.runFor(10);
      const active = cluster.podsOf('web').filter(({ metadata }) => !metadata.deletionTimestamp);
      most = Math.max(most, active.length);
      fewest = Math.min(
        fewest,
        active.filter(({ status }) =>
          status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
        ).length,
      );
    }
    expect(most).toBe(10);
    expect(fewest).toBe(6);
    expect(cluster.podsOf('web').map(({ spec }) => spec.containers[0]!.image)).toEqual(Array(8).fill('nginx:1.28'));
    expect(cluster.deployment('web').metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('2');
    expect(
      cluster
        .replicaSetsOf('web')
        .map(({ spec }) => spec.replicas)
        .toSorted(),
    ).toEqual([0, 8]);
  });

  it('keeps most old pods when the new version does not start, and says so after the deadline', () => {
    const cluster = new TestCluster();
    cluster.deploy('web', 4, { progressDeadlineSeconds: 30 });
    cluster.runSeconds(5);
    cluster.setImage('web', 'nginx:broken');
    cluster.runSeconds(20);
    expect(cluster.deployment('web').status).toMatchObject({ updatedReplicas: 2, availableReplicas: 3 });
    expect(cluster.deployment('web').status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' }),
    );
    cluster.runSeconds(30);
    const broken = cluster.replicaSetsOf('web').find(({ spec }) => spec.replicas === 2)!;
    expect(cluster.deployment('web').status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: `ReplicaSet "${broken.metadata.name}" has timed out progressing.`,
      }),
    );
  });

  it('goes back to an old ReplicaSet when its template comes back, as a new revision', () => {
    const cluster = new TestCluster();
    cluster.deploy('web', 2);
    cluster.runSeconds(5);
    const [first] = cluster.replicaSetsOf('web');
    cluster.setImage('web', 'nginx:1.28');
    cluster.runSeconds(10);
    cluster.setImage('web', 'nginx:1.27');
    cluster.runSeconds(10);
    expect(cluster.replicaSetsOf('web')).toHaveLength(2);
    expect(cluster.replicaSets.get('default', first!.metadata.name)).toMatchObject({
      spec: { replicas: 2 },
      metadata: {
        annotations: {
          'deployment.kubernetes.io/revision': '3',
          'deployment.kubernetes.io/revision-history': '1',
        },
      },
    });
  });

  it('ends all old pods before it starts new ones when the strategy is Recreate', () => {
    const cluster = new TestCluster();
    cluster.deploy('web', 3, { strategy: { type: 'Recreate' } });
    cluster.runSeconds(5);
    cluster.setImage('web', 'nginx:1.28');
    const images = new Set<string>();
    for (let step = 0; step < 300; step++) {
      cluster.runFor(10);
      images.add([...new Set(cluster.podsOf('web').map(({ spec }) => spec.containers[0]!.image))].join('+'));
    }
    expect([...images].filter(Boolean)).toEqual(['nginx:1.27', 'nginx:1.28']);
    expect(cluster.deployment('web').status.availableReplicas).toBe(3);
  });

  it('does not roll out while it is paused, but scales', () => {
    const cluster = new TestCluster();
    cluster.deploy('web', 2);
    cluster.runSeconds(5);
    cluster.deployments.modify('default', 'web', (stored) => ({ ...stored, spec: { ...stored.spec, paused: true } }));
    cluster.setImage('web', 'nginx:1.28');
    cluster.scale('web', 4);
    cluster.runSeconds(5);
    expect(cluster.replicaSetsOf('web')).toHaveLength(1);
    expect(cluster.podsOf('web')).toHaveLength(4);
    expect(cluster.deployment('web').status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Progressing', status: 'Unknown', reason: 'DeploymentPaused' }),
    );
    cluster.deployments.modify('default', 'web', (stored) => ({ ...stored, spec: { ...stored.spec, paused: false } }));
    cluster.runSeconds(10);
    expect(cluster.podsOf('web').map(({ spec }) => spec.containers[0]!.image)).toEqual(Array(4).fill('nginx:1.28'));
  });

  it('keeps no more history than it is asked to', () => {
    const cluster = new TestCluster();
    cluster.deploy('web', 1, { revisionHistoryLimit: 2 });
    for (let version = 0; version < 5; version++) {
      cluster.runSeconds(5);
      cluster.setImage('web', `nginx:2.${version}`);
    }
    cluster.runSeconds(5);
    expect(cluster.replicaSetsOf('web')).toHaveLength(3);
  });

  it('takes another name when the one that follows from the template is taken', () => {
    const cluster = new TestCluster();
    cluster.deploy('web', 1);
    cluster.runSeconds(5);
    const { name } = cluster.replicaSetsOf('web')[0]!.metadata;
    cluster.deployments.delete('default', 'web');
    cluster.runSeconds(5);
    const labels = { app: 'other' };
    cluster.replicaSets.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name, namespace: 'default' },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'redis' }] } },
      },
    });
    cluster.deploy('web', 1);
    cluster.runSeconds(5);
    expect(cluster.deployment('web').status).toMatchObject({ collisionCount: 1, availableReplicas: 1 });
    expect(cluster.replicaSetsOf('web')[0]!.metadata.name).not.toBe(name);
  });
});
