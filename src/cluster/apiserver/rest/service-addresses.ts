import type { Service } from '../../../api/generated/types.ts';
import { invariant, type RandomStream } from '../../../kernel/index.ts';
import type { Collection, StoredEvent } from '../../store/index.ts';
import type { ServiceAllocator } from '../resource-definition.ts';

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
  readonly #range: ServiceRange;
  readonly #addresses = new UseCount<string>();
  readonly #ports = new UseCount<number>();

  constructor(services: Collection<Service>, range: ServiceRange, random: RandomStream) {
    this.#random = random;
    this.#range = range;
    for (const service of services.list().objects) this.#count(service, 1);
    services.watch((event) => this.#follow(event));
  }

  clusterIP(asked: string | undefined): { readonly address: string } | { readonly refusal: string } {
    const { size, staticBand, addressOf, offsetOf } = this.#range;
    if (asked !== undefined) {
      const offset = offsetOf(asked);
      if (offset === undefined || offset <= 0 || offset >= size - 1) {
        return { refusal: 'the provided network does not match the current range' };
      }
      return this.#addresses.has(asked) ? { refusal: 'provided IP is already allocated' } : { address: asked };
    }
    const isFree = (offset: number) => !this.#addresses.has(addressOf(offset));
    const free = this.#pick(staticBand + 1, size - 2, isFree) ?? this.#pick(1, staticBand, isFree);
    return free === undefined ? { refusal: 'range is full' } : { address: addressOf(free) };
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

/** A range of addresses, each known by its offset from the first. */
export interface ServiceRange {
  readonly size: number;
  /** Up to this offset, addresses are left to those who ask for one by name. */
  readonly staticBand: number;
  addressOf(offset: number): string;
  /** Undefined for what is no IPv4 address; out of the range it is negative, or `size` and more. */
  offsetOf(address: string): number | undefined;
}

/** Upstream: pkg/registry/core/service/ipallocator: min(max(16, size/16), 256) for the static band */
export function parseServiceRange(cidr: string): ServiceRange {
  const [address = '', prefix] = cidr.split('/');
  const first = numberOf(address);
  invariant(first !== undefined && Number(prefix) <= 30, `${cidr} is an IPv4 range with room for services`);
  const size = 2 ** (32 - Number(prefix));
  return {
    size,
    staticBand: Math.min(Math.max(16, Math.floor(size / 16)), 256),
    addressOf: (offset) => textOf(first + offset),
    offsetOf(text) {
      const number = numberOf(text);
      return number === undefined ? undefined : number - first;
    },
  };
}
