import { keyOf, splitKey, type KubeObject } from '../../api/index.ts';
import type { Node, Pod, Service, ServicePort } from '../../api/generated/types.ts';
import type { ClusterStores } from '../stores/cluster-stores.ts';
import type { ServiceView } from '../topology/scene.ts';
import type { Order } from './journey-store.ts';

/** Somebody who can send a request to a service, and how they call it. */
export interface Sender {
  /** `outside`, `nodes/NAME` or `pods/NAMESPACE/NAME`. */
  readonly from: string;
  readonly title: string;
  readonly host: string;
  readonly port: number;
}

/** More pods than this nobody wants to choose from. */
const mostPods = 40;

/** The TCP ports of a service: HTTP goes over nothing else. */
export const httpPorts = ({ spec }: Service): readonly ServicePort[] =>
  (spec.ports ?? []).filter(({ protocol = 'TCP' }) => protocol === 'TCP');

/**
 * Who can send a request to a port of a service, the most telling first: the outside world where the service is open to
 * it, then pods that are not behind it, then a node.
 */
export function sendersTo(
  service: Service,
  port: ServicePort,
  view: ServiceView | undefined,
  { pods, nodes }: Pick<ClusterStores, 'pods' | 'nodes'>,
): readonly Sender[] {
  const { type, clusterIP } = service.spec;
  const { name, namespace = '' } = service.metadata;
  if (type === 'ExternalName') return [];
  const readyNodes = [...nodes.getState().objects.values()].filter(isReady);
  // The control plane's comes first by name, and has fewest pods: another says more.
  const node = readyNodes.find(({ metadata }) => !isControlPlane(metadata)) ?? readyNodes[0];
  const senders: Sender[] = [];
  const address = node?.status.addresses?.find((each) => each.type === 'InternalIP')?.address;
  if (port.nodePort && address) {
    senders.push({ from: 'outside', title: 'the outside world', host: address, port: port.nodePort });
  }

  const behind = new Set([...(view?.endpoints ?? []), ...(view?.notReady ?? [])]);
  const isHeadless = clusterIP === 'None';
  const podPort = isHeadless && typeof port.targetPort === 'number' ? port.targetPort : port.port;
  const rank = (pod: Pod) => (behind.has(keyOf(pod)) ? 2 : 0) + (pod.metadata.namespace === namespace ? 0 : 1);
  const running = [...pods.getState().objects.values()].filter(
    (pod) => isReady(pod) && !pod.spec.hostNetwork && !pod.metadata.deletionTimestamp,
  );
  running.sort((a, b) => rank(a) - rank(b));
  for (const pod of running.slice(0, mostPods)) {
    const isNear = pod.metadata.namespace === namespace;
    const key = keyOf(pod);
    senders.push({
      from: `pods/${key}`,
      title: `pod ${isNear ? splitKey(key).name : key}`,
      host: isNear ? name : `${name}.${namespace}`,
      port: podPort,
    });
  }
  // A node does not ask the cluster's DNS: it needs an address.
  if (node && clusterIP && !isHeadless) {
    const { name: nodeName } = node.metadata;
    senders.push({ from: `nodes/${nodeName}`, title: `node ${nodeName}`, host: clusterIP, port: port.port });
  }
  return senders;
}

/** The request that one gets without choosing anything. */
export function firstOrder(
  service: Service,
  view: ServiceView | undefined,
  stores: Pick<ClusterStores, 'pods' | 'nodes'>,
): Order | undefined {
  const [port] = httpPorts(service);
  const sender = port && sendersTo(service, port, view, stores)[0];
  return sender && orderOf(service, sender, '/');
}

export const orderOf = (service: Service, { from, host, port }: Sender, path: string): Order => ({
  target: { resource: 'services', key: keyOf(service) },
  from,
  host,
  port,
  path,
});

const isReady = ({ status }: Pod | Node): boolean =>
  (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');

const isControlPlane = ({ labels }: KubeObject['metadata']): boolean =>
  labels?.['node-role.kubernetes.io/control-plane'] !== undefined;
