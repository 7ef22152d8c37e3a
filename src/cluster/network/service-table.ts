/**
 * Which services there are and which endpoints stand behind each of their ports, kept up to date by the watches.
 * Upstream: pkg/proxy/servicechangetracker.go, pkg/proxy/endpointslicecache.go
 */
import { keyOf, type ObjectKey } from '../../api/index.ts';
import type { Endpoint as SliceEndpoint, EndpointSlice, Service, ServicePort } from '../../api/generated/types.ts';
import { endpointSlices, services } from '../apiserver/registry/index.ts';
import type { Informer, InformerFactory } from '../informers/informer.ts';

/** Somewhere a connection to a service may go. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly nodeName: string;
  /** `namespace/name` of the pod; empty when the endpoint is none. */
  readonly pod: string;
  readonly hostname: string;
  readonly isReady: boolean;
  readonly isServing: boolean;
  readonly isTerminating: boolean;
}

/** One port of one service. */
export interface ServiceRule {
  readonly key: ObjectKey;
  readonly service: Service;
  readonly port: ServicePort;
}

const serviceNameLabel = 'kubernetes.io/service-name';
const byService = 'network/service';

export class ServiceTable {
  readonly #services: Informer<Service>;
  readonly #slices: Informer<EndpointSlice>;
  readonly #byAddress = new Map<string, Service>();
  readonly #byNodePort = new Map<number, ServiceRule>();
  /** Endpoints by `namespace/name` and port name, until a slice of the service changes. */
  readonly #endpoints = new Map<ObjectKey, Map<string, readonly Endpoint[]>>();

  constructor(informers: InformerFactory) {
    this.#services = informers.informer(services);
    this.#slices = informers.informer(endpointSlices);
    this.#slices.addIndex(byService, (slice) => [serviceKeyOf(slice)]);
    this.#services.onChange({
      added: (service) => this.#add(service),
      updated: (next, old) => {
        this.#remove(old);
        this.#add(next);
      },
      deleted: (service) => this.#remove(service),
    });
    this.#slices.onChange({
      added: (slice) => this.#endpoints.delete(serviceKeyOf(slice)),
      updated: (slice) => this.#endpoints.delete(serviceKeyOf(slice)),
      deleted: (slice) => this.#endpoints.delete(serviceKeyOf(slice)),
    });
  }

  get(key: ObjectKey): Service | undefined {
    return this.#services.get(key);
  }

  /** All services of a namespace, by name: what becomes environment variables. */
  inNamespace(namespace: string): readonly Service[] {
    return this.#services.list(namespace);
  }

  /** The service that has this address (cluster, external or load balancer). */
  byAddress(address: string): Service | undefined {
    return this.#byAddress.get(address);
  }

  byNodePort(port: number): ServiceRule | undefined {
    return this.#byNodePort.get(port);
  }

  /** The rule of a service for a TCP port. */
  ruleFor(service: Service, port: number): ServiceRule | undefined {
    const found = service.spec.ports?.find((candidate) => candidate.port === port && isTcp(candidate));
    return found && { key: keyOf(service), service, port: found };
  }

  /** Everything behind one port of a service, ready or not. */
  endpointsOf(key: ObjectKey, portName: string): readonly Endpoint[] {
    let ports = this.#endpoints.get(key);
    if (!ports) this.#endpoints.set(key, (ports = new Map()));
    let endpoints = ports.get(portName);
    if (!endpoints) {
      endpoints = this.#slices.byIndex(byService, key).flatMap((slice) => endpointsIn(slice, portName));
      ports.set(portName, endpoints);
    }
    return endpoints;
  }

  /** Every endpoint of a service, whatever its ports are: what a headless service's name stands for. */
  addressesOf(key: ObjectKey): readonly Endpoint[] {
    return this.#slices.byIndex(byService, key).flatMap((slice) => slice.endpoints.map((each) => toEndpoint(each, 0)));
  }

  #add(service: Service): void {
    for (const address of addressesOfService(service)) this.#byAddress.set(address, service);
    for (const port of service.spec.ports ?? []) {
      if (port.nodePort && isTcp(port)) this.#byNodePort.set(port.nodePort, { key: keyOf(service), service, port });
    }
  }

  #remove(service: Service): void {
    const isOwn = (other: Service | undefined) => other?.metadata.uid === service.metadata.uid;
    for (const address of addressesOfService(service)) {
      if (isOwn(this.#byAddress.get(address))) this.#byAddress.delete(address);
    }
    for (const port of service.spec.ports ?? []) {
      if (port.nodePort && isOwn(this.#byNodePort.get(port.nodePort)?.service)) this.#byNodePort.delete(port.nodePort);
    }
  }
}

function isTcp(port: ServicePort): boolean {
  return (port.protocol ?? 'TCP') === 'TCP';
}

function serviceKeyOf(slice: EndpointSlice): ObjectKey {
  return `${slice.metadata.namespace}/${slice.metadata.labels?.[serviceNameLabel] ?? ''}`;
}

function addressesOfService({ spec, status }: Service): readonly string[] {
  if (spec.type === 'ExternalName' || !spec.clusterIP || spec.clusterIP === 'None') return [];
  const balancers = status?.loadBalancer?.ingress?.flatMap((ingress) => (ingress.ip ? [ingress.ip] : [])) ?? [];
  return [...(spec.clusterIPs ?? [spec.clusterIP]), ...(spec.externalIPs ?? []), ...balancers];
}

function endpointsIn(slice: EndpointSlice, portName: string): readonly Endpoint[] {
  const port = slice.ports?.find(({ name, protocol }) => (name ?? '') === portName && (protocol ?? 'TCP') === 'TCP');
  if (port?.port === undefined) return [];
  return slice.endpoints.map((endpoint) => toEndpoint(endpoint, port.port!));
}

function toEndpoint({ addresses, conditions, hostname, nodeName, targetRef }: SliceEndpoint, port: number): Endpoint {
  const isReady = conditions?.ready ?? true;
  return {
    address: addresses[0] ?? '',
    port,
    nodeName: nodeName ?? '',
    pod: targetRef?.kind === 'Pod' ? `${targetRef.namespace}/${targetRef.name}` : '',
    hostname: hostname ?? '',
    isReady,
    isServing: conditions?.serving ?? isReady,
    isTerminating: conditions?.terminating ?? false,
  };
}
