/**
 * What the API says of each container, from what the runtime says.
 * Upstream: pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses, pkg/kubelet/prober/prober_manager.go UpdatePodStatus
 */
import { rfc3339 } from '../../../api/time.ts';
import type {
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  VolumeMountStatus,
} from '../../../api/generated/types.ts';
import type { ContainerRecord, PodRecord } from '../runtime/container-record.ts';
import { isSidecar, shouldStart } from '../sync/restart-policy.ts';

/** Why the last attempt to start a container failed. */
export interface StartProblem {
  readonly reason: string;
  readonly message: string;
}

export interface Readiness {
  isStarted(container: Container, record: ContainerRecord): boolean;
  isReady(container: Container, record: ContainerRecord): boolean;
}

export interface ContainerStatusInput {
  readonly pod: Pod;
  readonly runtime: PodRecord;
  readonly problems: ReadonlyMap<string, StartProblem>;
  readonly readiness: Readiness;
}

export function containerStatusesOf(
  containers: readonly Container[],
  input: ContainerStatusInput,
): readonly ContainerStatus[] {
  return containers.map((container) => statusOf(container, input));
}

/** Nobody waits for ephemeral containers: they are never ready. */
export function ephemeralStatusesOf(
  { spec }: Pod,
  input: ContainerStatusInput,
): readonly ContainerStatus[] | undefined {
  if (!spec.ephemeralContainers?.length) return undefined;
  const statuses = containerStatusesOf(spec.ephemeralContainers as readonly Container[], input);
  return statuses.map(({ started: _started, ...status }) => ({ ...status, ready: false }));
}

function statusOf(container: Container, { pod, runtime, problems, readiness }: ContainerStatusInput): ContainerStatus {
  const record = runtime.latest(container.name);
  const previous = runtime.previous(container.name);
  const hasInit = (pod.spec.initContainers?.length ?? 0) > 0;
  const waiting: ContainerState = { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } };
  let state = record ? stateOf(record) : waiting;
  let lastState: ContainerState = previous ? stateOf(previous) : {};

  const problem = problems.get(container.name);
  const isInit = pod.spec.initContainers?.includes(container) ?? false;
  const isDone = isInit && record?.state === 'exited' && record.exitCode === 0 && !isSidecar(container);
  if (problem && !isDone && shouldStart(container, pod, record)) {
    if (state.terminated) lastState = state;
    state = { waiting: { reason: problem.reason, ...(problem.message && { message: problem.message }) } };
  }
  const isStarted = record?.state === 'running' && readiness.isStarted(container, record);
  // Own fields first: what begins with a spread gets a hidden class for each container.
  return {
    image: record?.image ?? container.image ?? '',
    imageID: record?.imageID ?? '',
    lastState,
    name: container.name,
    ready: isInit && !isSidecar(container) ? isDone : isStarted && readiness.isReady(container, record),
    restartCount: record?.attempt ?? 0,
    // Init containers that have ended are no longer started.
    started: isStarted,
    state,
    ...(record && { containerID: `containerd://${record.id}`, user: userOf(record) }),
    ...(record && resourcesOf(container)),
    ...mountsOf(container),
  };
}

function stateOf(record: ContainerRecord): ContainerState {
  if (record.state === 'created') return { waiting: {} };
  if (record.state === 'running') return { running: { startedAt: rfc3339(record.startedMs) } };
  const { reason, message, exitCode } = record;
  return {
    terminated: {
      containerID: `containerd://${record.id}`,
      exitCode,
      finishedAt: rfc3339(record.finishedMs),
      ...(message && { message }),
      ...(reason && { reason }),
      startedAt: rfc3339(record.startedMs),
    },
  };
}

function resourcesOf({ resources }: Container): Pick<ContainerStatus, 'allocatedResources' | 'resources'> {
  return { ...(resources?.requests && { allocatedResources: resources.requests }), resources: resources ?? {} };
}

function userOf({ user }: ContainerRecord): ContainerStatus['user'] {
  return { linux: { gid: user.gid, supplementalGroups: user.groups, uid: user.uid } };
}

const mountStatuses = new WeakMap<Container, Pick<ContainerStatus, 'volumeMounts'>>();

/** Depends on the spec alone, so it is made once for each. */
function mountsOf(container: Container): Pick<ContainerStatus, 'volumeMounts'> {
  let known = mountStatuses.get(container);
  if (!known) mountStatuses.set(container, (known = makeMounts(container)));
  return known;
}

function makeMounts({ volumeMounts }: Container): Pick<ContainerStatus, 'volumeMounts'> {
  if (!volumeMounts || volumeMounts.length === 0) return {};
  return {
    volumeMounts: volumeMounts.map(({ mountPath, name, readOnly }): VolumeMountStatus => ({
      mountPath,
      name,
      ...(readOnly && { readOnly, recursiveReadOnly: 'Disabled' }),
    })),
  };
}
