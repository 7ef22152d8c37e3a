/**
 * Brings one container to life: back-off, image, configuration, creation, start, postStart.
 * Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer, kuberuntime_manager.go doBackOff
 */
import type { Routine } from '../../../kernel/index.ts';
import { formatGoDuration } from '../../../api/duration.ts';
import type { Container as ContainerSpec } from '../../../api/generated/types.ts';
import { ConfigError } from '../environment/config-source.ts';
import { ensureImage } from '../images/image-puller.ts';
import type { PodState } from '../pod-state.ts';
import { Container, type ContainerConfig } from '../runtime/container.ts';
import { pause } from '../task.ts';
import { timing } from '../timing.ts';
import { containerConfigOf, listensOn } from './container-config.ts';
import { runHook } from './run-hook.ts';
import { stopContainer } from './stop-container.ts';

export interface StartFailure {
  readonly reason: string;
  readonly message: string;
  /** When a back-off ends; other failures are tried again after the usual time. */
  readonly retryMs?: number;
}

/** Undefined when it runs. */
export function* startContainer(state: PodState, spec: ContainerSpec): Routine<StartFailure | undefined> {
  const waiting = backOffFor(state, spec);
  if (waiting) return waiting;
  const { clock, images } = state.parts;
  const outcome = yield* ensureImage(images, {
    container: spec,
    listensOn: listensOn(spec),
    subject: `pods/${state.key}`,
    backOff: state.pullBackOff,
    lastErrors: () => state.lastPullErrors,
    nowMs: () => clock.nowMs,
    record: (type, reason, message) => state.record(type, reason, message, spec),
  });
  if (!('image' in outcome)) {
    state.record('Warning', 'Failed', `Error: ${outcome.reason}`, spec);
    return outcome;
  }
  let config: ContainerConfig;
  try {
    config = containerConfigOf(state, spec, outcome.image);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    state.record('Warning', 'Failed', `Error: ${error.message}`, spec);
    return { reason: 'CreateContainerConfigError', message: error.message };
  }
  return yield* createAndStart(state, spec, config);
}

function* createAndStart(
  state: PodState,
  spec: ContainerSpec,
  config: ContainerConfig,
): Routine<StartFailure | undefined> {
  const { clock, random, context, pleg } = state.parts;
  yield* pause(clock, timing.createContainer(random), state.label('create container'));
  const container = new Container(config, { clock, random, podName: state.key });
  state.runtime.add(container);
  pleg.mark(state.worker!);
  state.record('Normal', 'Created', 'Container created', spec);
  yield* pause(clock, timing.startContainer(random), state.label('start container'));
  const problem = container.start();
  pleg.mark(state.worker!);
  if (problem !== undefined) {
    state.record('Warning', 'Failed', `Error: ${problem}`, spec);
    return { reason: 'RunContainerError', message: problem };
  }
  state.record('Normal', 'Started', 'Container started', spec);
  const place = { type: 'pod', name: state.key } as const;
  const subject = `pods/${state.key}`;
  const times = { sentMs: clock.nowMs, arrivesMs: clock.nowMs };
  const startId = context.trace.record({
    kind: 'start',
    ...times,
    from: context.place,
    to: place,
    verb: `start ${spec.name}`,
    subject,
  });
  container.onExit(() => state.worker?.containerExited(container, startId));
  return yield* runPostStart(state, spec, container);
}

function* runPostStart(state: PodState, spec: ContainerSpec, container: Container): Routine<StartFailure | undefined> {
  const handler = spec.lifecycle?.postStart;
  if (!handler || container.state !== 'running') return undefined;
  const { clock, network, node } = state.parts;
  const target = {
    clock,
    label: state.label('postStart hook'),
    network,
    nodeName: node.name,
    podIP: state.runtime.podIP ?? '',
    spec,
    container,
  };
  if (yield* runHook(handler, target)) return undefined;
  state.record('Warning', 'FailedPostStartHook', 'PostStartHook failed', spec);
  yield* stopContainer(state, spec, container, { message: 'FailedPostStartHook', graceMs: graceOf(state) });
  return { reason: 'PostStartHookError', message: '' };
}

function graceOf({ pod }: PodState): () => number {
  return () => (pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
}

/** A container that has failed before waits before it is started again, longer each time. */
function backOffFor(state: PodState, spec: ContainerSpec): StartFailure | undefined {
  const last = state.runtime.latest(spec.name);
  if (last?.state !== 'exited') return undefined;
  const { nowMs } = state.parts.clock;
  const key = `${spec.name} ${spec.image}`;
  const retryMs = state.crashBackOff.untilMs(key, last.finishedMs);
  if (retryMs <= nowMs) {
    state.crashBackOff.next(key, last.finishedMs, nowMs);
    return undefined;
  }
  const pod = state.description;
  state.record('Warning', 'BackOff', `Back-off restarting failed container ${spec.name} in pod ${pod}`, spec);
  const delay = formatGoDuration(state.crashBackOff.delayMs(key));
  const message = `back-off ${delay} restarting failed container=${spec.name} pod=${pod}`;
  return { reason: 'CrashLoopBackOff', message, retryMs };
}
