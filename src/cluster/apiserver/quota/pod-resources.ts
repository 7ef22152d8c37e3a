import type { PodSpec } from '../../../api/generated/types.ts';
import { parseQuantity, type Quantity } from '../../../api/index.ts';
import { effectiveResources } from '../registry/pod-spec/effective-resources.ts';
import { isHugePages } from '../registry/resource-quantities.ts';
import { addAmounts, parseAmounts } from './amounts.ts';

/** What a pod says of itself stands above what its containers say. */
export function containerResources(spec: PodSpec, kind: 'requests' | 'limits'): Map<string, Quantity> {
  const amounts = new Map(effectiveResources(spec, kind));
  for (const [name, amount] of Object.entries(spec.resources?.[kind] ?? {})) {
    if (name === 'cpu' || name === 'memory' || isHugePages(name)) amounts.set(name, parseQuantity(amount));
  }
  return amounts;
}

/**
 * With what the runtime itself needs.
 * Upstream: k8s.io/component-helpers/resource/helpers.go PodRequests, PodLimits
 */
export function podResources(spec: PodSpec, kind: 'requests' | 'limits'): Map<string, Quantity> {
  const amounts = containerResources(spec, kind);
  if (!spec.overhead) return amounts;
  const overhead = parseAmounts(spec.overhead);
  if (kind === 'requests') return addAmounts(amounts, overhead);
  // Where nothing limits the containers, nothing limits the pod.
  const limited = new Map([...overhead].filter(([name]) => (amounts.get(name)?.nano ?? 0n) !== 0n));
  return addAmounts(amounts, limited);
}
