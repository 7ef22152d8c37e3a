import type { KubeObject } from '../../api/index.ts';

/** Objects of a small cluster, for developing the page without a simulator. Test code only. */
const epoch = Date.UTC(2026, 0, 5, 8, 0, 0);
let revision = 100;
let uids = 0;

export const now = (offsetMs = 0) => new Date(epoch + offsetMs).toISOString().replace('.000', '');
export const nextRevision = () => String(++revision);
export const epochMs = epoch;

type Loose = KubeObject & Record<string, unknown>;

function object(apiVersion: string, kind: string, name: string, rest: object, metadata: object = {}): Loose {
  const isNamespaced = !['Node', 'Namespace'].includes(kind);
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(isNamespaced && { namespace: 'default' }),
      uid: `uid-${++uids}`,
      resourceVersion: nextRevision(),
      creationTimestamp: now(),
      ...metadata,
    },
    ...rest,
  };
}

export const node = (name: string, isReady = true, unschedulable = false): Loose =>
  object('v1', 'Node', name, {
    spec: { podCIDR: '10.244.1.0/24', ...(unschedulable && { unschedulable }) },
    status: {
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
      capacity: { cpu: '4', memory: '8Gi', pods: '110' },
      addresses: [{ type: 'InternalIP', address: '172.18.0.2' }],
      nodeInfo: { kubeletVersion: 'v1.35.0', osImage: 'Linux', containerRuntimeVersion: 'containerd://2.1' },
      conditions: [
        { type: 'MemoryPressure', status: 'False', reason: 'KubeletHasSufficientMemory', message: 'enough memory' },
        {
          type: 'Ready',
          status: isReady ? 'True' : 'Unknown',
          reason: isReady ? 'KubeletReady' : 'NodeStatusUnknown',
          message: isReady ? 'kubelet is posting ready status' : 'Kubelet stopped posting node status.',
        },
      ],
    },
  });

export const deployment = (name: string, replicas: number): Loose =>
  object('apps/v1', 'Deployment', name, {
    spec: { replicas, selector: { matchLabels: { app: name } }, template: { metadata: {}, spec: { containers: [] } } },
    status: { replicas, readyReplicas: replicas, conditions: [] },
  });

export const replicaSet = (owner: string, hash: string, replicas: number, at = 1): Loose =>
  object(
    'apps/v1',
    'ReplicaSet',
    `${owner}-${hash}`,
    { spec: { replicas, selector: {} }, status: { replicas } },
    {
      annotations: { 'deployment.kubernetes.io/revision': String(at) },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: owner, uid: owner, controller: true }],
    },
  );

export type FakePodState =
  'pending' | 'creating' | 'starting' | 'ready' | 'crashing' | 'blocked' | 'failed' | 'succeeded';

const waiting = (reason: string, message = '') => ({
  state: { waiting: { reason, message } },
  ready: false,
  restartCount: 0,
});

const containerState: Record<FakePodState, object | undefined> = {
  pending: undefined,
  creating: waiting('ContainerCreating'),
  starting: { state: { running: { startedAt: now() } }, ready: false, restartCount: 0 },
  ready: { state: { running: { startedAt: now() } }, ready: true, restartCount: 0 },
  crashing: { ...waiting('CrashLoopBackOff', 'back-off 40s restarting failed container'), restartCount: 4 },
  blocked: waiting('ImagePullBackOff', 'Back-off pulling image "nginx:nope"'),
  failed: { state: { terminated: { exitCode: 137, reason: 'OOMKilled' } }, ready: false, restartCount: 0 },
  succeeded: { state: { terminated: { exitCode: 0, reason: 'Completed' } }, ready: false, restartCount: 0 },
};

export function podStatus(state: FakePodState, container = 'app', image = 'nginx:1.29') {
  const phase = {
    pending: 'Pending',
    creating: 'Pending',
    blocked: 'Pending',
    failed: 'Failed',
    succeeded: 'Succeeded',
  };
  const status = containerState[state];
  return {
    phase: (phase as Record<string, string>)[state] ?? 'Running',
    podIP: state === 'pending' ? undefined : '10.244.1.7',
    conditions: [
      state === 'pending'
        ? {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message:
              '0/3 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.',
          }
        : { type: 'PodScheduled', status: 'True' },
      { type: 'Ready', status: state === 'ready' ? 'True' : 'False' },
    ],
    ...(status && { containerStatuses: [{ name: container, image, imageID: '', ...status }] }),
  };
}

export const pod = (name: string, nodeName: string | undefined, state: FakePodState, owner?: string): Loose =>
  object(
    'v1',
    'Pod',
    name,
    {
      spec: {
        ...(nodeName && { nodeName }),
        containers: [
          {
            name: 'app',
            image: 'nginx:1.29',
            ports: [{ containerPort: 80 }],
            resources: { requests: { cpu: '100m' } },
          },
        ],
      },
      status: podStatus(state),
    },
    owner
      ? {
          labels: { app: owner.replace(/-[^-]+$/, ''), 'pod-template-hash': owner.replace(/^.*-/, '') },
          ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: owner, controller: true }],
        }
      : {},
  );

export const service = (name: string, type: string, selector: Record<string, string>): Loose =>
  object('v1', 'Service', name, {
    spec: {
      type,
      selector,
      clusterIP: '10.96.41.7',
      ports: [{ port: 80, targetPort: 80, protocol: 'TCP', ...(type === 'NodePort' && { nodePort: 30080 }) }],
    },
    status: {},
  });

export const endpointSlice = (name: string, pods: readonly Loose[]): Loose =>
  object(
    'discovery.k8s.io/v1',
    'EndpointSlice',
    `${name}-abcde`,
    {
      addressType: 'IPv4',
      ports: [{ port: 80 }],
      endpoints: pods.map((p) => ({
        addresses: ['10.244.1.7'],
        conditions: { ready: (p['status'] as { conditions: { status: string }[] }).conditions[1]!.status === 'True' },
        targetRef: { kind: 'Pod', namespace: 'default', name: p.metadata.name },
      })),
    },
    { labels: { 'kubernetes.io/service-name': name } },
  );

export const event = (kind: string, name: string, type: string, reason: string, message: string): Loose =>
  object('v1', 'Event', `${name}.${++uids}`, {
    involvedObject: { kind, namespace: 'default', name },
    type,
    reason,
    message,
    count: 1,
    firstTimestamp: now(),
    lastTimestamp: now(),
    source: { component: 'kubelet' },
  });
