/**
 * Ends all containers of a pod: the main ones together, then the sidecars, the last one first.
 * Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go killContainersWithSyncResult, kuberuntime_termination_order.go,
 * pkg/kubelet/pod_workers.go calculateEffectiveGracePeriod
 */
import { waitFor, type Routine } from '../../../kernel/index.ts';
import type { Pod } from '../../../api/generated/types.ts';
import type { PodState } from '../pod-state.ts';
import type { Container } from '../runtime/container.ts';
import { isSidecar } from '../sync/restart-policy.ts';
import { Task } from '../task.ts';
import { stopContainer } from './stop-container.ts';

export function* endPod(state: PodState): Routine<void> {
  const { clock } = state.parts;
  const startMs = clock.nowMs;
  const graceMs = () => Math.max(0, startMs + podGraceMs(state) - clock.nowMs);
  const sidecars = (state.pod.spec.initContainers ?? []).filter(isSidecar).map(({ name }) => name);
  const running = state.runtime.running;
  yield* stopTogether(
    state,
    running.filter(({ name }) => !sidecars.includes(name)),
    () => podGraceMs(state),
  );
  for (const name of sidecars.toReversed()) {
    const container = state.runtime.latest(name);
    if (container) yield* stopContainer(state, state.specOf(name), container, { graceMs });
  }
}

function podGraceMs({ pod }: PodState): number {
  return graceSecondsOf(pod) * 1000;
}

/** What the API says, or where it says nothing or 0 (deleted by force) what the pod wants; a second at least. */
export function graceSecondsOf({ metadata, spec }: Pod): number {
  return Math.max(1, metadata.deletionGracePeriodSeconds || (spec.terminationGracePeriodSeconds ?? 30));
}

function* stopTogether(state: PodState, containers: readonly Container[], graceMs: () => number): Routine<void> {
  if (containers.length === 0) return;
  if (containers.length === 1) {
    return yield* stopContainer(state, state.specOf(containers[0]!.name), containers[0]!, { graceMs });
  }
  yield* waitFor<void>((resume) => {
    let left = containers.length;
    const tasks = containers.map(
      (container) =>
        new Task(
          state.parts.clock,
          state.label('stop container'),
          stopContainer(state, state.specOf(container.name), container, { graceMs }),
          () => {
            if (--left === 0) resume();
          },
        ),
    );
    return () => {
      for (const task of tasks) task.cancel();
    };
  });
}
