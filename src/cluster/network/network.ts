import type { Connection, ConnectErrno, NetworkStack } from '../../shell/index.ts';
import type { Routine } from '../../kernel/index.ts';

/**
 * The cluster's network: who has which address, and what happens to a packet. The kubelet attaches pods and nodes;
 * programs use the NetworkStack of what they run in.
 */
export interface Network {
  /** Gives a pod its address on a node (the node's pod CIDR) and a network namespace that all its containers share. */
  attachPod(pod: PodAttachment): PodNetwork;
  /** Frees the address and cuts every connection. */
  detachPod(podUid: string): void;
  /** A node's own namespace (hostNetwork pods, kubelet probes, NodePorts). */
  attachNode(nodeName: string, address: string): void;
  /** A node's cable: down means that nothing gets in or out. */
  setNodeLink(nodeName: string, isUp: boolean): void;
  nodeStack(nodeName: string): NetworkStack;
  /** From the learner's workstation: NodePorts and what is routed outside. */
  dialFromOutside(host: string, port: number): Routine<Connection | ConnectErrno>;
  /** kubectl port-forward and TCP probes: straight into the pod's namespace. */
  dialPod(podUid: string, port: number, options?: { readonly timeoutMs?: number }): Routine<Connection | ConnectErrno>;
}

export interface PodAttachment {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly nodeName: string;
  readonly hostNetwork: boolean;
  /** dnsPolicy, dnsConfig and hostAliases, as far as the pod's resolv.conf and hosts follow from them. */
  readonly searchDomains: readonly string[];
}

export interface PodNetwork {
  readonly podIP: string;
  readonly hostIP: string;
  readonly stack: NetworkStack;
}
