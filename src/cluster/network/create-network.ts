import { invariant, type RandomStream, type VirtualClock } from '../../kernel/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import type { FileSystem, NetworkStack } from '../../shell/index.ts';
import type { Node } from '../../api/generated/types.ts';
import { nodes } from '../apiserver/registry/index.ts';
import type { Informer, InformerFactory } from '../informers/informer.ts';
import type { Trace } from '../trace.ts';
import { AddressPool } from './address-pool.ts';
import { NamespaceStack, type StackParts } from './container-stack.ts';
import { ClusterDns } from './dns.ts';
import { Fabric } from './fabric.ts';
import { contains, parseCidr, parseIp, type Cidr } from './ip-address.ts';
import type { ContainerStack, Dial, DialOptions, Network, PodAttachment, PodNetwork } from './network.ts';
import { NetworkNamespace } from './network-namespace.ts';
import type { Topology } from './route.ts';
import { ServiceProxy } from './service-proxy.ts';
import { ServiceTable } from './service-table.ts';
import { PolicyJudge } from './policy/policy-judge.ts';
import type { Judge } from './verdict.ts';

export interface NetworkOptions {
  readonly clock: VirtualClock;
  readonly random: RandomStream;
  readonly trace: Trace;
  /** The kube-proxies' view of nodes, services and endpoint slices. */
  readonly informers: InformerFactory;
  /** `10.244.0.0/16` */
  readonly podCidr?: string;
  /** `10.96.0.0/16` */
  readonly serviceCidr?: string;
  /** The network plugin's view of pods, namespaces and network policies. */
  readonly policyInformers: InformerFactory;
  /** Who decides about traffic between namespaces; the network policies when absent. */
  readonly judge?: Judge;
}

/** A kubeadm cluster's first node is .2 on kind's network; the workstation is the gateway. */
const workstationAddress = '172.18.0.1';

export function createNetwork(options: NetworkOptions): Network {
  return new ClusterNetwork(options);
}

interface AttachedNode {
  readonly namespace: NetworkNamespace;
  /** Which /24 of the pod range it gets when nobody has set `spec.podCIDR`. */
  readonly order: number;
  isUp: boolean;
  pool: AddressPool | undefined;
}

interface AttachedPod {
  readonly namespace: NetworkNamespace;
  readonly nodeName: string;
  readonly stacks: Set<ContainerStack>;
  /** Those of the container that started last: where /etc/hosts and /etc/resolv.conf are. */
  files: (() => Pick<FileSystem, 'read'>) | undefined;
}

