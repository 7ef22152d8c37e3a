import type { Node, Pod } from '../../../api/generated/types.ts';
import type { KubeObject } from '../../../api/index.ts';
import type { Informer } from '../../informers/informer.ts';
import { ClusterState } from '../cluster-state.ts';
import { PodInfo } from '../pod-info.ts';
import { SiblingIndex } from '../sibling-index.ts';
import { StorageState } from '../storage-state.ts';

type Labels = Readonly<Record<string, string>>;

interface DescribedPod {
  readonly labels?: Labels;
  readonly spec: Partial<Pod['spec']>;
}

interface DescribedNode {
  readonly name: string;
  readonly spec?: Partial<Node['spec']>;
  readonly labels?: Labels;
  readonly allocatable?: Labels;
  readonly images?: Node['status']['images'];
  readonly placed: readonly DescribedPod[];
}

/** What the scheduler would know of these nodes and pods, for tests of single plugins. */
export function testView(nodes: readonly DescribedNode[]): {
  readonly cluster: ClusterState;
  readonly pod: (spec: Partial<Pod['spec']>, labels?: Labels) => PodInfo;
} {
  const cluster = new ClusterState(
    new SiblingIndex(noneOf(), noneOf()),
    noneOf(),
    new StorageState({ informer: noneOf }),
  );
  let count = 0;
  const pod = (spec: Partial<Pod['spec']>, labels: Labels = {}): PodInfo => {
    const name = `pod-${++count}`;
    const metadata = { name, namespace: 'default', uid: name, labels, resourceVersion: '1', creationTimestamp: '' };
    return new PodInfo({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: { containers: [{ name: 'main' }], ...spec },
      status: {},
    });
  };
  for (const { name, spec, labels, allocatable, images, placed } of nodes) {
    cluster.setNode({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        uid: name,
        resourceVersion: '1',
        creationTimestamp: '',
        labels: { 'kubernetes.io/hostname': name, ...labels },
      },
      spec: { ...spec },
      status: { allocatable: allocatable ?? { cpu: '4', memory: '8Gi', pods: '110' }, ...(images && { images }) },
    });
    for (const described of placed) cluster.place(pod(described.spec, described.labels), name);
  }
  return { cluster, pod };
}

function noneOf<T extends KubeObject>(): Informer<T> {
  return { get: () => undefined, list: () => [], byIndex: () => [], addIndex: () => {}, onChange: () => {} };
}
