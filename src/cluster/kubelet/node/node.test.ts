import { describe, expect, it } from 'vitest';
import { leases, nodes, pods } from '../../apiserver/registry/index.ts';
import { NetworkStorage } from '../../volumes/index.ts';
import { startKubelet } from '../index.ts';
import { TestCluster } from '../testing/test-cluster.ts';
import { testImages } from '../testing/test-images.ts';

const nodeOf = (cluster: TestCluster, name = 'node-1') => cluster.client.resource(nodes).get('', name)!;
const ready = (cluster: TestCluster) => nodeOf(cluster).status.conditions!.find(({ type }) => type === 'Ready')!;
const leaseTime = (cluster: TestCluster) =>
  cluster.client.resource(leases).get('kube-node-lease', 'node-1')!.spec.renewTime!;

describe('a node', () => {
  it('[KUB-1] registers itself', () => {
    const cluster = new TestCluster(0);
    startKubelet({
      context: cluster.cluster.contexts.kubelet('main'),
      node: {
        name: 'main',
        cpu: '2',
        memory: '4Gi',
        pods: 110,
        address: '172.18.0.9',
        roles: ['control-plane'],
        labels: { zone: 'a' },
        taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
      },
      network: cluster.cluster.network,
      images: testImages,
      storage: new NetworkStorage(cluster.cluster.clock),
    });
    cluster.run(1);
    const node = nodeOf(cluster, 'main');
    expect(node.metadata.labels).toMatchObject({
      'kubernetes.io/hostname': 'main',
      'kubernetes.io/os': 'linux',
      'kubernetes.io/arch': 'amd64',
      'node-role.kubernetes.io/control-plane': '',
      zone: 'a',
    });
    expect(node.spec.taints?.[0]).toMatchObject({ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' });
    expect(node.status.addresses).toEqual([
      { address: '172.18.0.9', type: 'InternalIP' },
      { address: 'main', type: 'Hostname' },
    ]);
    expect(node.status.capacity).toMatchObject({ cpu: '2', memory: '4194304Ki', pods: '110' });
    expect(node.status.nodeInfo).toMatchObject({ kubeletVersion: 'v1.35.2', operatingSystem: 'linux' });
  });

  it('[KUB-2] becomes ready', () => {
    const cluster = new TestCluster(0);
    const context = cluster.cluster.contexts.kubelet('node-1');
    const node = { name: 'node-1', cpu: '2', memory: '4Gi', pods: 110, address: '172.18.0.2' };
    startKubelet({
      context,
      node,
      network: cluster.cluster.network,
      images: testImages,
      storage: new NetworkStorage(cluster.cluster.clock),
    });
    cluster.run(0.5);
    expect(ready(cluster)).toMatchObject({ status: 'False', reason: 'KubeletNotReady' });
    cluster.run(2);
    expect(ready(cluster)).toMatchObject({
      status: 'True',
      reason: 'KubeletReady',
      message: 'kubelet is posting ready status',
    });
    expect(cluster.events('node-1').filter((event) => !event.startsWith('RegisteredNode'))).toEqual([
      'Starting: Starting kubelet.',
      'NodeHasSufficientMemory: Node node-1 status is now: NodeHasSufficientMemory',
      'NodeHasNoDiskPressure: Node node-1 status is now: NodeHasNoDiskPressure',
      'NodeHasSufficientPID: Node node-1 status is now: NodeHasSufficientPID',
      'NodeAllocatableEnforced: Updated Node Allocatable limit across pods',
      'NodeReady: Node node-1 status is now: NodeReady',
    ]);
  });

  it('[KUB-3] renews its lease and reports its status', () => {
    const cluster = new TestCluster();
    const first = leaseTime(cluster);
    cluster.run(10);
    const second = leaseTime(cluster);
    expect(Date.parse(second) - Date.parse(first)).toBe(10_000);
    const before = nodeOf(cluster).metadata.resourceVersion;
    cluster.run(60);
    expect(nodeOf(cluster).metadata.resourceVersion).toBe(before);
    cluster.run(240);
    expect(nodeOf(cluster).metadata.resourceVersion).not.toBe(before);
    cluster.create('web', {});
    cluster.run(20);
    expect(nodeOf(cluster).status.images).toEqual([
      {
        names: [`docker.io/library/server@sha256:${'0'.repeat(64)}`, 'docker.io/library/server:1'],
        sizeBytes: 40_000_000,
      },
    ]);
  });

  it('[KUB-4] says nothing without power', () => {
    const cluster = new TestCluster();
    cluster.create('web', {});
    cluster.run(10);
    cluster.kubelets[0]!.powerOff();
    const lease = leaseTime(cluster);
    const { containerStatuses } = cluster.pod('web')!.status;
    cluster.run(60);
    expect(leaseTime(cluster)).toBe(lease);
    expect(cluster.pod('web')!.status.containerStatuses).toBe(containerStatuses);
  });

  it('[KUB-5] starts its pods anew when the power comes back', () => {
    const cluster = new TestCluster();
    cluster.create('web', {});
    cluster.run(10);
    const bootID = nodeOf(cluster).status.nodeInfo!.bootID;
    cluster.kubelets[0]!.powerOff();
    cluster.run(30);
    cluster.kubelets[0]!.powerOn();
    cluster.run(10);
    expect(nodeOf(cluster).status.nodeInfo!.bootID).not.toBe(bootID);
    expect(cluster.events('node-1').at(-1)).toMatch(/^NodeReady/);
    const [status] = cluster.pod('web')!.status.containerStatuses!;
    expect(status).toMatchObject({
      ready: true,
      restartCount: 1,
      lastState: { terminated: { exitCode: 255, reason: 'Unknown' } },
    });
    expect(cluster.events('web')).toContain('SandboxChanged: Pod sandbox changed, it will be killed and re-created.');
  });

  it('[KUB-6] goes on while it is cut off', () => {
    const cluster = new TestCluster();
    cluster.create('web', {});
    cluster.create('gone', {});
    cluster.create('left', {});
    cluster.run(10);
    const { network } = cluster.cluster;
    network.setNodeLink('node-1', false);
    const lease = leaseTime(cluster);
    const uid = cluster.pod('web')!.metadata.uid;
    const api = cluster.client.resource(pods);
    api.delete('default', 'gone', { gracePeriodSeconds: 0 });
    api.delete('default', 'left');
    cluster.kubelets[0]!.workerOf(uid)!.state.runtime.latest('main')!.signal('SIGKILL');
    cluster.run(25);
    expect(leaseTime(cluster)).toBe(lease);
    expect(cluster.pod('left')).toBeDefined();
    expect(cluster.pod('web')!.status.containerStatuses![0]!.restartCount).toBe(0);
    network.setNodeLink('node-1', true);
    cluster.run(25);
    expect(leaseTime(cluster)).not.toBe(lease);
    expect(cluster.pod('left')).toBeUndefined();
    expect(cluster.pod('web')!.status.containerStatuses![0]!).toMatchObject({ restartCount: 1, ready: true });
    cluster.run(10);
    expect(network.isNodeLinkUp('node-1')).toBe(true);
  });
});
