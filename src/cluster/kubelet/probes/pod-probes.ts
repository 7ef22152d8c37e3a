/**
 * All probes of a pod, and what follows from them.
 * Upstream: pkg/kubelet/prober/prober_manager.go
 */
import type { Container as ContainerSpec, Pod, Probe } from '../../../api/generated/types.ts';
import type { Container } from '../runtime/container.ts';
import type { ContainerRecord } from '../runtime/container-record.ts';
import type { PodRuntime } from '../runtime/pod-runtime.ts';
import type { Readiness } from '../status/container-statuses.ts';
import { isSidecar } from '../sync/restart-policy.ts';
import { ProbeWorker, type ProbeType } from './probe-worker.ts';
import type { ProbeResult, ProbeTarget } from './run-probe.ts';

export interface PodProbesParts {
  readonly pod: Pod;
  readonly nowMs: number;
  readonly target: (type: ProbeType, spec: ContainerSpec, container: Container) => ProbeTarget;
  readonly onAttempt: (type: ProbeType, spec: ContainerSpec, container: Container, result: ProbeResult) => void;
  readonly onChange: () => void;
}

type Workers = Partial<Record<ProbeType, ProbeWorker>>;

export class PodProbes implements Readiness {
  readonly #workers = new Map<string, Workers>();

  constructor(parts: PodProbesParts) {
    const { spec } = parts.pod;
    for (const container of [...(spec.initContainers ?? []).filter(isSidecar), ...spec.containers]) {
      const { startupProbe, livenessProbe, readinessProbe } = container;
      const make = (type: ProbeType, probe: Probe | undefined) =>
        probe && { [type]: new ProbeWorker(workerParts(parts, type, probe, container)) };
      const workers: Workers = {
        ...make('startup', startupProbe),
        ...make('liveness', livenessProbe),
        ...make('readiness', readinessProbe),
      };
      if (Object.keys(workers).length > 0) this.#workers.set(container.name, workers);
    }
  }

  get isEmpty(): boolean {
    return this.#workers.size === 0;
  }

  isStarted(container: ContainerSpec, record: ContainerRecord): boolean {
    return this.#workers.get(container.name)?.startup?.holdsFor(record) ?? true;
  }

  isReady(container: ContainerSpec, record: ContainerRecord): boolean {
    return this.#workers.get(container.name)?.readiness?.holdsFor(record) ?? true;
  }

  failedProbe(record: ContainerRecord): 'liveness' | 'startup' | undefined {
    const workers = this.#workers.get(record.name);
    if (workers?.startup?.hasFailed(record)) return 'startup';
    return workers?.liveness?.hasFailed(record) ? 'liveness' : undefined;
  }

  /** The kubelet has seen what runs: probes what is new, the others only once a container has started. */
  observe(runtime: PodRuntime): void {
    for (const [name, { startup, liveness, readiness }] of this.#workers) {
      const container = runtime.latest(name);
      if (container?.state !== 'running') continue;
      startup?.begin(container);
      if (startup && !startup.holdsFor(container)) continue;
      liveness?.begin(container);
      if (!readiness) continue;
      readiness.begin(container);
      if (!readiness.holdsFor(container) && !readiness.hasFailed(container)) readiness.hurry();
    }
  }

  /** The pod is being shut down: nobody must be killed for being slow, and nobody becomes ready any more. */
  stop(types: readonly ProbeType[] = ['startup', 'liveness', 'readiness']): void {
    for (const workers of this.#workers.values()) for (const type of types) workers[type]?.stop();
  }
}

function workerParts(parts: PodProbesParts, type: ProbeType, probe: Probe, spec: ContainerSpec) {
  return {
    type,
    probe,
    spec,
    baseMs: parts.nowMs,
    target: (container: Container) => parts.target(type, spec, container),
    onAttempt: (container: Container, result: ProbeResult) => parts.onAttempt(type, spec, container, result),
    onChange: parts.onChange,
  };
}
