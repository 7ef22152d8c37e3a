/**
 * Ends one container: preStop, the stop signal, and after the grace period SIGKILL.
 * Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer
 */
import { waitFor, type Routine } from '../../../kernel/index.ts';
import type { Container as ContainerSpec } from '../../../api/generated/types.ts';
import type { PodState } from '../pod-state.ts';
import type { Container } from '../runtime/container.ts';
import { withTimeout } from '../task.ts';
import { leastGraceMs } from '../timing.ts';
import { runHook } from './run-hook.ts';

export interface StopOptions {
  /** The event's text; `Stopping container x` when absent. */
  readonly message?: string;
  /** How long it may take from its beginning; may become shorter meanwhile. */
  readonly graceMs: () => number;
}

export function* stopContainer(
  state: PodState,
  spec: ContainerSpec | undefined,
  container: Container,
  { message, graceMs }: StopOptions,
): Routine<void> {
  if (container.state !== 'running') return;
  const { clock } = state.parts;
  state.record('Normal', 'Killing', message ?? `Stopping container ${container.name}`, spec);
  const startMs = clock.nowMs;
  if (spec?.lifecycle?.preStop && graceMs() > 0) yield* runPreStop(state, spec, container, graceMs());
  if (container.state !== 'running') return;
  container.signal();
  const signalledMs = clock.nowMs;
  // The hook's time counts, but a container always gets a moment to react; without any grace it is killed at once.
  const untilMs = () => {
    const grace = graceMs();
    return grace === 0 ? clock.nowMs : Math.max(startMs + grace, signalledMs + leastGraceMs);
  };
  yield* waitForEnd(state, container, untilMs);
}

function* runPreStop(state: PodState, spec: ContainerSpec, container: Container, graceMs: number): Routine<void> {
  const { clock, network, node } = state.parts;
  const label = state.label('preStop hook');
  const target = { clock, label, network, nodeName: node.name, podIP: state.runtime.podIP ?? '', spec, container };
  const outcome = yield* withTimeout(clock, graceMs, label, runHook(spec.lifecycle!.preStop!, target));
  if (outcome === false) state.record('Warning', 'FailedPreStopHook', 'PreStopHook failed', spec);
}

/** Waits until the container has ended; kills it when its time is up. */
function* waitForEnd(state: PodState, container: Container, untilMs: () => number): Routine<void> {
  const { clock } = state.parts;
  yield* waitFor<void>((resume) => {
    let cancel = () => {};
    const arm = () => {
      cancel();
      const leftMs = Math.max(0, untilMs() - clock.nowMs);
      cancel = clock.schedule(leftMs, state.label('kill container'), () => container.signal('SIGKILL'));
    };
    arm();
    const unsubscribe = state.onGraceChange(arm);
    container.onExit(() => {
      cancel();
      unsubscribe();
      resume();
    });
    return () => {
      cancel();
      unsubscribe();
    };
  });
}
