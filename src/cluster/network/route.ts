/** What happens to the first packet of a connection on its way. */
import type { Service } from '../../api/generated/types.ts';
import type { NetworkNamespace } from './network-namespace.ts';
import { contains, parseIp, type Cidr } from './ip-address.ts';
import type { ServiceProxy } from './service-proxy.ts';
import type { ServiceRule, ServiceTable } from './service-table.ts';

export type Route =
  /** It arrives at a namespace. */
  | {
      readonly outcome: 'arrives';
      readonly to: NetworkNamespace;
      readonly address: string;
      readonly port: number;
      readonly service?: Service;
      /** Whom the callee sees: the caller, or the node that translated the address. */
      readonly seenAs: string;
    }
  /** Somebody on the way answers with a reset. */
  | { readonly outcome: 'refused'; readonly detail: string; readonly service?: Service }
  /** Nobody answers the search for the address (ARP): the sender's own kernel gives up after about three seconds. */
  | { readonly outcome: 'unreachable'; readonly detail: string; readonly service?: Service }
  /** It vanishes. */
  | { readonly outcome: 'dropped'; readonly detail: string; readonly service?: Service };

export interface Topology {
  /** Who has an address now. */
  owner(address: string): NetworkNamespace | undefined;
  isNodeUp(nodeName: string): boolean;
  /** The addresses of pods and of nodes: what the nodes' routing tables know. */
  isClusterAddress(address: number): boolean;
  readonly serviceCidr: Cidr;
  readonly services: ServiceTable;
  readonly proxy: ServiceProxy;
}

export function routeOf(from: NetworkNamespace, address: string, port: number, topology: Topology): Route {
  if (address.startsWith('127.')) {
    return { outcome: 'arrives', to: from, address, port, seenAs: '127.0.0.1' };
  }
  if (from.nodeName && !topology.isNodeUp(from.nodeName) && address !== from.address) {
    return { outcome: 'unreachable', detail: `node ${from.nodeName} is cut off` };
  }
  const service = from.type === 'outside' ? undefined : topology.services.byAddress(address);
  if (service) return toService(service, from, port, topology);

  const owner = topology.owner(address);
  if (owner?.type === 'node') {
    const rule = topology.services.byNodePort(port);
    if (rule) return toNodePort(rule, from, owner, topology);
  }
  if (from.type === 'outside' && owner?.type !== 'node') {
    return { outcome: 'dropped', detail: `${address} is no address that is routed outside the cluster` };
  }
  return toAddress(from, address, port, from.address, topology);
}

function toService(service: Service, from: NetworkNamespace, port: number, topology: Topology): Route {
  const rule = topology.services.ruleFor(service, port);
  const key = `${service.metadata.namespace}/${service.metadata.name}`;
  if (!rule) return { outcome: 'dropped', detail: `service ${key} has no port ${port}`, service };
  const choice = topology.proxy.choose(rule, 'cluster-ip', from.address, from.nodeName);
  if ('refused' in choice) return { outcome: 'refused', detail: choice.refused, service };
  if ('dropped' in choice) return { outcome: 'dropped', detail: choice.dropped, service };
  const { endpoint } = choice;
  return { ...toAddress(from, endpoint.address, endpoint.port, from.address, topology), service };
}

function toNodePort(rule: ServiceRule, from: NetworkNamespace, node: NetworkNamespace, topology: Topology): Route {
  const { service } = rule;
  if (!topology.isNodeUp(node.nodeName)) {
    return { outcome: 'unreachable', detail: `node ${node.nodeName} is down`, service };
  }
  const choice = topology.proxy.choose(rule, 'external', from.address, node.nodeName);
  if ('refused' in choice) return { outcome: 'refused', detail: choice.refused, service };
  if ('dropped' in choice) return { outcome: 'dropped', detail: choice.dropped, service };
  const { endpoint } = choice;
  // The node puts itself in the place of the caller, so that the answer comes back through it.
  const seenAs = service.spec.externalTrafficPolicy === 'Local' ? from.address : node.address;
  return { ...toAddress(from, endpoint.address, endpoint.port, seenAs, topology), service };
}

function toAddress(from: NetworkNamespace, address: string, port: number, seenAs: string, topology: Topology): Route {
  const to = topology.owner(address);
  if (to) {
    const isSameNode = to.nodeName === from.nodeName;
    if (!isSameNode && !topology.isNodeUp(to.nodeName)) {
      return { outcome: 'unreachable', detail: `node ${to.nodeName} is down` };
    }
    return { outcome: 'arrives', to, address, port, seenAs };
  }
  const value = parseIp(address);
  if (value !== undefined && contains(topology.serviceCidr, value)) {
    return { outcome: 'dropped', detail: `no service has the address ${address}` };
  }
  if (value !== undefined && topology.isClusterAddress(value)) {
    return { outcome: 'unreachable', detail: `nobody has the address ${address}` };
  }
  return { outcome: 'dropped', detail: `${address} is outside the cluster` };
}
