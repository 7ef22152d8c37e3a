import type { Pod, PodCondition } from '../../api/generated/types.ts';
import { jsonEqual } from '../../api/json.ts';

/**
 * Puts a condition into a pod's status, in the place of the one of its type. Same object when nothing changes.
 * Upstream: pkg/api/v1/pod/util.go UpdatePodCondition
 */
export function withPodCondition(pod: Pod, condition: PodCondition): Pod {
  const conditions = pod.status.conditions ?? [];
  const old = conditions.find(({ type }) => type === condition.type);
  const next =
    old?.status === condition.status ? { ...condition, lastTransitionTime: old.lastTransitionTime } : condition;
  if (old && jsonEqual({ ...old, lastProbeTime: undefined }, { ...next, lastProbeTime: undefined })) return pod;
  const others = old ? conditions.map((other) => (other === old ? next : other)) : [...conditions, next];
  return { ...pod, status: { ...pod.status, conditions: others } };
}
