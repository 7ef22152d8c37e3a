import { describe, expect, it } from 'vitest';
import type { ControllerRevision, DaemonSet } from '../../api/generated/types.ts';
import { controllerRevisions, daemonSets } from '../apiserver/registry/index.ts';
import { TestCluster } from './testing/test-cluster.ts';

const labels = { app: 'agent' };

function createDaemonSet(cluster: TestCluster, spec: Partial<DaemonSet['spec']['template']['spec']> = {}): void {
  cluster.client<DaemonSet>(daemonSets).create({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace: 'default' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'agent:1' }], ...spec } },
    },
  });
}

const stored = (cluster: TestCluster): DaemonSet => cluster.client<DaemonSet>(daemonSets).get('default', 'agent')!;
const placesOf = (cluster: TestCluster): readonly string[] =>
  cluster
    .podsOf('agent')
    .map(({ spec }) => spec.nodeName ?? '')
    .toSorted();

describe('the DaemonSet controller', () => {
  it('runs one pod on each node, on new ones too', () => {
    const cluster = new TestCluster();
    createDaemonSet(cluster);
    cluster.runSeconds(3);
    expect(placesOf(cluster)).toEqual(['node-1', 'node-2', 'node-3']);
    expect(stored(cluster).status).toMatchObject({
      desiredNumberScheduled: 3,
      currentNumberScheduled: 3,
      numberReady: 3,
      numberAvailable: 3,
      updatedNumberScheduled: 3,
      numberMisscheduled: 0,
    });
    cluster.addNode('node-4');
    cluster.runSeconds(3);
    expect(placesOf(cluster)).toEqual(['node-1', 'node-2', 'node-3', 'node-4']);
  });

  it('goes by labels and taints, but not by cordons', () => {
    const cluster = new TestCluster();
    cluster.addNode('node-4', {}, { metadata: { labels: { disk: 'ssd' } } as never });
    cluster.addNode(
      'node-5',
      {},
      {
        metadata: { labels: { disk: 'ssd' } } as never,
        spec: { taints: [{ key: 'dedicated', effect: 'NoSchedule' }] },
      },
    );
    cluster.nodes.modify('', 'node-4', (node) => ({ ...node, spec: { ...node.spec, unschedulable: true } }));
    createDaemonSet(cluster, { nodeSelector: { disk: 'ssd' } });
    cluster.runSeconds(3);
    expect(placesOf(cluster)).toEqual(['node-4']);
  });

  it('replaces its pods one after the other when the template changes, and remembers the old one', () => {
    const cluster = new TestCluster();
    createDaemonSet(cluster);
    cluster.runSeconds(3);
    cluster.client<DaemonSet>(daemonSets).modify('default', 'agent', (old) => ({
      ...old,
      spec: {
        ...old.spec,
        template: { ...old.spec.template, spec: { containers: [{ name: 'main', image: 'agent:2' }] } },
      },
    }));
    let fewest = 3;
    for (let step = 0; step < 300; step++) {
      cluster.runFor(10);
      fewest = Math.min(fewest, cluster.podsOf('agent').filter(({ metadata }) => !metadata.deletionTimestamp).length);
    }
    expect(fewest).toBe(2);
    expect(cluster.podsOf('agent').map(({ spec }) => spec.containers[0]!.image)).toEqual(Array(3).fill('agent:2'));
    const revisions = cluster.client<ControllerRevision>(controllerRevisions).list('default');
    expect(revisions.map(({ revision }) => revision).toSorted()).toEqual([1, 2]);
    expect(stored(cluster).status.updatedNumberScheduled).toBe(3);
  });

  it('replaces a pod that has failed', () => {
    const cluster = new TestCluster();
    createDaemonSet(cluster);
    cluster.runSeconds(3);
    const [pod] = cluster.podsOf('agent');
    cluster.pods.modifyStatus('default', pod!.metadata.name, (old) => ({
      ...old,
      status: { ...old.status, phase: 'Failed' },
    }));
    cluster.runSeconds(3);
    expect(placesOf(cluster)).toEqual(['node-1', 'node-2', 'node-3']);
    expect(cluster.eventsAbout('DaemonSet', 'agent')).toContain(
      `Warning FailedDaemonPod Found failed daemon pod default/${pod!.metadata.name} on node ${pod!.spec.nodeName}, will try to kill it`,
    );
  });
});
