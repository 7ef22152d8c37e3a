import type { NetworkPolicyPeer, NetworkPolicyPort, Pod } from '../../../api/generated/types.ts';
import { matchesLabels, queryFromLabelSelector } from '../../../api/selectors/label-selector.ts';
import type { Labels } from '../../../api/selectors/label-selector.ts';
import { contains, parseCidr, parseIp } from '../ip-address.ts';

/** One end of a connection, as the rules of a policy see it. */
export interface Party {
  /** Undefined for nodes, pods in the node's network, and everything outside: they are addresses and nothing else. */
  readonly pod?: { readonly namespace: string; readonly labels: Labels };
  readonly address: string;
}

/** What a connection is for: where it goes to, and who listens there. */
export interface Target {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly pod: Pod | undefined;
}

/** No peers at all mean everybody. */
export function matchesPeers(
  peers: readonly NetworkPolicyPeer[] | undefined,
  party: Party,
  policyNamespace: string,
  labelsOfNamespace: (name: string) => Labels | undefined,
): boolean {
  if (!peers?.length) return true;
  return peers.some(({ ipBlock, podSelector, namespaceSelector }) => {
    if (ipBlock) return isInBlock(party.address, ipBlock.cidr, ipBlock.except);
    const { pod } = party;
    if (!pod) return false;
    if (podSelector && !matchesLabels(queryFromLabelSelector(podSelector), pod.labels)) return false;
    if (!namespaceSelector) return pod.namespace === policyNamespace;
    return matchesLabels(queryFromLabelSelector(namespaceSelector), labelsOfNamespace(pod.namespace));
  });
}

/** No ports at all mean every port. */
export function matchesPorts(ports: readonly NetworkPolicyPort[] | undefined, target: Target): boolean {
  if (!ports?.length) return true;
  return ports.some(({ port, endPort, protocol = 'TCP' }) => {
    if (protocol !== target.protocol) return false;
    if (port === undefined) return true;
    if (typeof port === 'string') return portNumbers(target.pod, port, protocol).includes(target.port);
    return target.port >= port && target.port <= (endPort ?? port);
  });
}

function isInBlock(address: string, cidr: string, except: readonly string[] = []): boolean {
  const value = parseIp(address);
  const isIn = (block: string): boolean => {
    const range = parseCidr(block);
    return value !== undefined && range !== undefined && contains(range, value);
  };
  return isIn(cidr) && !except.some(isIn);
}

/** What a pod's containers call by this name. */
function portNumbers(pod: Pod | undefined, name: string, protocol: string): readonly number[] {
  const containers = [...(pod?.spec.initContainers ?? []), ...(pod?.spec.containers ?? [])];
  return containers.flatMap(({ ports = [] }) =>
    ports
      .filter((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)
      .map(({ containerPort }) => containerPort),
  );
}
