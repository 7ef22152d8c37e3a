/**
 * Pending, Running, Succeeded or Failed.
 * Upstream: pkg/kubelet/kubelet_pods.go getPhase
 */
import type { Container, ContainerStatus, Pod } from '../../../api/generated/types.ts';
import { isSidecar, shouldRestart } from '../sync/restart-policy.ts';

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

export interface PhaseInput {
  readonly pod: Pod;
  /** By container name, init containers included. */
  readonly statuses: ReadonlyMap<string, ContainerStatus>;
  /** The pod is being shut down: nothing will be restarted. */
  readonly isTerminal: boolean;
  readonly hasInitialized: boolean;
}

export function phaseOf({ pod, statuses, isTerminal, hasInitialized }: PhaseInput): PodPhase {
  const initContainers = pod.spec.initContainers ?? [];
  const init = countInit(
    pod,
    initContainers.filter((each) => !isSidecar(each)),
    statuses,
  );
  const sidecars = countSidecars(initContainers.filter(isSidecar), statuses);
  const main = countMain(pod, statuses);
  if (init.failedForGood > 0) return 'Failed';
  if (init.pending > 0 || (sidecars.pending > 0 && !hasInitialized)) return 'Pending';
  if (sidecars.waiting + main.waiting > 0) return 'Pending';
  const running = sidecars.running + main.running;
  const unknown = sidecars.unknown + main.unknown;
  if (unknown > 0) return 'Pending';
  if (running > 0) return 'Running';
  if (main.stopped === 0) return 'Pending';
  if (!isTerminal && main.stopped !== main.stoppedForGood) return 'Running';
  return main.stopped === main.succeeded ? 'Succeeded' : 'Failed';
}

/** How a container last ended, when it does not run now. */
function lastExit(status: ContainerStatus): number | undefined {
  return (status.state?.terminated ?? status.lastState?.terminated)?.exitCode;
}

function countInit(pod: Pod, containers: readonly Container[], statuses: ReadonlyMap<string, ContainerStatus>) {
  let pending = 0;
  let failedForGood = 0;
  for (const container of containers) {
    const status = statuses.get(container.name);
    const exitCode = status && lastExit(status);
    if (!status || status.state?.running || exitCode === undefined) pending++;
    else if (exitCode !== 0 && !shouldRestart(container, pod, exitCode)) failedForGood++;
  }
  return { pending, failedForGood };
}

function countSidecars(containers: readonly Container[], statuses: ReadonlyMap<string, ContainerStatus>) {
  const counts = { pending: 0, running: 0, waiting: 0, unknown: 0 };
  for (const container of containers) {
    const status = statuses.get(container.name);
    if (!status) counts.unknown++;
    else if (status.state?.running) {
      counts.running++;
      if (!status.started) counts.pending++;
    } else if (status.state?.waiting && !status.lastState?.terminated) {
      counts.pending++;
      counts.waiting++;
    }
  }
  return counts;
}

function countMain(pod: Pod, statuses: ReadonlyMap<string, ContainerStatus>) {
  const counts = { running: 0, waiting: 0, stopped: 0, stoppedForGood: 0, succeeded: 0, unknown: 0 };
  for (const container of pod.spec.containers) {
    const status = statuses.get(container.name);
    if (!status) counts.unknown++;
    else if (status.state?.running) counts.running++;
    else {
      const exitCode = lastExit(status);
      if (exitCode === undefined) {
        counts.waiting++;
        continue;
      }
      counts.stopped++;
      if (!shouldRestart(container, pod, exitCode)) counts.stoppedForGood++;
      if (exitCode === 0 && status.state?.terminated) counts.succeeded++;
    }
  }
  return counts;
}
