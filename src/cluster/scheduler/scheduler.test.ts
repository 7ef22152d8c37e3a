import { describe, expect, it } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim, Pod, PriorityClass } from '../../api/generated/types.ts';
import { persistentVolumeClaims, persistentVolumes, priorityClasses } from '../apiserver/registry/index.ts';
import { TestCluster } from '../controllers/testing/test-cluster.ts';
import { zoneLabel } from './topology-constraints.ts';

const cpu = (amount: string): Partial<Pod['spec']> => ({
  containers: [{ name: 'main', image: 'nginx', resources: { requests: { cpu: amount } } }],
});

function bareCluster(nodes = 0): TestCluster {
  return new TestCluster({ nodes, hasKubelets: false });
}

const nodeOf = (cluster: TestCluster, name: string): string | undefined =>
  cluster.pods.get('default', name)!.spec.nodeName;
const scheduled = (cluster: TestCluster, name: string) =>
  cluster.pods.get('default', name)!.status.conditions?.find(({ type }) => type === 'PodScheduled');

describe('a pick', () => {
  it('[SCH-30] is an Event, a binding and a condition', () => {
    const cluster = bareCluster(1);
    cluster.createPod('one');
    cluster.runSeconds(1);
    expect(nodeOf(cluster, 'one')).toBe('node-1');
    expect(cluster.eventsAbout('Pod', 'one')).toEqual(['Normal Scheduled Successfully assigned default/one to node-1']);
    expect(scheduled(cluster, 'one')).toMatchObject({ status: 'True' });
  });

  it('[SCH-32] counts to its node at once', () => {
    const cluster = bareCluster(1);
    for (let n = 0; n < 5; n++) cluster.createPod(`pod-${n}`, cpu('1'));
    cluster.runSeconds(1);
    expect(cluster.pods.list('default').filter(({ spec }) => spec.nodeName)).toHaveLength(4);
  });

  it('[SCH-34] can be explained', () => {
    const cluster = bareCluster(2);
    cluster.addNode('tainted', {}, { spec: { taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] } });
    cluster.runSeconds(1);
    cluster.createPod('one');
    cluster.runSeconds(1);
    const decision = cluster.scheduler.explain('default/one')!;
    expect(decision).toMatchObject({ outcome: 'scheduled', node: nodeOf(cluster, 'one') });
    expect(decision.nodes.map(({ node }) => node)).toEqual(['node-1', 'node-2', 'tainted']);
    expect(decision.nodes[2]!.refusedBy).toEqual({
      plugin: 'TaintToleration',
      reasons: ['node(s) had untolerated taint(s)'],
    });
    const { scores, total } = decision.nodes[0]!;
    expect(scores!.reduce((sum, { weighted }) => sum + weighted, 0)).toBe(total);
    expect(cluster.scheduler.explain('default/unknown')).toBeUndefined();
  });
});

describe('no pick', () => {
  it('[SCH-31] says how many nodes were short of what', () => {
    const cluster = bareCluster(2);
    cluster.addNode('tainted', {}, { spec: { taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] } });
    cluster.createPod('filler-1', cpu('3'));
    cluster.createPod('filler-2', cpu('3'));
    cluster.runSeconds(1);
    cluster.createPod('big', cpu('2'));
    cluster.runSeconds(1);
    const message =
      '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. ' +
      'no new claims to deallocate, preemption: 0/3 nodes are available: ' +
      '1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.';
    expect(scheduled(cluster, 'big')).toMatchObject({ status: 'False', reason: 'Unschedulable', message });
    expect(cluster.eventsAbout('Pod', 'big')).toEqual([`Warning FailedScheduling ${message}`]);
  });

  it('[SCH-31] knows that evicting pods will not make a node larger', () => {
    const cluster = bareCluster(2);
    cluster.createPod('huge', cpu('64'));
    cluster.runSeconds(1);
    expect(scheduled(cluster, 'huge')!.message).toBe(
      '0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: ' +
        '0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
    );
  });

  it('[SCH-3] is tried again and again when there are no nodes at all', () => {
    const cluster = bareCluster();
    cluster.createPod('one');
    cluster.runSeconds(20);
    expect(cluster.eventsAbout('Pod', 'one')[0]).toBe('Warning FailedScheduling no nodes available to schedule pods');
    cluster.addNode('late');
    cluster.runSeconds(11);
    expect(nodeOf(cluster, 'one')).toBe('late');
  });
});

