/**
 * The names inside the cluster.
 * Upstream: coredns/coredns plugin/kubernetes; the records are those of kubernetes/dns docs/specification.md
 * Differs: the cluster's DNS is part of the network, always there, and knows of a change when the watch delivers it.
 * Differs: names outside the cluster do not exist (NXDOMAIN); only A records are served.
 */
import type { RandomStream } from '../../kernel/index.ts';
import { parseIp } from './ip-address.ts';
import type { Endpoint, ServiceTable } from './service-table.ts';

export const clusterDomain = 'cluster.local';
/** The address of the `kube-dns` service, by convention the tenth of the service range. */
export const clusterDnsAddress = '10.96.0.10';

/** More aliases than this in a row are a loop. */
const aliasLimit = 8;

export class ClusterDns {
  readonly #table: ServiceTable;
  readonly #random: RandomStream;

  constructor(table: ServiceTable, random: RandomStream) {
    this.#table = table;
    this.#random = random;
  }

  /** The addresses of a fully qualified name (without the final dot), in the order the server gives them; empty when there is no such name. */
  lookUp(name: string, aliases = 0): readonly string[] {
    const lower = name.toLowerCase();
    const suffix = `.${clusterDomain}`;
    if (!lower.endsWith(suffix)) return [];
    const labels = lower.slice(0, -suffix.length).split('.');
    const kind = labels.at(-1);
    if (kind === 'pod' && labels.length === 3) return podAddress(labels[0]!);
    if (kind !== 'svc' || labels.length < 3 || labels.length > 4) return [];
    const [namespace = '', service = '', host] = labels.slice(0, -1).reverse();
    return this.#service(namespace, service, host, aliases);
  }

  #service(namespace: string, name: string, host: string | undefined, aliases: number): readonly string[] {
    const key = `${namespace}/${name}`;
    const service = this.#table.get(key);
    if (!service) return [];
    const { spec } = service;
    if (spec.type === 'ExternalName') {
      if (host !== undefined || !spec.externalName || aliases >= aliasLimit) return [];
      return this.lookUp(spec.externalName.replace(/\.$/, ''), aliases + 1);
    }
    if (spec.clusterIP !== 'None') {
      if (host === undefined) return spec.clusterIP ? [spec.clusterIP] : [];
      return addresses(this.#table.addressesOf(key).filter((endpoint) => hasName(endpoint, host)));
    }
    const ready = this.#table.addressesOf(key).filter((endpoint) => endpoint.isReady);
    return this.#shuffled(addresses(host === undefined ? ready : ready.filter((each) => hasName(each, host))));
  }

  /** The `loadbalance` plugin: a different order for each answer. */
  #shuffled(list: readonly string[]): readonly string[] {
    const shuffled = [...list];
    for (let index = shuffled.length - 1; index > 0; index--) {
      const other = this.#random.integer(0, index);
      [shuffled[index], shuffled[other]] = [shuffled[other]!, shuffled[index]!];
    }
    return shuffled;
  }
}

function addresses(endpoints: readonly Endpoint[]): readonly string[] {
  return [...new Set(endpoints.map((endpoint) => endpoint.address))];
}

/** An endpoint is called by its pod's hostname, or by its address with dashes. */
function hasName({ hostname, address }: Endpoint, host: string): boolean {
  return hostname === host || address.replaceAll('.', '-') === host;
}

/** `10-244-1-2.default.pod.cluster.local`: answered without looking whether there is such a pod. */
function podAddress(label: string): readonly string[] {
  const address = label.replaceAll('-', '.');
  return parseIp(address) === undefined ? [] : [address];
}
