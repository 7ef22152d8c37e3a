/**
 * Brings a pod's sandbox and containers one step nearer to what its spec wants.
 * Upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod
 */
import type { Routine } from '../../../kernel/index.ts';
import type { Container as ContainerSpec } from '../../../api/generated/types.ts';
import type { PodState } from '../pod-state.ts';
import type { PodProbes } from '../probes/pod-probes.ts';
import { computeActions, type ContainerToKill } from '../sync/compute-actions.ts';
import { pause } from '../task.ts';
import { timing } from '../timing.ts';
import { startContainer } from './start-container.ts';
import { stopContainer } from './stop-container.ts';

export interface SyncOutcome {
  /** Nothing is left to do for this pod but to end it. */
  readonly isEnded?: boolean;
  /** A container could not be started. */
  readonly isFailed?: boolean;
  /** When the first of the back-offs ends, if it was one. */
  readonly retryMs?: number;
}

export function* syncContainers(state: PodState, probes: PodProbes): Routine<SyncOutcome> {
  const actions = computeActions({
    pod: state.pod,
    runtime: state.runtime,
    failedProbe: (record) => probes.failedProbe(record),
    isStarted: (container, record) => probes.isStarted(container, record),
  });
  if (actions.killPod) {
    // The last container has ended: what still runs beside it has no purpose, and the next look finds the pod done.
    for (const container of state.runtime.running) {
      yield* stopContainer(state, state.specOf(container.name), container, {
        graceMs: () => graceMs(state, undefined),
      });
    }
    return {};
  }
  for (const kill of actions.toKill) yield* stop(state, kill);
  if (actions.createSandbox && !(yield* createSandbox(state))) return { isFailed: true };
  return yield* startAll(state, [...actions.initToStart, ...actions.toStart]);
}

function* startAll(state: PodState, containers: readonly ContainerSpec[]): Routine<SyncOutcome> {
  let isFailed = false;
  let retryMs = Number.POSITIVE_INFINITY;
  for (const container of containers) {
    const failure = yield* startContainer(state, container);
    if (!failure) {
      state.problems.delete(container.name);
      continue;
    }
    state.problems.set(container.name, failure);
    isFailed = true;
    retryMs = Math.min(retryMs, failure.retryMs ?? Number.POSITIVE_INFINITY);
    // The next init container has to wait for this one.
    if (state.pod.spec.initContainers?.includes(container)) break;
  }
  return { isFailed, ...(Number.isFinite(retryMs) && { retryMs }) };
}

function* stop(state: PodState, { name, message, probe }: ContainerToKill): Routine<void> {
  const container = state.runtime.latest(name);
  const spec = state.specOf(name);
  if (!container || !spec) return;
  const own = probe === 'startup' ? spec.startupProbe : probe === 'liveness' ? spec.livenessProbe : undefined;
  yield* stopContainer(state, spec, container, {
    message,
    graceMs: () => graceMs(state, own?.terminationGracePeriodSeconds),
  });
}

function graceMs({ pod }: PodState, own: number | undefined): number {
  return (own ?? pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
}

/** The pause container with the pod's network. */
function* createSandbox(state: PodState): Routine<boolean> {
  const { clock, random, network, node, pleg } = state.parts;
  const { metadata, spec } = state.pod;
  const { runtime } = state;
  if (runtime.sandboxes > 0) {
    state.record('Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  }
  yield* pause(clock, timing.sandbox(random), state.label('create sandbox'));
  const attached = network.attachPod({
    uid: metadata.uid,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    nodeName: node.name,
    hostNetwork: spec.hostNetwork ?? false,
  });
  if (!attached) {
    const why =
      'plugin type="ptp" failed (add): failed to allocate for range 0: no IP addresses available in range set';
    const message = `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: ${why}`;
    state.record('Warning', 'FailedCreatePodSandBox', message);
    return false;
  }
  runtime.network = attached;
  runtime.sandboxes++;
  pleg.mark(state.worker!);
  return true;
}
