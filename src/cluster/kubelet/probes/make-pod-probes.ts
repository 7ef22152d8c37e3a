import type { PodState } from '../pod-state.ts';
import type { Container } from '../runtime/container.ts';
import { PodProbes } from './pod-probes.ts';
import type { ProbeType } from './probe-worker.ts';
import type { ProbeResult } from './run-probe.ts';

const names: Readonly<Record<ProbeType, string>> = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' };

/** The probes of a pod: their traffic, their events and their messages. */
export function makePodProbes(state: PodState, onChange: () => void): PodProbes {
  const { parts } = state;
  const { clock, network, node } = parts;
  return new PodProbes({
    pod: state.pod,
    nowMs: clock.nowMs,
    onChange,
    target: (type, spec, container) => ({
      clock,
      label: state.label(`${type} probe`),
      network,
      nodeName: node.name,
      podIP: state.runtime.podIP ?? '',
      spec,
      container,
    }),
    onAttempt: (type, spec, container, result) => {
      trace(state, type, container, result);
      if (result.outcome === 'success') return;
      const failed = result.outcome === 'failure' ? 'probe failed' : 'probe errored and resulted in unknown state';
      const message = `${names[type]} ${failed}: ${result.output}`;
      state.record('Warning', 'Unhealthy', message, spec);
    },
  });
}

function trace({ parts, key }: PodState, type: ProbeType, container: Container, result: ProbeResult): void {
  const { clock, context } = parts;
  const isRefused = result.outcome !== 'success';
  context.trace.record({
    kind: 'probe',
    sentMs: clock.nowMs,
    arrivesMs: clock.nowMs,
    from: context.place,
    to: { type: 'pod', name: key },
    verb: `${type} probe ${container.name}`,
    subject: `pods/${key}`,
    ...(isRefused && { isRefused, detail: result.output }),
  });
}
