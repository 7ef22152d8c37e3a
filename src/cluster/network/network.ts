import type { Connection, ConnectErrno, FileSystem, NetworkStack } from '../../shell/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import type { Routine } from '../../kernel/index.ts';

/**
 * The cluster's network: who has which address, and what happens to a packet. The kubelet attaches pods and nodes;
 * programs use the NetworkStack of what they run in.
 */
export interface Network {
  /**
   * Gives a pod its address on a node (the node's pod CIDR) and a network namespace that all its containers share.
   * Undefined when the node has no address left.
   */
  attachPod(pod: PodAttachment): PodNetwork | undefined;
  /** Frees the address and cuts every connection. */
  detachPod(podUid: string): void;
  /** A node's own namespace (hostNetwork pods, kubelet probes, NodePorts). */
  attachNode(nodeName: string, address: string): void;
  /** A node's cable: down means that nothing gets in or out. */
  setNodeLink(nodeName: string, isUp: boolean): void;
  isNodeLinkUp(nodeName: string): boolean;
  nodeStack(nodeName: string): NetworkStack;
  /** As one more container of a running pod would see the network; undefined while none of its containers has started. */
  podStack(podKey: ObjectKey): NetworkStack | undefined;
  /** From a node to anywhere, as the kubelet does for its probes: leaves no trace of its own. */
  dialFromNode(nodeName: string, address: string, port: number, options?: DialOptions): Dial;
  /** From the learner's workstation: NodePorts and what is routed outside. */
  dialFromOutside(host: string, port: number, options?: DialOptions): Dial;
  /** Whether something in the pod listens on a port that a connection from inside would reach. */
  isListening(podUid: string, port: number): boolean;
  /** kubectl port-forward: straight into the pod's namespace, to its loopback address. */
  dialPod(podUid: string, port: number, options?: DialOptions): Dial;
}

export type Dial = Routine<Connection | ConnectErrno>;

export interface DialOptions {
  /** How long to try; about two minutes when absent, as Linux does. */
  readonly timeoutMs?: number;
}

export interface PodAttachment {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly nodeName: string;
  readonly hostNetwork: boolean;
}

export interface PodNetwork {
  readonly podIP: string;
  readonly hostIP: string;
  /**
   * The sockets of one container. All containers of the pod share addresses and ports.
   * @param files where its /etc/hosts and /etc/resolv.conf are
   */
  openStack(files: () => Pick<FileSystem, 'read'>): ContainerStack;
}

export interface ContainerStack extends NetworkStack {
  /** Every process of the container is gone: closes what it listened on, cuts its connections. */
  close(): void;
}
