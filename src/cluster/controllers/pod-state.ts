import type { Pod, PodCondition } from '../../api/generated/types.ts';
import { parseRfc3339 } from '../../api/time.ts';

/** What controllers ask of a pod. Upstream: pkg/api/v1/pod/util.go, pkg/controller/controller_utils.go */

/** All its containers have ended for good. */
export function isPodTerminal(pod: Pod): boolean {
  return pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded';
}

/** Runs, or is still going to. */
export function isPodActive(pod: Pod): boolean {
  return !isPodTerminal(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** Has been told to stop and has not stopped yet. */
export function isPodTerminating(pod: Pod): boolean {
  return !isPodTerminal(pod) && pod.metadata.deletionTimestamp !== undefined;
}

export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  return pod.status.conditions?.find((condition) => condition.type === type);
}

export function isPodReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True';
}

/** Since when it has been ready without a break; undefined when it is not. */
export function readySinceMs(pod: Pod): number | undefined {
  const condition = podCondition(pod, 'Ready');
  if (condition?.status !== 'True' || condition.lastTransitionTime === undefined) return undefined;
  return parseRfc3339(condition.lastTransitionTime);
}