class ClusterNetwork implements Network {
  readonly #nodes = new Map<string, AttachedNode>();
  readonly #pods = new Map<string, AttachedPod>();
  readonly #owners = new Map<string, NetworkNamespace>();
  readonly #outside = new NetworkNamespace({
    name: 'workstation',
    type: 'outside',
    address: workstationAddress,
    nodeName: '',
  });
  readonly #podRange: Cidr;
  readonly #nodeObjects: Informer<Node>;
  readonly #fabric: Fabric;
  readonly #parts: StackParts;

  constructor(options: NetworkOptions) {
    const podRange = parseCidr(options.podCidr ?? '10.244.0.0/16');
    const serviceCidr = parseCidr(options.serviceCidr ?? '10.96.0.0/16');
    invariant(podRange && serviceCidr, 'the pod and service ranges are CIDRs');
    this.#podRange = podRange;
    this.#nodeObjects = options.informers.informer(nodes);
    const { clock, trace } = options;
    const services = new ServiceTable(options.informers);
    const topology: Topology = {
      owner: (address) => this.#owners.get(address),
      isNodeUp: (nodeName) => this.#nodes.get(nodeName)?.isUp ?? false,
      isClusterAddress: (address) => contains(podRange, address),
      serviceCidr,
      services,
      proxy: new ServiceProxy(services, options.random.fork('proxy'), () => clock.nowMs),
    };
    const policies = new PolicyJudge(options.policyInformers);
    const judge = options.judge ?? ((packet) => policies.judge(packet));
    this.#fabric = new Fabric({ clock, trace, topology, judge, random: options.random.fork('fabric') });
    this.#parts = {
      clock,
      trace,
      random: options.random.fork('resolver'),
      fabric: this.#fabric,
      dns: new ClusterDns(services, options.random.fork('dns')),
      isDnsReachable: (from) => from.nodeName === '' || (topology.isNodeUp(from.nodeName) && policies.allowsDns(from)),
    };
  }

  attachNode(nodeName: string, address: string): void {
    if (this.#nodes.has(nodeName)) return;
    const namespace = new NetworkNamespace({ name: nodeName, type: 'node', address, nodeName });
    this.#nodes.set(nodeName, { namespace, order: this.#nodes.size, isUp: true, pool: undefined });
    this.#owners.set(address, namespace);
  }

  attachPod(pod: PodAttachment): PodNetwork | undefined {
    const node = this.#node(pod.nodeName);
    const namespace = pod.hostNetwork ? node.namespace : this.#podNamespace(pod, node);
    if (!namespace) return undefined;
    const attached: AttachedPod = { namespace, nodeName: pod.nodeName, stacks: new Set(), files: undefined };
    this.#pods.set(pod.uid, attached);
    return {
      podIP: namespace.address,
      hostIP: node.namespace.address,
      openStack: (files) => {
        const stack = new NamespaceStack(namespace, this.#parts, files);
        attached.stacks.add(stack);
        attached.files = files;
        return stack;
      },
    };
  }

  detachPod(podUid: string): void {
    const pod = this.#pods.get(podUid);
    if (!pod) return;
    this.#pods.delete(podUid);
    for (const stack of pod.stacks) stack.close();
    const { namespace } = pod;
    if (namespace.type !== 'pod') return;
    for (const connection of namespace.connections) {
      connection.client.close();
      connection.server.close();
    }
    this.#owners.delete(namespace.address);
    this.#node(pod.nodeName).pool?.free(parseIp(namespace.address)!);
  }

  setNodeLink(nodeName: string, isUp: boolean): void {
    const node = this.#node(nodeName);
    node.isUp = isUp;
    if (!isUp) return;
    const local = [...this.#pods.values()].filter((pod) => pod.nodeName === nodeName).map((pod) => pod.namespace);
    for (const namespace of new Set([node.namespace, ...local])) {
      for (const connection of namespace.connections) connection.flush();
    }
  }

  isNodeLinkUp(nodeName: string): boolean {
    return this.#node(nodeName).isUp;
  }

  nodeStack(nodeName: string): NetworkStack {
    return new NamespaceStack(this.#node(nodeName).namespace, this.#parts, () => noFiles);
  }

  podStack(podKey: ObjectKey): NetworkStack | undefined {
    for (const { namespace, files } of this.#pods.values()) {
      if (namespace.type === 'pod' && namespace.name === podKey && files) {
        return new NamespaceStack(namespace, this.#parts, files);
      }
    }
    return undefined;
  }

  dialFromNode(nodeName: string, address: string, port: number, options: DialOptions = {}): Dial {
    return this.#fabric.connect(this.#node(nodeName).namespace, address, port, { ...options, isTraced: false });
  }

  dialFromOutside(host: string, port: number, options: DialOptions = {}): Dial {
    const address = this.#nodes.get(host)?.namespace.address ?? host;
    return this.#fabric.connect(this.#outside, address, port, options);
  }

  isListening(podUid: string, port: number): boolean {
    return this.#pods.get(podUid)?.namespace.listenerAt('127.0.0.1', port) !== undefined;
  }

  *dialPod(podUid: string, port: number, options: DialOptions = {}): Dial {
    const pod = this.#pods.get(podUid);
    if (!pod) return 'EHOSTUNREACH';
    return yield* this.#fabric.connect(pod.namespace, '127.0.0.1', port, options);
  }

  #node(nodeName: string): AttachedNode {
    const node = this.#nodes.get(nodeName);
    invariant(node, `node ${nodeName} is attached to the network`);
    return node;
  }

  #podNamespace(pod: PodAttachment, node: AttachedNode): NetworkNamespace | undefined {
    node.pool ??= new AddressPool(this.#rangeOf(pod.nodeName, node));
    const address = node.pool.take();
    if (address === undefined) return undefined;
    const name = `${pod.namespace}/${pod.name}`;
    const namespace = new NetworkNamespace({ name, type: 'pod', address, nodeName: pod.nodeName });
    this.#owners.set(address, namespace);
    return namespace;
  }

  /** The node's own pod range; without one, the /24 in the order in which nodes came. */
  #rangeOf(nodeName: string, node: AttachedNode): Cidr {
    const assigned = parseCidr(this.#nodeObjects.get(nodeName)?.spec?.podCIDR ?? '');
    return assigned ?? { first: this.#podRange.first + node.order * 256, size: 256 };
  }
}

const noFiles = { read: () => new Uint8Array(0) };
