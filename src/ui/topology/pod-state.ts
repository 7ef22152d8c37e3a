import type { ContainerStatus, Pod } from '../../api/generated/types.ts';

/** What a pod is going through, in the words the map uses. Each has its own shape and colour. */
export type PodState =
  | 'pending'
  | 'creating'
  | 'starting'
  | 'ready'
  | 'terminating'
  | 'crashing'
  | 'blocked'
  | 'failed'
  | 'succeeded'
  | 'unknown';

export const podStateTitles: Readonly<Record<PodState, string>> = {
  pending: 'Pending: no node yet',
  creating: 'Creating: pulling images and preparing',
  starting: 'Running, not ready',
  ready: 'Ready',
  terminating: 'Terminating',
  crashing: 'Crashing: restarted with back-off',
  blocked: 'Cannot start: image or configuration',
  failed: 'Failed',
  succeeded: 'Succeeded',
  unknown: 'Unknown: its node does not answer',
};

/** Worst first: which state a summary shows when there is room for one only. */
export const podStates: readonly PodState[] = [
  'crashing',
  'failed',
  'blocked',
  'unknown',
  'pending',
  'creating',
  'starting',
  'terminating',
  'ready',
  'succeeded',
];

/** Reasons of a waiting container that no amount of waiting alone will cure. */
const blockedReasons = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

export interface PodSituation {
  readonly state: PodState;
  /** As `kubectl get pods` has it in its STATUS column. */
  readonly reason: string;
}

/**
 * Upstream: pkg/printers/internalversion/printers.go (printPod), which words the same facts as a column.
 */
export function situationOf(pod: Pod): PodSituation {
  const { phase = 'Pending', reason } = pod.status;
  if (pod.metadata.deletionTimestamp) {
    return reason === 'NodeLost'
      ? { state: 'unknown', reason: 'Unknown' }
      : { state: 'terminating', reason: 'Terminating' };
  }
  if (phase === 'Succeeded') return { state: 'succeeded', reason: 'Completed' };
  if (phase === 'Failed') return { state: 'failed', reason: reason ?? terminatedReason(pod) ?? 'Failed' };
  if (phase === 'Unknown') return { state: 'unknown', reason: 'Unknown' };
  if (!pod.spec.nodeName) {
    const gated = (pod.spec.schedulingGates?.length ?? 0) > 0;
    return { state: 'pending', reason: gated ? 'SchedulingGated' : 'Pending' };
  }

  const init = situationOfInit(pod);
  if (init) return init;

  const statuses = pod.status.containerStatuses ?? [];
  for (const { state } of statuses) {
    const waiting = state?.waiting?.reason;
    if (waiting === 'CrashLoopBackOff') return { state: 'crashing', reason: waiting };
    if (waiting && blockedReasons.has(waiting)) return { state: 'blocked', reason: waiting };
  }
  // An exit that is about to be answered by a restart.
  const ended = statuses.find(({ state }) => state?.terminated && state.terminated.exitCode !== 0);
  if (ended) return { state: 'crashing', reason: ended.state?.terminated?.reason ?? 'Error' };
  if (phase === 'Pending') return { state: 'creating', reason: waitingReason(statuses) ?? 'ContainerCreating' };

  const condition = pod.status.conditions?.find(({ type }) => type === 'Ready');
  if (condition?.status === 'True') return { state: 'ready', reason: 'Running' };
  return condition?.reason === 'NodeStatusUnknown' || reason === 'NodeLost'
    ? { state: 'unknown', reason: 'Unknown' }
    : { state: 'starting', reason: 'Running' };
}

function situationOfInit(pod: Pod): PodSituation | undefined {
  const total = pod.spec.initContainers?.length ?? 0;
  const statuses = pod.status.initContainerStatuses ?? [];
  const isSidecar = (name: string) => pod.spec.initContainers?.find((c) => c.name === name)?.restartPolicy === 'Always';
  for (const [index, { name, state, started }] of statuses.entries()) {
    if (state?.terminated?.exitCode === 0 || (isSidecar(name) && started)) continue;
    const waiting = state?.waiting?.reason;
    if (waiting === 'CrashLoopBackOff' || state?.terminated) {
      return { state: 'crashing', reason: `Init:${waiting ?? state?.terminated?.reason ?? 'Error'}` };
    }
    if (waiting && blockedReasons.has(waiting)) return { state: 'blocked', reason: `Init:${waiting}` };
    return { state: 'creating', reason: `Init:${index}/${total}` };
  }
  return undefined;
}

const waitingReason = (statuses: readonly ContainerStatus[]): string | undefined =>
  statuses.map(({ state }) => state?.waiting?.reason).find(Boolean);

const terminatedReason = (pod: Pod): string | undefined =>
  pod.status.containerStatuses?.map(({ state }) => state?.terminated?.reason).find(Boolean);

export const restartsOf = (pod: Pod): number =>
  (pod.status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