describe('the queue', () => {
  it('[SCH-1] takes the more important first', () => {
    const cluster = bareCluster();
    cluster.createPod('low', { ...cpu('3') });
    cluster.createPod('high', { ...cpu('3'), priorityClassName: 'system-cluster-critical' });
    cluster.addNode('only');
    cluster.runSeconds(20);
    expect(nodeOf(cluster, 'high')).toBe('only');
    expect(nodeOf(cluster, 'low')).toBeUndefined();
  });

  it.each<{ name: string; help: (cluster: TestCluster) => void; spec: Partial<Pod['spec']> }>([
    {
      name: 'a pod leaves',
      spec: cpu('3'),
      help: (cluster) => cluster.pods.delete('default', 'filler', { gracePeriodSeconds: 0 }),
    },
    { name: 'a node comes', spec: cpu('3'), help: (cluster) => cluster.addNode('node-9') },
    {
      name: 'a node gets the label',
      spec: { ...cpu('100m'), nodeSelector: { disk: 'ssd' } },
      help: (cluster) =>
        void cluster.nodes.modify('', 'node-1', (node) => ({
          ...node,
          metadata: { ...node.metadata, labels: { ...node.metadata.labels, disk: 'ssd' } },
        })),
    },
  ])('[SCH-2] tries again when $name', ({ help, spec }) => {
    const cluster = bareCluster(1);
    cluster.createPod('filler', cpu('3'));
    cluster.runSeconds(1);
    cluster.createPod('waiting', spec);
    cluster.runSeconds(30);
    expect(nodeOf(cluster, 'waiting')).toBeUndefined();
    expect(cluster.eventsAbout('Pod', 'waiting')).toHaveLength(1);
    help(cluster);
    cluster.runSeconds(1);
    expect(nodeOf(cluster, 'waiting')).toBeDefined();
  });

  it('[SCH-4] does not try a pod with gates', () => {
    const cluster = bareCluster(1);
    cluster.createPod('gated', { schedulingGates: [{ name: 'example.com/quota' }] });
    cluster.runSeconds(10);
    expect(nodeOf(cluster, 'gated')).toBeUndefined();
    expect(cluster.eventsAbout('Pod', 'gated')).toEqual([]);
    cluster.pods.modify('default', 'gated', (pod) => ({ ...pod, spec: { ...pod.spec, schedulingGates: [] } }));
    cluster.runSeconds(1);
    expect(nodeOf(cluster, 'gated')).toBe('node-1');
  });

  it('[SCH-5] leaves pods of other schedulers alone', () => {
    const cluster = bareCluster(1);
    cluster.createPod('other', { schedulerName: 'mine' });
    cluster.runSeconds(10);
    expect(nodeOf(cluster, 'other')).toBeUndefined();
    expect(cluster.scheduler.waiting).toBe(0);
  });
});

it('[SCH-17] holds a pod back until its claims are bound', () => {
  const cluster = bareCluster(1);
  const claims = cluster.client<PersistentVolumeClaim>(persistentVolumeClaims);
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
  cluster.createPod('db', { volumes });
  cluster.runSeconds(1);
  expect(scheduled(cluster, 'db')!.message).toContain(
    '0/1 nodes are available: persistentvolumeclaim "data" not found.',
  );
  claims.create({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'default' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: '' },
  });
  cluster.runSeconds(1);
  expect(scheduled(cluster, 'db')!.message).toContain('pod has unbound immediate PersistentVolumeClaims.');
  cluster.client<PersistentVolume>(persistentVolumes).create({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'disk-1' },
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/mnt/disk-1' } },
  });
  // The claim is looked at every 15 seconds.
  cluster.runSeconds(20);
  expect(claims.get('default', 'data')?.spec?.volumeName).toBe('disk-1');
  expect(nodeOf(cluster, 'db')).toBe('node-1');
});

