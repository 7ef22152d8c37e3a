import { describe, expect, it } from 'vitest';
import type { ResourceRequirements } from '../../api/generated/types.ts';
import { pods } from '../apiserver/registry/index.ts';
import { TestCluster } from './testing/test-cluster.ts';

const tool = (...words: string[]) => ({ image: 'tool:1', command: ['tool', ...words] });

describe('a pod', () => {
  it('[KUB-10] is first Pending', () => {
    const cluster = new TestCluster();
    cluster.create('web', {});
    cluster.create('two', {}, { initContainers: [{ name: 'first', ...tool('sleep', '1') }] });
    cluster.run(0.1);
    expect(cluster.pod('web')!.status).toMatchObject({
      phase: 'Pending',
      qosClass: 'BestEffort',
      hostIP: '172.18.0.2',
      startTime: '2026-01-05T09:00:03Z',
      containerStatuses: [{ name: 'main', ready: false, state: { waiting: { reason: 'ContainerCreating' } } }],
    });
    expect(cluster.pod('two')!.status.containerStatuses![0]!.state).toEqual({
      waiting: { reason: 'PodInitializing' },
    });
    expect(cluster.condition('web', 'PodReadyToStartContainers')).toBe('False');
    expect(cluster.condition('web', 'Initialized')).toBe('True');
    expect(cluster.condition('two', 'Initialized')).toBe(
      'False ContainersNotInitialized containers with incomplete status: [first]',
    );
    expect(cluster.condition('web', 'Ready')).toBe('False ContainersNotReady containers with unready status: [main]');
  });

  it('[KUB-11] is then Running, after two writes', () => {
    const cluster = new TestCluster();
    const before = Number(cluster.create('web', {}).metadata.resourceVersion);
    let writes = 0;
    cluster.cluster.contexts
      .informers('kubelet')
      .informer(pods)
      .onChange({ updated: () => writes++ });
    cluster.run(10);
    expect(before).toBeGreaterThan(0);
    expect(writes).toBe(2);
    expect(cluster.pod('web')!.status).toMatchObject({
      phase: 'Running',
      podIP: '10.244.0.2',
      podIPs: [{ ip: '10.244.0.2' }],
      containerStatuses: [
        {
          name: 'main',
          image: 'docker.io/library/server:1',
          imageID: `docker.io/library/server@sha256:${'0'.repeat(64)}`,
          containerID: expect.stringMatching(/^containerd:\/\/[0-9a-f]{64}$/) as string,
          ready: true,
          started: true,
          restartCount: 0,
        },
      ],
    });
    for (const type of ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled']) {
      expect(cluster.condition('web', type)).toBe('True');
    }
    expect(cluster.events('web')).toEqual([
      'Pulling: Pulling image "server:1"',
      expect.stringMatching(/^Pulled: Successfully pulled image "server:1" in [\d.]+s \([\d.]+s including waiting\)/),
      'Created: Container created',
      'Started: Container started',
    ]);
  });

  it('[KUB-12] runs its init containers in order', () => {
    const cluster = new TestCluster();
    cluster.create(
      'web',
      {},
      {
        initContainers: [
          { name: 'one', ...tool('sleep', '3') },
          { name: 'two', ...tool('exit', '0') },
        ],
      },
    );
    cluster.run(5);
    const [one, two] = cluster.pod('web')!.status.initContainerStatuses!;
    expect(one!.state).toHaveProperty('running');
    expect(two!.state).toEqual({ waiting: { reason: 'PodInitializing' } });
    cluster.run(10);
    expect(cluster.pod('web')!.status).toMatchObject({
      phase: 'Running',
      initContainerStatuses: [
        { name: 'one', ready: true, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
        { name: 'two', ready: true, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
      ],
    });
  });

  it.each([
    { restartPolicy: 'Always', phase: 'Pending', restarts: 1 },
    { restartPolicy: 'Never', phase: 'Failed', restarts: 0 },
  ])('[KUB-12] with restart policy $restartPolicy is $phase when an init container fails', (row) => {
    const cluster = new TestCluster();
    const initContainers = [{ name: 'one', ...tool('exit', '1') }];
    cluster.create('web', {}, { restartPolicy: row.restartPolicy, initContainers });
    cluster.run(10);
    const { phase, initContainerStatuses } = cluster.pod('web')!.status;
    expect(phase).toBe(row.phase);
    expect(initContainerStatuses![0]!.restartCount).toBe(row.restarts);
    expect(cluster.events('web').some((event) => event.includes('server'))).toBe(false);
  });

  it('[KUB-13] runs sidecars beside its containers and stops them last', () => {
    const cluster = new TestCluster();
    cluster.create('job', tool('sleep', '5'), {
      restartPolicy: 'Never',
      initContainers: [{ name: 'proxy', image: 'server:1', restartPolicy: 'Always' }],
    });
    cluster.run(8);
    expect(cluster.pod('job')!.status).toMatchObject({
      phase: 'Running',
      initContainerStatuses: [{ name: 'proxy', ready: true, started: true }],
      containerStatuses: [{ name: 'main', ready: true }],
    });
    cluster.run(10);
    expect(cluster.pod('job')!.status).toMatchObject({
      phase: 'Succeeded',
      initContainerStatuses: [{ name: 'proxy', state: { terminated: { exitCode: 0 } } }],
    });
    expect(cluster.events('job').at(-1)).toBe('Killing: Stopping container proxy');
  });

  it.each([
    { codes: [0, 0], restartPolicy: 'Never', phase: 'Succeeded', ready: 'False PodCompleted' },
    { codes: [0, 3], restartPolicy: 'Never', phase: 'Failed', ready: 'False PodFailed' },
    { codes: [0, 0], restartPolicy: 'OnFailure', phase: 'Succeeded', ready: 'False PodCompleted' },
  ])('[KUB-14] is $phase after exit codes $codes with $restartPolicy', ({ codes, restartPolicy, phase, ready }) => {
    const cluster = new TestCluster();
    const containers = [{ name: 'other', ...tool('sleep', '1', String(codes[1])) }];
    cluster.create('job', tool('exit', String(codes[0])), { restartPolicy, containers });
    cluster.run(15);
    expect(cluster.pod('job')!.status.phase).toBe(phase);
    expect(cluster.condition('job', 'Ready')).toBe(ready);
  });

  it.each<{ resources: ResourceRequirements; reason: string; message: string }>([
    {
      resources: { requests: { cpu: '5' } },
      reason: 'OutOfcpu',
      message: "Node didn't have enough resource: cpu, requested: 5000, used: 0, capacity: 4000",
    },
    {
      resources: { requests: { memory: '9Gi' } },
      reason: 'OutOfmemory',
      message: "Node didn't have enough resource: memory, requested: 9663676416, used: 0, capacity: 8589934592",
    },
  ])('[KUB-15] fails with $reason where it does not fit', ({ resources, reason, message }) => {
    const cluster = new TestCluster();
    cluster.create('big', { resources });
    cluster.run(1);
    expect(cluster.pod('big')!.status).toMatchObject({
      phase: 'Failed',
      reason,
      message: `Pod was rejected: ${message}`,
    });
    expect(cluster.events('big')).toEqual([`${reason}: ${message}`]);
  });

  it('[KUB-15] fails where its node selector does not match', () => {
    const cluster = new TestCluster();
    cluster.create('picky', {}, { nodeSelector: { disk: 'ssd' } });
    cluster.run(1);
    expect(cluster.pod('picky')!.status).toMatchObject({ phase: 'Failed', reason: 'NodeAffinity' });
  });

  it('[KUB-16] ends at its deadline', () => {
    const cluster = new TestCluster();
    cluster.create('slow', {}, { activeDeadlineSeconds: 12 });
    cluster.run(11);
    expect(cluster.pod('slow')!.status.phase).toBe('Running');
    cluster.run(5);
    expect(cluster.pod('slow')!.status).toMatchObject({
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
      containerStatuses: [{ state: { terminated: { exitCode: 0 } } }],
    });
  });

  it('[KUB-17] leaves the conditions of others alone and waits for its readiness gates', () => {
    const cluster = new TestCluster();
    cluster.create('gated', {}, { readinessGates: [{ conditionType: 'example.com/open' }] });
    cluster.run(10);
    expect(cluster.condition('gated', 'ContainersReady')).toBe('True');
    expect(cluster.condition('gated', 'Ready')).toBe(
      'False ReadinessGatesNotReady corresponding condition of pod readiness gate "example.com/open" does not exist.',
    );
    const gate = { type: 'example.com/open', status: 'True', lastTransitionTime: '2026-01-05T09:00:10Z' };
    cluster.client.resource(pods).modifyStatus('default', 'gated', (pod) => ({
      ...pod,
      status: { ...pod.status, conditions: [...(pod.status.conditions ?? []), gate] },
    }));
    cluster.run(3);
    const conditions = cluster.pod('gated')!.status.conditions!;
    expect(conditions).toContainEqual(gate);
    expect(conditions.find(({ type }) => type === 'Ready')).toMatchObject({ status: 'True', observedGeneration: 1 });
    const initialized = conditions.find(({ type }) => type === 'Initialized');
    expect(initialized!.lastTransitionTime).toBe('2026-01-05T09:00:03Z');
  });

  it('[KUB-17] takes back what others do to its own conditions', () => {
    const cluster = new TestCluster();
    cluster.create('web', {});
    cluster.run(10);
    cluster.client.resource(pods).modifyStatus('default', 'web', (pod) => ({
      ...pod,
      status: {
        ...pod.status,
        conditions: pod.status.conditions!.map((each) => (each.type === 'Ready' ? { ...each, status: 'False' } : each)),
      },
    }));
    cluster.run(1);
    expect(cluster.condition('web', 'Ready')).toBe('False');
    cluster.run(11);
    expect(cluster.condition('web', 'Ready')).toBe('True');
  });

  it('[KUB-18] takes a new image', () => {
    const cluster = new TestCluster();
    cluster.create('web', {});
    cluster.run(10);
    cluster.client.resource(pods).modify('default', 'web', (pod) => ({
      ...pod,
      spec: { ...pod.spec, containers: [{ ...pod.spec.containers[0]!, image: 'server:latest' }] },
    }));
    cluster.run(10);
    expect(cluster.pod('web')!.status).toMatchObject({
      observedGeneration: 2,
      containerStatuses: [{ image: 'docker.io/library/server:latest', restartCount: 1, ready: true }],
    });
    expect(cluster.events('web')).toContain('Killing: Container main definition changed, will be restarted');
  });
});
