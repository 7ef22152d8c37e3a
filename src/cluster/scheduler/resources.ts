import type { Container, PodSpec } from '../../api/generated/types.ts';
import { parseQuantity, quantityMilliValue, quantityValue } from '../../api/quantity.ts';

/**
 * Amounts as plain numbers: CPU in thousandths, everything else in whole units.
 * Upstream: component-helpers/resource/helpers.go, pkg/scheduler/framework/types.go Resource
 */
export class Resources {
  milliCpu = 0;
  memory = 0;
  ephemeralStorage = 0;
  /** Huge pages and extended resources: few pods have any. */
  others: Map<string, number> | undefined;

  get(name: string): number {
    switch (name) {
      case 'cpu':
        return this.milliCpu;
      case 'memory':
        return this.memory;
      case 'ephemeral-storage':
        return this.ephemeralStorage;
      default:
        return this.others?.get(name) ?? 0;
    }
  }

  set(name: string, amount: number): void {
    switch (name) {
      case 'cpu':
        this.milliCpu = amount;
        break;
      case 'memory':
        this.memory = amount;
        break;
      case 'ephemeral-storage':
        this.ephemeralStorage = amount;
        break;
      default:
        this.others ??= new Map();
        this.others.set(name, amount);
    }
  }

  add(other: Resources, sign: 1 | -1 = 1): void {
    this.milliCpu += sign * other.milliCpu;
    this.memory += sign * other.memory;
    this.ephemeralStorage += sign * other.ephemeralStorage;
    if (other.others) for (const [name, amount] of other.others) this.set(name, this.get(name) + sign * amount);
  }

  raiseTo(other: Resources): void {
    this.milliCpu = Math.max(this.milliCpu, other.milliCpu);
    this.memory = Math.max(this.memory, other.memory);
    this.ephemeralStorage = Math.max(this.ephemeralStorage, other.ephemeralStorage);
    if (other.others) for (const [name, amount] of other.others) this.set(name, Math.max(this.get(name), amount));
  }

  get isZero(): boolean {
    return this.milliCpu === 0 && this.memory === 0 && this.ephemeralStorage === 0 && !this.others?.size;
  }

  clone(): Resources {
    const copy = new Resources();
    copy.add(this);
    return copy;
  }
}

type Quantities = Readonly<Record<string, string>>;

/** What a container that says nothing is taken to need when nodes are compared. */
export const assumedMilliCpu = 100;
export const assumedMemory = 200 * 1024 * 1024;

export function resourcesOf(quantities: Quantities | undefined): Resources {
  const resources = new Resources();
  for (const name in quantities) resources.set(name, amountOf(name, quantities[name]!));
  return resources;
}

/** What a node must have free for the pod. With `isScoring`, containers without requests count with the assumed ones. */
export function podRequests(spec: PodSpec, isScoring: boolean): Resources {
  const total = new Resources();
  for (const container of spec.containers) total.add(containerRequests(container, isScoring));
  raiseToInitContainers(total, spec, isScoring);
  for (const [name, quantity] of Object.entries(spec.resources?.requests ?? {}))
    total.set(name, amountOf(name, quantity));
  if (spec.overhead) total.add(resourcesOf(spec.overhead));
  return total;
}

/** Init containers run one after the other, before the others; sidecars among them keep running beside all that follow. */
function raiseToInitContainers(total: Resources, spec: PodSpec, isScoring: boolean): void {
  if (!spec.initContainers?.length) return;
  const sidecars = new Resources();
  const initPeak = new Resources();
  for (const container of spec.initContainers) {
    const requests = containerRequests(container, isScoring);
    if (container.restartPolicy === 'Always') {
      total.add(requests);
      sidecars.add(requests);
      initPeak.raiseTo(sidecars);
    } else {
      requests.add(sidecars);
      initPeak.raiseTo(requests);
    }
  }
  total.raiseTo(initPeak);
}

function containerRequests(container: Container, isScoring: boolean): Resources {
  const requests = resourcesOf(container.resources?.requests);
  if (isScoring) {
    if (container.resources?.requests?.['cpu'] === undefined) requests.milliCpu = assumedMilliCpu;
    if (container.resources?.requests?.['memory'] === undefined) requests.memory = assumedMemory;
  }
  return requests;
}

/** Few texts make up all amounts of a cluster. */
const milliAmounts = new Map<string, number>();
const wholeAmounts = new Map<string, number>();
const rememberedLimit = 10_000;

function amountOf(name: string, quantity: string): number {
  const amounts = name === 'cpu' ? milliAmounts : wholeAmounts;
  const known = amounts.get(quantity);
  if (known !== undefined) return known;
  const parsed = parseQuantity(quantity);
  const amount = name === 'cpu' ? quantityMilliValue(parsed) : quantityValue(parsed);
  if (amounts.size >= rememberedLimit) amounts.clear();
  amounts.set(quantity, amount);
  return amount;
}