describe('the best node', () => {
  it('[SCH-21] is the emptier one', () => {
    const cluster = bareCluster();
    cluster.addNode('small', { allocatable: { cpu: '2', memory: '2Gi', pods: '110' } });
    cluster.addNode('large', { allocatable: { cpu: '8', memory: '8Gi', pods: '110' } });
    cluster.runSeconds(1);
    cluster.createPod('one', cpu('500m'));
    cluster.runSeconds(1);
    expect(nodeOf(cluster, 'one')).toBe('large');
  });

  it('[SCH-22] is one without a sibling', () => {
    const cluster = bareCluster(4);
    cluster.deploy('web', 8);
    cluster.runSeconds(2);
    const counts = new Map<string, number>();
    for (const { spec } of cluster.podsOf('web')) counts.set(spec.nodeName!, (counts.get(spec.nodeName!) ?? 0) + 1);
    expect([...counts.values()]).toEqual([2, 2, 2, 2]);
  });

  it('[SCH-22] is in a zone with fewer siblings', () => {
    const cluster = bareCluster();
    for (let n = 0; n < 6; n++)
      cluster.addNode(`n${n}`, {}, { metadata: { labels: { [zoneLabel]: n < 5 ? 'a' : 'b' } } as never });
    cluster.runSeconds(1);
    cluster.deploy('web', 2);
    cluster.runSeconds(2);
    const zones = cluster.podsOf('web').map(({ spec }) => (spec.nodeName === 'n5' ? 'b' : 'a'));
    expect(zones.toSorted()).toEqual(['a', 'b']);
  });

  it('[SCH-24] is drawn among equals, and the same with the same seed', () => {
    const picks = [0, 1].map(() => {
      const cluster = bareCluster(5);
      for (let n = 0; n < 5; n++) cluster.createPod(`pod-${n}`, { containers: [{ name: 'main', image: 'nginx' }] });
      cluster.runSeconds(1);
      return [0, 1, 2, 3, 4].map((n) => nodeOf(cluster, `pod-${n}`));
    });
    expect(picks[0]).toEqual(picks[1]);
    expect(new Set(picks[0]).size).toBe(5);
  });
});

describe('preemption', () => {
  it('[SCH-33] evicts the least important pods that make room', () => {
    const cluster = bareCluster(2);
    cluster.createPod('a', { ...cpu('3'), priorityClassName: 'system-cluster-critical' });
    cluster.createPod('b', cpu('3'));
    cluster.runSeconds(1);
    const freed = nodeOf(cluster, 'b');
    cluster.createPod('vip', { ...cpu('3'), priorityClassName: 'system-node-critical' });
    cluster.runFor(50);
    expect(cluster.pods.get('default', 'vip')!.status.nominatedNodeName).toBe(freed);
    const victim = cluster.pods.get('default', 'b')!;
    expect(victim.metadata.deletionTimestamp).toBeDefined();
    expect(victim.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'DisruptionTarget', reason: 'PreemptionByScheduler' }),
    );
    cluster.pods.delete('default', 'b', { gracePeriodSeconds: 0 });
    cluster.runSeconds(2);
    expect(nodeOf(cluster, 'vip')).toBe(freed);
    expect(nodeOf(cluster, 'a')).toBeDefined();
  });

  it('[SCH-33] spares everybody when the pod says so', () => {
    const cluster = bareCluster(1);
    cluster.createPod('a', cpu('3'));
    cluster.runSeconds(1);
    cluster.client<PriorityClass>(priorityClasses).create({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'polite' },
      value: 1000,
      preemptionPolicy: 'Never',
    });
    cluster.createPod('polite', { ...cpu('3'), priorityClassName: 'polite' });
    cluster.runSeconds(1);
    expect(cluster.pods.get('default', 'a')!.metadata.deletionTimestamp).toBeUndefined();
    expect(scheduled(cluster, 'polite')!.message).toContain('not eligible due to preemptionPolicy=Never.');
  });
});
