import type { Service } from '../../../api/generated/types.ts';
import type { RandomStream } from '../../../kernel/index.ts';
import type { Collection, StoredEvent } from '../../store/index.ts';
import type { ServiceAllocator } from '../resource-definition.ts';

/** kind's default: 10.96.0.0/16. */
const firstAddress = (10 << 24) + (96 << 16);
const addressCount = 1 << 16;
/** Below this, addresses are left to those who ask for one by name. Upstream: pkg/registry/core/service/ipallocator */
const staticBand = 256;
const firstPort = 30_000;
const lastPort = 32_767;
const staticPortBand = 86;
const randomTries = 64;

/**
 * Which addresses and node ports the stored Services use.
 * Upstream: pkg/registry/core/service/ipallocator, portallocator
 */
export class ServiceAddresses implements ServiceAllocator {
  readonly #random: RandomStream;
  readonly #addresses = new UseCount<string>();
  readonly #ports = new UseCount<number>();

  constructor(services: Collection<Service>, random: RandomStream) {
    this.#random = random;
    for (const service of services.list().objects) this.#count(service, 1);
    services.watch((event) => this.#follow(event));
  }

  clusterIP(asked: string | undefined): { readonly address: string } | { readonly refusal: string } {
    if (asked !== undefined) {
      const number = numberOf(asked);
      if (number === undefined || number <= firstAddress || number >= firstAddress + addressCount - 1) {
        return { refusal: 'the provided network does not match the current range' };
      }
      return this.#addresses.has(asked) ? { refusal: 'provided IP is already allocated' } : { address: asked };
    }
    const free = this.#pick(
      staticBand + 1,
      addressCount - 2,
      (offset) => !this.#addresses.has(textOf(firstAddress + offset)),
    );
    return free === undefined ? { refusal: 'range is full' } : { address: textOf(firstAddress + free) };
  }

  nodePort(asked: number | undefined): { readonly port: number } | { readonly refusal: string } {
    if (asked !== undefined) {
      if (asked < firstPort || asked > lastPort) {
        return {
          refusal: `provided port is not in the valid range. The range of valid ports is ${firstPort}-${lastPort}`,
        };
      }
      return this.#ports.has(asked) ? { refusal: 'provided port is already allocated' } : { port: asked };
    }
    const free =
      this.#pick(firstPort + staticPortBand, lastPort, (port) => !this.#ports.has(port)) ??
      this.#pick(firstPort, firstPort + staticPortBand - 1, (port) => !this.#ports.has(port));
    return free === undefined ? { refusal: 'range is full' } : { port: free };
  }

  /** A free one between `low` and `high`: by chance, and in order when chance does not find one. */
  #pick(low: number, high: number, isFree: (candidate: number) => boolean): number | undefined {
    for (let tries = 0; tries < randomTries; tries++) {
      const candidate = this.#random.integer(low, high);
      if (isFree(candidate)) return candidate;
    }
    for (let candidate = low; candidate <= high; candidate++) if (isFree(candidate)) return candidate;
    return undefined;
  }

  #follow({ type, object, previous }: StoredEvent<Service>): void {
    if (previous) this.#count(previous, -1);
    if (type !== 'DELETED') this.#count(object, 1);
  }

  #count({ spec }: Service, by: 1 | -1): void {
    for (const address of spec?.clusterIPs ?? []) if (address !== 'None') this.#addresses.add(address, by);
    // TCP and UDP of one port share its number.
    for (const port of new Set(spec?.ports?.map(({ nodePort }) => nodePort))) if (port) this.#ports.add(port, by);
    if (spec?.healthCheckNodePort) this.#ports.add(spec.healthCheckNodePort, by);
  }
}

/** How often something is used: an update counts the new use before or after it takes back the old one. */
class UseCount<T> {
  readonly #counts = new Map<T, number>();

  has(item: T): boolean {
    return this.#counts.has(item);
  }

  add(item: T, by: 1 | -1): void {
    const count = (this.#counts.get(item) ?? 0) + by;
    if (count === 0) this.#counts.delete(item);
    else this.#counts.set(item, count);
  }
}

function numberOf(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((number, part) => number * 256 + part, 0);
}

function textOf(number: number): string {
  return [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255].join('.');
}
