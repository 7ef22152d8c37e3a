/**
 * The whole status of a pod, computed anew from what the runtime says.
 * Upstream: pkg/kubelet/kubelet_pods.go generateAPIPodStatus
 */
import { rfc3339 } from '../../../api/time.ts';
import type { ContainerStatus, Pod, PodCondition, PodStatus } from '../../../api/generated/types.ts';
import type { PodRecord } from '../runtime/container-record.ts';
import { conditionsOf, kubeletConditions, type ConditionDraft } from './conditions.ts';
import { containerStatusesOf, ephemeralStatusesOf, type Readiness, type StartProblem } from './container-statuses.ts';
import { phaseOf, type PodPhase } from './phase.ts';
import { qosClassOf } from './qos-class.ts';

export interface PodStatusInput {
  readonly pod: Pod;
  /** What was written last. */
  readonly previous: PodStatus;
  readonly runtime: PodRecord;
  readonly problems: ReadonlyMap<string, StartProblem>;
  readonly readiness: Readiness;
  readonly hostIP: string;
  readonly nowMs: number;
  /** The pod is being shut down: nothing will be restarted. */
  readonly isTerminal: boolean;
  /** The kubelet itself has ended the pod (deadline, eviction). */
  readonly verdict?: { readonly reason: string; readonly message: string };
}

export function podStatusOf(input: PodStatusInput): PodStatus {
  const { pod, previous, runtime, hostIP, nowMs, verdict } = input;
  const containerStatuses = containerStatusesOf(pod.spec.containers, input);
  const initContainerStatuses = containerStatusesOf(pod.spec.initContainers ?? [], input);
  const ephemeralContainerStatuses = ephemeralStatusesOf(pod, input);
  const statuses = new Map([...initContainerStatuses, ...containerStatuses].map((each) => [each.name, each]));
  const phase = finalPhase(input, statuses);
  const foreign = (pod.status.conditions ?? []).filter(({ type }) => !kubeletConditions.includes(type));
  const drafts = conditionsOf({ pod, phase, statuses, hasSandbox: runtime.podIP !== undefined, foreign });
  const keepsReason = phase === previous.phase;
  const reason = verdict?.reason ?? (keepsReason ? previous.reason : undefined);
  const message = verdict?.message ?? (keepsReason ? previous.message : undefined);
  // A pod that has lost its sandbox is still remembered by its address.
  const podIP = runtime.podIP ?? previous.podIP ?? (pod.spec.hostNetwork ? hostIP : undefined);
  return {
    conditions: [...foreign, ...drafts.map((draft) => completed(draft, input))],
    containerStatuses,
    ...(ephemeralContainerStatuses && { ephemeralContainerStatuses }),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(initContainerStatuses.length > 0 && { initContainerStatuses }),
    ...(message && { message }),
    ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    phase,
    ...(podIP !== undefined && { podIP, podIPs: [{ ip: podIP }] }),
    qosClass: previous.qosClass ?? qosClassOf(pod),
    ...(reason && { reason }),
    startTime: previous.startTime ?? rfc3339(nowMs),
  };
}

function finalPhase(input: PodStatusInput, statuses: ReadonlyMap<string, ContainerStatus>): PodPhase {
  const { pod, previous, isTerminal, verdict } = input;
  if (verdict) return 'Failed';
  // Nobody comes back from the end.
  for (const { phase } of [pod.status, previous]) if (phase === 'Succeeded' || phase === 'Failed') return phase;
  const hasInitialized = pod.spec.containers.some(({ name }) => {
    const state = statuses.get(name)?.state;
    return state?.running !== undefined || state?.terminated !== undefined;
  });
  return phaseOf({ pod, statuses, isTerminal, hasInitialized });
}

/** The time of a condition is that of its last change. */
function completed(draft: ConditionDraft, { pod, previous, nowMs }: PodStatusInput): PodCondition {
  const known =
    previous.conditions?.find(({ type }) => type === draft.type) ??
    pod.status.conditions?.find(({ type }) => type === draft.type);
  const isSame = known?.status === draft.status && known.lastTransitionTime !== undefined;
  return {
    lastTransitionTime: isSame ? known.lastTransitionTime! : rfc3339(nowMs),
    ...(draft.message && { message: draft.message }),
    ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    ...(draft.reason && { reason: draft.reason }),
    status: draft.status,
    type: draft.type,
  };
}
