import type { Pod, PodSpec, ResourceRequirements } from '../../../../api/generated/types.ts';
import { parseQuantity } from '../../../../api/index.ts';

/**
 * How much a pod can count on: decides who goes first when a node runs short.
 * Upstream: ComputePodQOS in pkg/apis/core/helper/qos/qos.go
 */
export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

/** What the API server wrote down when the pod was created, or else what it would write. */
export function qosClassOf(pod: Pod): QosClass {
  return (pod.status?.qosClass as QosClass | undefined) ?? computeQosClass(pod.spec);
}

export function computeQosClass(spec: PodSpec): QosClass {
  const requests = new Map<string, bigint>();
  const limits = new Map<string, bigint>();
  let isGuaranteed = true;
  for (const resources of partsOf(spec)) {
    addTo(requests, resources?.requests);
    const named = addTo(limits, resources?.limits);
    // A pod that speaks for itself may leave its limits to its containers.
    const mayBeSilent = resources === spec.resources && Object.keys(resources?.limits ?? {}).length === 0;
    if (named < 2 && !mayBeSilent) isGuaranteed = false;
  }
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  if (!isGuaranteed || requests.size !== limits.size) return 'Burstable';
  for (const [name, amount] of requests) if (limits.get(name) !== amount) return 'Burstable';
  return 'Guaranteed';
}

function partsOf(spec: PodSpec): readonly (ResourceRequirements | undefined)[] {
  if (spec.resources) return [spec.resources];
  return [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ resources }) => resources);
}

const counted = ['cpu', 'memory'];

/** Adds what is more than nothing; answers with how many of the two were. */
function addTo(sums: Map<string, bigint>, amounts: Readonly<Record<string, string>> | undefined): number {
  let named = 0;
  for (const name of counted) {
    const text = amounts?.[name];
    const amount = text === undefined ? 0n : parseQuantity(text).nano;
    if (amount <= 0n) continue;
    named++;
    sums.set(name, (sums.get(name) ?? 0n) + amount);
  }
  return named;
}
