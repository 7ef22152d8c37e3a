/**
 * One probe of a container: a request, a connection or a command.
 * Upstream: pkg/kubelet/prober/prober.go, pkg/probe
 * Differs: HTTPS is spoken as HTTP, and gRPC health checks only open the connection.
 */
import { decodeUtf8, type Label, type Routine, type VirtualClock } from '../../../kernel/index.ts';
import { formatGoDuration } from '../../../api/duration.ts';
import { goQuote } from '../../../api/json.ts';
import type { Container as ContainerSpec, Probe } from '../../../api/generated/types.ts';
import type { Network } from '../../network/index.ts';
import { connectErrorTexts, httpGet, probeUserAgent, urlOf } from '../lifecycle/http-get.ts';
import type { Container } from '../runtime/container.ts';
import { runCommand } from '../runtime/start-process.ts';
import { withTimeout } from '../task.ts';

export interface ProbeResult {
  readonly outcome: 'success' | 'failure' | 'unknown';
  readonly output: string;
}

export interface ProbeTarget {
  readonly clock: VirtualClock;
  readonly label: Label;
  readonly network: Network;
  readonly nodeName: string;
  readonly podIP: string;
  readonly spec: ContainerSpec;
  readonly container: Container;
}

const outputLimitBytes = 10 * 1024;

export function* runProbe(probe: Probe, target: ProbeTarget): Routine<ProbeResult> {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.exec) return yield* execProbe(probe.exec.command ?? [], timeoutMs, target);
  if (probe.httpGet) return yield* httpProbe(probe.httpGet, timeoutMs, target);
  if (probe.tcpSocket) {
    return yield* tcpProbe(
      probe.tcpSocket.host || target.podIP,
      portOf(probe.tcpSocket.port, target.spec),
      timeoutMs,
      target,
    );
  }
  if (probe.grpc) return yield* grpcProbe(probe.grpc.port, timeoutMs, target);
  return { outcome: 'unknown', output: `missing probe handler for ${target.spec.name}` };
}

/** A port by number, or by the name that the container gives it. */
export function portOf(port: number | string, { ports }: ContainerSpec): number {
  const named = ports?.find(({ name }) => name === port)?.containerPort;
  return named ?? Number(port);
}

function* execProbe(command: readonly string[], timeoutMs: number, target: ProbeTarget): Routine<ProbeResult> {
  const { clock, label, container } = target;
  const result = yield* withTimeout(clock, timeoutMs, label, runCommand(container, command, outputLimitBytes));
  if (result === 'timeout') {
    const output = `command timed out: ${goQuote(command.join(' '))} timed out after ${formatGoDuration(timeoutMs)}`;
    return { outcome: 'failure', output };
  }
  if ('problem' in result) {
    const output = `rpc error: code = Unknown desc = failed to exec in container: failed to start exec ${goQuote(container.id)}: ${result.problem}`;
    return { outcome: 'unknown', output };
  }
  return { outcome: result.code === 0 ? 'success' : 'failure', output: decodeUtf8(result.output) };
}

function* httpProbe(
  action: NonNullable<Probe['httpGet']>,
  timeoutMs: number,
  target: ProbeTarget,
): Routine<ProbeResult> {
  const { clock, label, network, nodeName } = target;
  const host = action.host || target.podIP;
  const port = portOf(action.port, target.spec);
  const request = { host, port, action, userAgent: probeUserAgent };
  const url = goQuote(urlOf(request));
  const exchange = httpGet(request, () => network.dialFromNode(nodeName, host, port));
  const result = yield* withTimeout(clock, timeoutMs, label, exchange);
  if (result === 'timeout') {
    const output = `Get ${url}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
    return { outcome: 'failure', output };
  }
  if ('error' in result) return { outcome: 'failure', output: `Get ${url}: ${result.error}` };
  if (result.status >= 200 && result.status < 400) return { outcome: 'success', output: result.body };
  return { outcome: 'failure', output: `HTTP probe failed with statuscode: ${result.status}` };
}

function* tcpProbe(
  host: string,
  port: number,
  timeoutMs: number,
  { network, nodeName }: ProbeTarget,
): Routine<ProbeResult> {
  const connection = yield* network.dialFromNode(nodeName, host, port, { timeoutMs });
  if (typeof connection === 'string') {
    return { outcome: 'failure', output: `dial tcp ${host}:${port}: ${connectErrorTexts[connection]}` };
  }
  connection.close();
  return { outcome: 'success', output: '' };
}

function* grpcProbe(port: number, timeoutMs: number, target: ProbeTarget): Routine<ProbeResult> {
  const result = yield* tcpProbe(target.podIP, port, timeoutMs, target);
  if (result.outcome === 'success') return result;
  const service = goQuote(`${target.podIP}:${port}`);
  const within = formatGoDuration(timeoutMs);
  const output = `timeout: failed to connect service ${service} within ${within}: context deadline exceeded`;
  return { outcome: 'failure', output };
}
