/**
 * What a kubelet says of its node.
 * Upstream: pkg/kubelet/kubelet_node_status.go, pkg/kubelet/nodestatus/setters.go
 */
import type { RandomStream } from '../../../kernel/index.ts';
import { kubernetesVersion, type Draft } from '../../../api/index.ts';
import { parseQuantity, quantityValue } from '../../../api/quantity.ts';
import { rfc3339 } from '../../../api/time.ts';
import type { Node, NodeCondition, NodeStatus } from '../../../api/generated/types.ts';
import type { StoredImage } from '../images/image-store.ts';
import type { NodeDescription } from '../node-description.ts';
import { kernelVersion } from '../runtime/device-files.ts';

/** nodeStatusMaxImages */
const listedImages = 50;

export function capacityOf({ cpu, memory, pods }: NodeDescription): Readonly<Record<string, string>> {
  const memoryKi = Math.floor(quantityValue(parseQuantity(memory)) / 1024);
  return {
    cpu,
    'ephemeral-storage': '61202244Ki',
    'hugepages-2Mi': '0',
    memory: `${memoryKi}Ki`,
    pods: String(pods),
  };
}

export function nodeDraft(node: NodeDescription): Draft<Node> {
  const roles = Object.fromEntries(
    (node.roles ?? []).filter((role) => role !== 'worker').map((role) => [`node-role.kubernetes.io/${role}`, '']),
  );
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': node.name,
        'kubernetes.io/os': 'linux',
        ...roles,
        ...node.labels,
      },
      annotations: { 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
    },
    spec: node.taints && node.taints.length > 0 ? { taints: node.taints } : {},
  };
}

/** What stays the same as long as the machine runs. */
export interface MachineIdentity {
  readonly machineID: string;
  readonly systemUUID: string;
  readonly bootID: string;
}

export function drawIdentity(random: RandomStream): MachineIdentity {
  const hex = '0123456789abcdef';
  return { machineID: random.text(32, hex), systemUUID: random.uuid(), bootID: random.uuid() };
}

export interface NodeStatusInput {
  readonly node: NodeDescription;
  readonly identity: MachineIdentity;
  readonly images: readonly StoredImage[];
  readonly previous: NodeStatus;
  readonly nowMs: number;
  /** Why the node is not ready yet. */
  readonly problem: string | undefined;
}

export function nodeStatusOf(input: NodeStatusInput): NodeStatus {
  const { node, identity, images, previous } = input;
  const capacity = capacityOf(node);
  const { gitVersion } = kubernetesVersion;
  return {
    ...previous,
    addresses: [
      { address: node.address, type: 'InternalIP' },
      { address: node.name, type: 'Hostname' },
    ],
    allocatable: capacity,
    capacity,
    conditions: conditionsOf(input),
    features: { supplementalGroupsPolicy: true },
    daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
    images: images.slice(0, listedImages).map(({ names, sizeBytes }) => ({ names, sizeBytes })),
    nodeInfo: {
      architecture: 'amd64',
      bootID: identity.bootID,
      containerRuntimeVersion: 'containerd://2.2.1',
      kernelVersion,
      kubeProxyVersion: '',
      kubeletVersion: gitVersion,
      machineID: identity.machineID,
      operatingSystem: 'linux',
      osImage: 'Debian GNU/Linux 13 (trixie)',
      systemUUID: identity.systemUUID,
    },
    runtimeHandlers: [
      { features: { recursiveReadOnlyMounts: true, userNamespaces: true }, name: '' },
      { features: { recursiveReadOnlyMounts: true, userNamespaces: true }, name: 'runc' },
    ],
  };
}

function conditionsOf({ previous, nowMs, problem }: NodeStatusInput): readonly NodeCondition[] {
  const pressures = [
    ['MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
    ['DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
    ['PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ] as const;
  const ready = problem
    ? { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: problem }
    : { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' };
  const drafts = [...pressures.map(([type, reason, message]) => ({ type, status: 'False', reason, message })), ready];
  const now = rfc3339(nowMs);
  const own = drafts.map((draft): NodeCondition => {
    const known = previous.conditions?.find(({ type }) => type === draft.type);
    const isSame = known?.status === draft.status && known.lastTransitionTime;
    return { lastHeartbeatTime: now, lastTransitionTime: isSame ? known.lastTransitionTime! : now, ...draft };
  });
  const foreign = (previous.conditions ?? []).filter(({ type }) => !own.some((each) => each.type === type));
  return [...foreign, ...own];
}
