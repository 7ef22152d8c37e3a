import type { PodSpec } from '../../../../api/generated/types.ts';
import { addQuantity, compareQuantity, parseQuantity, type Quantity } from '../../../../api/index.ts';
import { isSidecar } from './every-container.ts';

/**
 * What all containers of a pod need together: the sum of those that run side by side, or, where it is more, what an
 * init container needs beside the sidecars that were started before it.
 * Upstream: k8s.io/component-helpers/resource/helpers.go AggregateContainerRequests, AggregateContainerLimits
 */
export function effectiveResources(spec: PodSpec, kind: 'requests' | 'limits'): ReadonlyMap<string, Quantity> {
  const total = new Map<string, Quantity>();
  for (const container of spec.containers) addAll(total, container.resources?.[kind]);

  const sidecars = new Map<string, Quantity>();
  const startup = new Map<string, Quantity>();
  for (const container of spec.initContainers ?? []) {
    const own = container.resources?.[kind];
    if (isSidecar(container)) {
      addAll(total, own);
      addAll(sidecars, own);
      raiseAll(startup, sidecars);
    } else {
      const together = new Map(sidecars);
      addAll(together, own);
      raiseAll(startup, together);
    }
  }
  raiseAll(total, startup);
  return total;
}

type Amounts = Readonly<Record<string, string>> | undefined;

function addAll(sums: Map<string, Quantity>, amounts: Amounts): void {
  for (const name in amounts) {
    const amount = parseQuantity(amounts[name]!);
    const sum = sums.get(name);
    sums.set(name, sum ? addQuantity(sum, amount) : amount);
  }
}

function raiseAll(highest: Map<string, Quantity>, amounts: ReadonlyMap<string, Quantity>): void {
  for (const [name, amount] of amounts) {
    const known = highest.get(name);
    if (!known || compareQuantity(amount, known) > 0) highest.set(name, amount);
  }
}
