import { formatIp, type Cidr } from './ip-address.ts';

/**
 * The addresses that a node gives to its pods. The network address, the gateway (.1) and the broadcast address are
 * never given; the search goes on behind the address given last, so that a freed one rests before it is used again.
 * Upstream: containernetworking/plugins/plugins/ipam/host-local
 */
export class AddressPool {
  readonly #cidr: Cidr;
  readonly #taken = new Set<number>();
  #last = 1;

  constructor(cidr: Cidr) {
    this.#cidr = cidr;
  }

  /** The next free address; undefined when all are taken. */
  take(): string | undefined {
    const usable = this.#cidr.size - 3;
    for (let tries = 0; tries < usable; tries++) {
      this.#last = this.#last >= this.#cidr.size - 2 ? 2 : this.#last + 1;
      const address = this.#cidr.first + this.#last;
      if (this.#taken.has(address)) continue;
      this.#taken.add(address);
      return formatIp(address);
    }
    return undefined;
  }

  free(address: number): void {
    this.#taken.delete(address);
  }
}
