import type { Endpoint, EndpointSlice, Node, Pod, Service } from '../../api/generated/types.ts';
import { ApiError, keyOf } from '../../api/index.ts';
import type { Draft, ObjectKey } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { endpointSlices, nodes, pods, services } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { hasSelector, hostnameIn, isHeadless, mayReceiveTraffic, resolvedPorts } from './endpoints/pod-endpoint.ts';
import { ServiceFollower } from './endpoints/service-follower.ts';
import { SlicePlacement } from './endpoints/slice-placement.ts';
import type { DesiredEndpoint, PlannedSlice } from './endpoints/slice-placement.ts';
import { controllerReference } from './owner-reference.ts';
import { isNamespaceTerminating } from './pod-control.ts';
import { isPodReady } from './pod-state.ts';

const serviceNameLabel = 'kubernetes.io/service-name';
const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
const headlessLabel = 'service.kubernetes.io/headless';
const manager = 'endpointslice-controller.k8s.io';
const zoneLabel = 'topology.kubernetes.io/zone';
const reservedLabels: ReadonlySet<string> = new Set([serviceNameLabel, managedByLabel, headlessLabel]);

/**
 * Lists the pods behind each service in EndpointSlices.
 * Upstream: pkg/controller/endpointslice, staging/src/k8s.io/endpointslice
 * Differs: knows IPv4 only, gives no topology hints, and notes no trigger times in annotations.
 */
export function startEndpointSliceController(context: ComponentContext): void {
  new EndpointSliceController(context).start();
}

class EndpointSliceController {
  readonly #client: ResourceClient<EndpointSlice>;
  readonly #services: Informer<Service>;
  readonly #pods: Informer<Pod>;
  readonly #nodes: Informer<Node>;
  readonly #slices: Informer<EndpointSlice>;
  readonly #queue: WorkQueue;
  readonly #follower: ServiceFollower;
  /** By service. */
  readonly #placements = new Map<ObjectKey, SlicePlacement>();

