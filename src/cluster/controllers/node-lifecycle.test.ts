import { describe, expect, it } from 'vitest';
import type { Node } from '../../api/generated/types.ts';
import { TestClient } from '../apiserver/test-client.ts';
import { createCluster } from '../cluster.ts';
import { TestCluster } from './testing/test-cluster.ts';
import { evictionIntervalMs, zoneState } from './node-lifecycle/zone-state.ts';

/** Three nodes with kubelets; the one of node-1 falls silent after a minute. */
function clusterWithSilentNode(): TestCluster {
  const cluster = new TestCluster();
  cluster.keepAlive('node-1', cluster.nowMs + 60_000);
  cluster.keepAlive('node-2');
  cluster.keepAlive('node-3');
  return cluster;
}

/** Three pods that bear an unreachable node for five minutes. */
function deployTolerant(cluster: TestCluster): void {
  const tolerations = [
    { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
  ];
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: { tolerations, containers: [{ name: 'main', image: 'nginx' }] },
  };
  cluster.deploy('web', 3, { template });
}

const taintsOf = (node: Node): readonly string[] =>
  (node.spec.taints ?? []).map(({ key, effect }) => `${key}:${effect}`);

describe('the node lifecycle controller', () => {
  it('gives up on a node 50 seconds after its last sign of life', () => {
    const cluster = clusterWithSilentNode();
    deployTolerant(cluster);
    cluster.runSeconds(105);
    expect(cluster.nodes.get('', 'node-1')!.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'True' }),
    );
    cluster.runSeconds(20);
    const node = cluster.nodes.get('', 'node-1')!;
    expect(node.status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Ready',
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
      }),
    );
    expect(taintsOf(node)).toEqual([
      'node.kubernetes.io/unreachable:NoSchedule',
      'node.kubernetes.io/unreachable:NoExecute',
    ]);
    expect(cluster.eventsAbout('Node', 'node-1')).toContain(
      'Normal NodeNotReady Node node-1 status is now: NodeNotReady',
    );
    const lost = cluster.podsOf('web').filter(({ spec }) => spec.nodeName === 'node-1');
    expect(lost).toHaveLength(1);
    expect(lost[0]!.status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'False' }));
    expect(cluster.eventsAbout('Pod', lost[0]!.metadata.name)).toContain('Warning NodeNotReady Node is not ready');
    expect(taintsOf(cluster.nodes.get('', 'node-2')!)).toEqual([]);
  });

  it('drives pods off once they no longer tolerate it', () => {
    const cluster = clusterWithSilentNode();
    deployTolerant(cluster);
    cluster.runSeconds(180);
    const lost = cluster.podsOf('web').find(({ spec }) => spec.nodeName === 'node-1')!;
    expect(lost.metadata.deletionTimestamp).toBeUndefined();
    cluster.runSeconds(300);
    expect(cluster.eventsAbout('Pod', lost.metadata.name)).toContain(
      `Normal TaintManagerEviction Marking for deletion Pod default/${lost.metadata.name}`,
    );
    const running = cluster.podsOf('web').filter(({ metadata }) => !metadata.deletionTimestamp);
    expect(running).toHaveLength(3);
    expect(running.map(({ spec }) => spec.nodeName)).not.toContain('node-1');
  });

  it('takes the taints away and cancels evictions when the node is back', () => {
    const cluster = clusterWithSilentNode();
    const tolerations = [{ operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }];
    cluster.createPod('one', { tolerations, nodeName: 'node-1' });
    cluster.runSeconds(150);
    const ready = {
      type: 'Ready',
      status: 'True',
      lastHeartbeatTime: 'now',
      lastTransitionTime: '2026-01-05T09:03:00Z',
    };
    cluster.nodes.modifyStatus('', 'node-1', (node) => ({ ...node, status: { ...node.status, conditions: [ready] } }));
    cluster.runSeconds(10);
    expect(taintsOf(cluster.nodes.get('', 'node-1')!)).toEqual([]);
    expect(cluster.eventsAbout('Pod', 'one')).toContain(
      'Normal TaintManagerEviction Cancelling deletion of Pod default/one',
    );
  });

  it('keeps pods away from a node that is cordoned or short of something', () => {
    const cluster = new TestCluster();
    cluster.nodes.modify('', 'node-2', (node) => ({ ...node, spec: { ...node.spec, unschedulable: true } }));
    cluster.nodes.modifyStatus('', 'node-3', (node) => ({
      ...node,
      status: { ...node.status, conditions: [...node.status.conditions!, { type: 'DiskPressure', status: 'True' }] },
    }));
    cluster.runSeconds(1);
    expect(taintsOf(cluster.nodes.get('', 'node-2')!)).toEqual(['node.kubernetes.io/unschedulable:NoSchedule']);
    expect(taintsOf(cluster.nodes.get('', 'node-3')!)).toEqual(['node.kubernetes.io/disk-pressure:NoSchedule']);
    cluster.nodes.modify('', 'node-2', (node) => ({ ...node, spec: { ...node.spec, unschedulable: false } }));
    cluster.runSeconds(1);
    expect(taintsOf(cluster.nodes.get('', 'node-2')!)).toEqual([]);
  });

  it('clears away the pods of a node that is gone', () => {
    const cluster = clusterWithSilentNode();
    cluster.deploy('web', 3);
    cluster.runSeconds(10);
    cluster.nodes.delete('', 'node-1');
    cluster.runSeconds(30);
    expect(cluster.podsOf('web').map(({ spec }) => spec.nodeName)).toContain('node-1');
    cluster.runSeconds(30);
    expect(cluster.podsOf('web').map(({ spec }) => spec.nodeName)).not.toContain('node-1');
    expect(cluster.podsOf('web')).toHaveLength(3);
  });

  it('gives each node a range of addresses', () => {
    const cluster = new TestCluster();
    const ranges = cluster.nodes.list().map(({ spec }) => spec.podCIDR);
    expect(ranges).toEqual(['10.244.0.0/24', '10.244.1.0/24', '10.244.2.0/24']);
  });
});

it.each([
  { name: 'a zone that is well', ready: 3, notReady: 0, state: 'Normal', intervalMs: 10_000 },
  { name: 'a node of three', ready: 2, notReady: 1, state: 'Normal', intervalMs: 10_000 },
  { name: 'most of a small zone', ready: 2, notReady: 4, state: 'PartialDisruption', intervalMs: undefined },
  { name: 'most of a large zone', ready: 20, notReady: 40, state: 'PartialDisruption', intervalMs: 100_000 },
  { name: 'a whole zone', ready: 0, notReady: 3, state: 'FullDisruption', intervalMs: 10_000 },
])('$name: $state', ({ ready, notReady, state, intervalMs }) => {
  expect(zoneState(ready, notReady)).toBe(state);
  expect(evictionIntervalMs(zoneState(ready, notReady), ready + notReady, false)).toBe(intervalMs);
});

it('goes on when the API refuses what it does', () => {
  const cluster = createCluster({ seed: 1, nodes: 2, freeze: true });
  cluster.clock.runFor(20_000);
  new TestClient(cluster).send('DELETE', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings');
  cluster.setFault({ type: 'node-down', node: 'node-1' }, true);
  expect(() => cluster.clock.runFor(300_000)).not.toThrow();
});
