/**
 * What a pod asks of its node.
 * Upstream: component-helpers/resource/helpers.go PodRequests
 */
import { parseQuantity, quantityMilliValue, quantityValue } from '../../api/quantity.ts';
import type { Container, Pod } from '../../api/generated/types.ts';
import { isSidecar } from './sync/restart-policy.ts';

export interface Amounts {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

const none: Amounts = { cpuMilli: 0, memoryBytes: 0 };

export function requestsOf({ spec }: Pod): Amounts {
  const main = spec.containers.map(requested).reduce(plus, none);
  let sidecars = none;
  let peak = none;
  for (const container of spec.initContainers ?? []) {
    if (isSidecar(container)) sidecars = plus(sidecars, requested(container));
    peak = greater(peak, isSidecar(container) ? sidecars : plus(requested(container), sidecars));
  }
  return plus(greater(plus(main, sidecars), peak), amountsIn(spec.overhead));
}

function requested({ resources }: Container): Amounts {
  return amountsIn(resources?.requests);
}

function amountsIn(list: Readonly<Record<string, string>> | undefined): Amounts {
  if (!list) return none;
  return {
    cpuMilli: list.cpu === undefined ? 0 : quantityMilliValue(parseQuantity(list.cpu)),
    memoryBytes: list.memory === undefined ? 0 : quantityValue(parseQuantity(list.memory)),
  };
}

export function plus(a: Amounts, b: Amounts): Amounts {
  return { cpuMilli: a.cpuMilli + b.cpuMilli, memoryBytes: a.memoryBytes + b.memoryBytes };
}

export function minus(a: Amounts, b: Amounts): Amounts {
  return { cpuMilli: a.cpuMilli - b.cpuMilli, memoryBytes: a.memoryBytes - b.memoryBytes };
}

function greater(a: Amounts, b: Amounts): Amounts {
  return { cpuMilli: Math.max(a.cpuMilli, b.cpuMilli), memoryBytes: Math.max(a.memoryBytes, b.memoryBytes) };
}
