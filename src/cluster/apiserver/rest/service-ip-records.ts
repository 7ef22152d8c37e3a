import type { IPAddress, Service } from '../../../api/generated/types.ts';
import type { Draft } from '../../../api/index.ts';
import type { ObjectStore } from './object-store.ts';
import type { WriteOptions } from './write-options.ts';

/**
 * An IPAddress for each address of each Service: comes and goes with it.
 * Upstream: pkg/registry/core/service/ipallocator/ipallocator.go
 */
export class ServiceIpRecords {
  readonly #records: () => ObjectStore<IPAddress>;
  readonly #options: () => WriteOptions;

  /** @param options as whom the records are written */
  constructor(records: () => ObjectStore<IPAddress>, options: () => WriteOptions) {
    this.#records = records;
    this.#options = options;
  }

  /** Called after each write of a Service; one of the two is absent when it comes or goes. */
  follow(next: Service | undefined, old: Service | undefined): void {
    const [after, before] = [addressesOf(next), addressesOf(old)];
    if (after.length === 0 && before.length === 0) return;
    const records = this.#records();
    for (const address of before) {
      if (after.includes(address) || !records.collection.get(address)) continue;
      records.delete('', address, this.#options());
    }
    for (const address of after) {
      if (before.includes(address) || records.collection.get(address)) continue;
      records.create('', recordOf(address, next!), this.#options());
    }
  }
}

function addressesOf(service: Service | undefined): readonly string[] {
  return (service?.spec?.clusterIPs ?? []).filter((address) => address !== 'None' && address !== '');
}

function recordOf(address: string, { metadata }: Service): Draft<IPAddress> {
  const { name, namespace } = metadata;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IPAddress',
    metadata: {
      name: address,
      labels: {
        'ipaddress.kubernetes.io/ip-family': address.includes(':') ? 'IPv6' : 'IPv4',
        'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
      },
    },
    spec: { parentRef: { group: '', name, ...(namespace && { namespace }), resource: 'services' } },
  } as Draft<IPAddress>;
}
