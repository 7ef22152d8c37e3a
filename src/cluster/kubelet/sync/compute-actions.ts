/**
 * What has to be done so that a pod's containers become what its spec wants. Pure.
 * Upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions, kuberuntime_container.go computeInitContainerActions
 */
import type { Container, Pod } from '../../../api/generated/types.ts';
import type { ContainerRecord, PodRecord } from '../runtime/container-record.ts';
import { isSidecar, shouldRestart, shouldStart } from './restart-policy.ts';

export interface ContainerToKill {
  readonly name: string;
  readonly message: string;
  /** The probe whose own grace period counts. */
  readonly probe?: 'liveness' | 'startup';
}

export interface PodActions {
  readonly createSandbox: boolean;
  /** Nothing is left to run: stop what still does, and the sandbox. */
  readonly killPod: boolean;
  readonly toKill: readonly ContainerToKill[];
  readonly initToStart: readonly Container[];
  readonly toStart: readonly Container[];
}

export interface ActionInput {
  readonly pod: Pod;
  readonly runtime: PodRecord;
  /** The probe that has given up on a running container. */
  readonly failedProbe: (record: ContainerRecord) => 'liveness' | 'startup' | undefined;
  readonly isStarted: (container: Container, record: ContainerRecord) => boolean;
}

const nothing: PodActions = { createSandbox: false, killPod: false, toKill: [], initToStart: [], toStart: [] };

export function computeActions(input: ActionInput): PodActions {
  const { pod, runtime } = input;
  if (runtime.podIP === undefined) return withNewSandbox(input);
  const init = initActions(input);
  const guests = ephemeralToStart(input);
  if (!init.isInitialized) return { ...nothing, ...init, toStart: init.killPod ? [] : guests };

  const toKill = [...init.toKill];
  const toStart: Container[] = [];
  let kept = 0;
  for (const container of pod.spec.containers) {
    const record = runtime.latest(container.name);
    if (record?.state !== 'running') {
      if (shouldStart(container, pod, record)) toStart.push(container);
      continue;
    }
    const kill = reasonToKill(container, record, input);
    if (!kill) {
      kept++;
      continue;
    }
    toKill.push(kill.kill);
    if (kill.isRestarted) toStart.push(container);
  }
  const killPod = kept === 0 && toStart.length === 0;
  return {
    createSandbox: false,
    killPod,
    toKill,
    initToStart: killPod ? [] : init.initToStart,
    toStart: killPod ? [] : [...guests, ...toStart],
  };
}

/** Ephemeral containers run once, beside whatever else the pod does. */
function ephemeralToStart({ pod, runtime }: ActionInput): readonly Container[] {
  const all = (pod.spec.ephemeralContainers ?? []) as readonly Container[];
  return all.filter(({ name }) => runtime.latest(name) === undefined);
}

/** Everything begins anew, except what has succeeded and need not run again. */
function withNewSandbox({ pod, runtime }: ActionInput): PodActions {
  const isWanted = (container: Container) => {
    const record = runtime.latest(container.name);
    return !record || shouldRestart(container, pod, record.exitCode);
  };
  const toStart = pod.spec.containers.filter(isWanted);
  if (toStart.length === 0) return { ...nothing, killPod: true };
  const first = pod.spec.initContainers?.[0];
  return first
    ? { ...nothing, createSandbox: true, initToStart: [first] }
    : { ...nothing, createSandbox: true, toStart };
}

interface InitActions {
  readonly isInitialized: boolean;
  readonly killPod: boolean;
  readonly initToStart: readonly Container[];
  readonly toKill: readonly ContainerToKill[];
}

/** Init containers run one after the other; sidecars among them only have to have started. */
function initActions(input: ActionInput): InitActions {
  const { pod, runtime, isStarted } = input;
  const initToStart: Container[] = [];
  const toKill: ContainerToKill[] = [];
  const hasMain = pod.spec.containers.some(({ name }) => runtime.latest(name) !== undefined);
  const pending = () => ({ isInitialized: false, killPod: false, initToStart, toKill });
  for (const container of pod.spec.initContainers ?? []) {
    const record = runtime.latest(container.name);
    if (!isSidecar(container)) {
      if (hasMain) continue;
      if (record?.state === 'running') return pending();
      if (record?.state === 'exited' && record.exitCode === 0) continue;
      if (record?.state === 'exited' && !shouldRestart(container, pod, record.exitCode)) {
        return { isInitialized: false, killPod: true, initToStart: [], toKill };
      }
      initToStart.push(container);
      return pending();
    }
    if (record?.state !== 'running') {
      initToStart.push(container);
      if (hasMain) continue;
      return pending();
    }
    const kill = reasonToKill(container, record, input);
    if (kill) {
      toKill.push(kill.kill);
      initToStart.push(container);
    }
    if (!hasMain && (kill || !isStarted(container, record))) return pending();
  }
  return { isInitialized: true, killPod: false, initToStart, toKill };
}

function reasonToKill(
  container: Container,
  record: ContainerRecord,
  { pod, failedProbe }: ActionInput,
): { readonly kill: ContainerToKill; readonly isRestarted: boolean } | undefined {
  const { name } = container;
  if (record.requestedImage !== container.image) {
    return { kill: { name, message: `Container ${name} definition changed, will be restarted` }, isRestarted: true };
  }
  const probe = failedProbe(record);
  if (!probe) return undefined;
  // What a probe kills counts as failed, whatever its exit code will be.
  const isRestarted = (container.restartPolicy ?? pod.spec.restartPolicy) !== 'Never';
  const message = `Container ${name} failed ${probe} probe${isRestarted ? ', will be restarted' : ''}`;
  return { kill: { name, message, probe }, isRestarted };
}
