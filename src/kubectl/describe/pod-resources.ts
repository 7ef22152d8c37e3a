import type { Pod, ResourceRequirements } from '../../api/generated/types.ts';
import { addQuantity, compareQuantity, parseQuantity, type Quantity } from '../../api/index.ts';

type List = 'requests' | 'limits';
export type ResourceAmounts = ReadonlyMap<string, Quantity>;

/**
 * What a pod asks for in all: its containers and sidecars together, or the largest init container if that is more,
 * plus the overhead. What is said for the whole pod takes precedence.
 * Upstream: kubectl/pkg/util/resource/resource.go
 */
export function podResources(pod: Pod, list: List): ResourceAmounts {
  const { spec } = pod;
  const total = new Map<string, Quantity>();
  for (const { resources } of spec.containers) add(total, amounts(resources, list));
  const sidecars = new Map<string, Quantity>();
  const largestInit = new Map<string, Quantity>();
  for (const container of spec.initContainers ?? []) {
    const own = amounts(container.resources, list);
    if (container.restartPolicy === 'Always') {
      add(total, own);
      add(sidecars, own);
      raise(largestInit, sidecars);
    } else {
      const together = new Map(sidecars);
      add(together, own);
      raise(largestInit, together);
    }
  }
  raise(total, largestInit);
  for (const [name, quantity] of amounts(spec.resources, list)) total.set(name, quantity);
  for (const [name, text] of Object.entries(spec.overhead ?? {})) {
    // A limit that is not set is none: overhead alone would make one of it.
    if (list === 'requests' || total.has(name)) add(total, new Map([[name, parseQuantity(text)]]));
  }
  return total;
}

/** The sum over several pods. */
export function sumResources(pods: readonly Pod[], list: List): ResourceAmounts {
  const total = new Map<string, Quantity>();
  for (const pod of pods) add(total, podResources(pod, list));
  return total;
}

function amounts(resources: ResourceRequirements | undefined, list: List): ResourceAmounts {
  return new Map(Object.entries(resources?.[list] ?? {}).map(([name, text]) => [name, parseQuantity(text)]));
}

function add(total: Map<string, Quantity>, more: ResourceAmounts): void {
  for (const [name, quantity] of more) {
    const sum = total.get(name);
    total.set(name, sum ? addQuantity(sum, quantity) : quantity);
  }
}

function raise(total: Map<string, Quantity>, least: ResourceAmounts): void {
  for (const [name, quantity] of least) {
    const current = total.get(name);
    if (!current || compareQuantity(quantity, current) > 0) total.set(name, quantity);
  }
}