  constructor(context: ComponentContext) {
    this.#client = context.client.resource(endpointSlices);
    this.#services = context.informers.informer(services);
    this.#pods = context.informers.informer(pods);
    this.#nodes = context.informers.informer(nodes);
    this.#slices = context.informers.informer(endpointSlices);
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key) });
    this.#follower = new ServiceFollower(context, (key) => this.#queue.add(key));
  }

  start(): void {
    this.#slices.addIndex('service', (slice) => (isOurs(slice) ? [serviceKeyOf(slice)] : []));
    this.#slices.onChange({
      updated: (slice) => this.#checkForeignChange(slice),
      deleted: (slice) => {
        const known = isOurs(slice) && this.#placements.get(serviceKeyOf(slice))?.get(slice.metadata.name);
        if (known) this.#follower.markAll(serviceKeyOf(slice));
      },
    });
  }

  /** Somebody else has changed one of our slices: put it right. */
  #checkForeignChange(slice: EndpointSlice): void {
    if (!isOurs(slice)) return;
    const key = serviceKeyOf(slice);
    const known = this.#placements.get(key)?.get(slice.metadata.name);
    if (known && Number(slice.metadata.resourceVersion) > Number(known.metadata.resourceVersion)) {
      this.#follower.markAll(key);
    }
  }

  #reconcile(key: ObjectKey): void {
    const news = this.#follower.take(key);
    const service = this.#services.get(key);
    if (!service || !hasSelector(service)) {
      this.#placements.delete(key);
      return;
    }
    const placement = this.#placementOf(key, service, news.isAll);
    const keys = new Set(news.keys);
    const selected = news.isAll ? this.#follower.selected(service) : [];
    if (news.isAll) {
      for (const podKey of placement.podKeys) keys.add(podKey);
      for (const pod of selected) keys.add(keyOf(pod));
    }
    const desired = new Map<ObjectKey, DesiredEndpoint | undefined>();
    for (const podKey of keys) desired.set(podKey, this.#desired(service, this.#pods.get(podKey)));
    try {
      this.#carryOut(service, placement, desired, news.isAll);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // What was written and what was not is found out from the stored slices.
      this.#placements.delete(key);
      if (isNamespaceTerminating(error)) return;
      this.#follower.markAll(key);
      throw error;
    }
  }

  #placementOf(key: ObjectKey, service: Service, isFresh: boolean): SlicePlacement {
    let placement = this.#placements.get(key);
    if (placement && !isFresh) return placement;
    placement = new SlicePlacement();
    this.#placements.set(key, placement);
    const { namespace = '', uid } = service.metadata;
    const stored = this.#slices
      .byIndex('service', key)
      .map((slice) => this.#client.get(namespace, slice.metadata.name))
      .filter((slice) => slice !== undefined && !slice.metadata.deletionTimestamp)
      .filter((slice) => slice!.metadata.ownerReferences?.some((owner) => owner.uid === uid));
    placement.load(stored as EndpointSlice[]);
    return placement;
  }

  #desired(service: Service, pod: Pod | undefined): DesiredEndpoint | undefined {
    if (!pod || !mayReceiveTraffic(pod, true) || !matches(service, pod)) return undefined;
    const node = this.#nodes.get(pod.spec.nodeName ?? '');
    return { endpoint: endpointFor(service, pod, node), ports: resolvedPorts(service, pod) };
  }

  #carryOut(
    service: Service,
    placement: SlicePlacement,
    desired: ReadonlyMap<ObjectKey, DesiredEndpoint | undefined>,
    checksLabels: boolean,
  ): void {
    const { namespace = '' } = service.metadata;
    const { write, remove } = placement.plan(desired);
    for (const planned of write) {
      if (planned.stored) placement.stored(this.#client.update(updatedSlice(service, planned, planned.stored)));
      else if (!service.metadata.deletionTimestamp) placement.stored(this.#client.create(newSlice(service, planned)));
    }
    for (const name of remove) {
      this.#client.delete(namespace, name);
      placement.removed(name);
    }
    if (!checksLabels) return;
    const labels = labelsFor(service);
    const stale = [...placement.slices].filter((slice) => !jsonEqual(slice.metadata.labels, labels));
    for (const slice of stale) {
      placement.stored(this.#client.update({ ...slice, metadata: { ...slice.metadata, labels } }));
    }
  }
}

function endpointFor(service: Service, pod: Pod, node: Node | undefined): Endpoint {
  const isServing = isPodReady(pod);
  const isTerminating = pod.metadata.deletionTimestamp !== undefined;
  const { namespace, name, uid } = pod.metadata;
  const hostname = hostnameIn(service, pod);
  const zone = node?.metadata.labels?.[zoneLabel];
  return {
    addresses: [pod.status.podIP!],
    conditions: {
      ready: service.spec.publishNotReadyAddresses === true || (isServing && !isTerminating),
      serving: isServing,
      terminating: isTerminating,
    },
    ...(hostname && { hostname }),
    targetRef: { kind: 'Pod', namespace, name, uid },
    ...(pod.spec.nodeName && { nodeName: pod.spec.nodeName }),
    ...(zone && { zone }),
  };
}

function newSlice(service: Service, { ports, endpoints }: PlannedSlice): Draft<EndpointSlice> {
  const { name, namespace } = service.metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: labelsFor(service),
      ownerReferences: [controllerReference(service, services)],
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  };
}

function updatedSlice(service: Service, { ports, endpoints }: PlannedSlice, stored: EndpointSlice): EndpointSlice {
  return { ...stored, metadata: { ...stored.metadata, labels: labelsFor(service) }, ports, endpoints };
}

/** Those of the service, and our own. */
function labelsFor(service: Service): Readonly<Record<string, string>> {
  const own = Object.entries(service.metadata.labels ?? {}).filter(([key]) => !reservedLabels.has(key));
  return {
    ...Object.fromEntries(own),
    [managedByLabel]: manager,
    [serviceNameLabel]: service.metadata.name,
    ...(isHeadless(service) && { [headlessLabel]: '' }),
  };
}

function isOurs({ metadata }: EndpointSlice): boolean {
  return metadata.labels?.[managedByLabel] === manager && metadata.labels[serviceNameLabel] !== undefined;
}

function serviceKeyOf({ metadata }: EndpointSlice): ObjectKey {
  return `${metadata.namespace}/${metadata.labels![serviceNameLabel]}`;
}

function matches({ spec }: Service, pod: Pod): boolean {
  const labels = pod.metadata.labels ?? {};
  const selector = spec.selector ?? {};
  return Object.keys(selector).every((key) => labels[key] === selector[key]);
}
