import type {
  EndpointAddress,
  EndpointPort,
  Endpoints,
  EndpointSubset,
  Pod,
  Service,
} from '../../api/generated/types.ts';
import { ApiError, keyOf, splitKey } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { endpoints, pods, services } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { hasSelector, hostnameIn, isHeadless, mayReceiveTraffic, resolvedPorts } from './endpoints/pod-endpoint.ts';
import { ServiceFollower } from './endpoints/service-follower.ts';
import { isNamespaceTerminating } from './pod-control.ts';
import { isPodReady } from './pod-state.ts';

const managedByLabel = 'endpoints.kubernetes.io/managed-by';
const headlessLabel = 'service.kubernetes.io/headless';
const overCapacityAnnotation = 'endpoints.kubernetes.io/over-capacity';
/** More addresses than this one object does not hold. */
const maxAddresses = 1000;

/** A pod's line in the Endpoints of a service. */
interface Entry {
  readonly address: EndpointAddress;
  readonly ports: readonly EndpointPort[];
  readonly isReady: boolean;
}

/**
 * The older list of the pods behind each service, one object for all of them.
 * Upstream: pkg/controller/endpoint
 * Differs: notes no trigger times in annotations.
 */
export function startEndpointsController(context: ComponentContext): void {
  new EndpointsController(context);
}

class EndpointsController {
  readonly #client: ResourceClient<Endpoints>;
  readonly #services: Informer<Service>;
  readonly #pods: Informer<Pod>;
  readonly #context: ComponentContext;
  readonly #queue: WorkQueue;
  readonly #follower: ServiceFollower;
  readonly #entries = new Map<ObjectKey, Map<ObjectKey, Entry>>();

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#client = context.client.resource(endpoints);
    this.#services = context.informers.informer(services);
    this.#pods = context.informers.informer(pods);
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key) });
    this.#follower = new ServiceFollower(context, (key) => this.#queue.add(key));
  }

  #reconcile(key: ObjectKey): void {
    const news = this.#follower.take(key);
    const service = this.#services.get(key);
    if (!service) {
      this.#entries.delete(key);
      this.#deleteLeftover(key);
      return;
    }
    if (!hasSelector(service)) return;
    let entries = this.#entries.get(key);
    if (!entries || news.isAll) this.#entries.set(key, (entries = new Map()));
    const changed = news.isAll ? this.#follower.selected(service).map(keyOf) : news.keys;
    for (const podKey of changed) {
      const entry = this.#entry(service, this.#pods.get(podKey));
      if (entry) entries.set(podKey, entry);
      else entries.delete(podKey);
    }
    this.#write(service, entries);
  }

  #entry(service: Service, pod: Pod | undefined): Entry | undefined {
    const toleratesUnready = service.spec.publishNotReadyAddresses === true;
    if (!pod || !mayReceiveTraffic(pod, toleratesUnready) || !matches(service, pod)) return undefined;
    const ports = resolvedPorts(service, pod).map(({ name, ...port }) => ({ ...(name && { name }), ...port }));
    if (ports.length === 0 && !(isHeadless(service) && !service.spec.ports?.length)) return undefined;
    const { namespace, name, uid } = pod.metadata;
    const hostname = hostnameIn(service, pod);
    return {
      address: {
        ...(hostname && { hostname }),
        ip: pod.status.podIP!,
        nodeName: pod.spec.nodeName,
        targetRef: { kind: 'Pod', namespace, name, uid },
      },
      ports,
      isReady: toleratesUnready || isPodReady(pod),
    };
  }

  #write(service: Service, entries: ReadonlyMap<ObjectKey, Entry>): void {
    const { name, namespace = '' } = service.metadata;
    const subsets = subsetsOf(entries);
    const labels: Readonly<Record<string, string>> = {
      ...service.metadata.labels,
      [managedByLabel]: 'endpoint-controller',
      ...(isHeadless(service) && { [headlessLabel]: '' }),
    };
    const overCapacity: Readonly<Record<string, string>> =
      entries.size > maxAddresses ? { [overCapacityAnnotation]: 'truncated' } : {};
    const stored = this.#client.get(namespace, name);
    try {
      if (!stored) {
        const metadata = { name, namespace, labels, ...(entries.size > maxAddresses && { annotations: overCapacity }) };
        this.#client.create({ apiVersion: 'v1', kind: 'Endpoints', metadata, ...(subsets.length > 0 && { subsets }) });
        return;
      }
      const { [overCapacityAnnotation]: _, ...others } = stored.metadata.annotations ?? {};
      const annotations = { ...others, ...overCapacity };
      const isSame =
        jsonEqual(stored.subsets ?? [], subsets) &&
        jsonEqual(stored.metadata.labels, labels) &&
        jsonEqual(stored.metadata.annotations ?? {}, annotations);
      if (isSame) return;
      const metadata = { ...stored.metadata, labels, ...(Object.keys(annotations).length > 0 && { annotations }) };
      this.#client.update({ ...stored, metadata, subsets });
    } catch (error) {
      if (!(error instanceof ApiError) || isNamespaceTerminating(error)) return;
      const reason = stored ? 'FailedToUpdateEndpoint' : 'FailedToCreateEndpoint';
      const what = stored ? `update endpoint ${namespace}/${name}` : `create endpoint for service ${namespace}/${name}`;
      this.#context.events.record(stored ?? service, 'Warning', reason, `Failed to ${what}: ${error.message}`);
      throw error;
    }
  }

  #deleteLeftover(key: ObjectKey): void {
    const { namespace, name } = splitKey(key);
    if (this.#client.get(namespace, name)) this.#client.delete(namespace, name);
  }
}

/** One subset for each set of ports, addresses in the order of their text. Upstream: pkg/api/v1/endpoints RepackSubsets */
function subsetsOf(entries: ReadonlyMap<ObjectKey, Entry>): readonly EndpointSubset[] {
  const groups = new Map<
    string,
    { ports: readonly EndpointPort[]; ready: EndpointAddress[]; notReady: EndpointAddress[] }
  >();
  let count = 0;
  for (const { address, ports, isReady } of entries.values()) {
    if (++count > maxAddresses) break;
    const key = JSON.stringify(ports);
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { ports, ready: [], notReady: [] }));
    (isReady ? group.ready : group.notReady).push(address);
  }
  return [...groups]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([, { ports, ready, notReady }]) => ({
      ...(ready.length > 0 && { addresses: ready.toSorted(byIp) }),
      ...(notReady.length > 0 && { notReadyAddresses: notReady.toSorted(byIp) }),
      ...(ports.length > 0 && { ports }),
    }));
}

function byIp(a: EndpointAddress, b: EndpointAddress): number {
  return compareText(a.ip, b.ip);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function matches({ spec }: Service, pod: Pod): boolean {
  const labels = pod.metadata.labels ?? {};
  const selector = spec.selector ?? {};
  return Object.keys(selector).every((key) => labels[key] === selector[key]);
}
