import type { Container, ContainerStatus, Pod, PodCondition } from '../../../../api/generated/types.ts';
import type { TableCell, TableContext } from '../../resource-definition.ts';
import { isSidecar } from '../pod-spec/every-container.ts';
import { ageCell, column, ageColumn, nameColumn, sinceCell } from '../table.ts';

/**
 * `kubectl get pods`, one line of it. STATUS says the most telling thing about the containers, not the phase.
 * Upstream: printPod in pkg/printers/internalversion/printers.go
 */
export const podColumns = [
  nameColumn,
  column('Ready', 'string', 'How many of the containers are ready, and how many there are.'),
  column('Status', 'string', 'What best describes how the containers are doing.'),
  column('Restarts', 'string', 'How often containers were restarted, and when that last happened.'),
  ageColumn,
  column('IP', 'string', 'The address at which the pod can be reached from within the cluster.', { wide: true }),
  column('Node', 'string', 'The node that the pod was placed on.', { wide: true }),
  column('Nominated Node', 'string', 'The node on which room is being made for the pod.', { wide: true }),
  column('Readiness Gates', 'string', 'How many of the extra conditions for readiness hold.', { wide: true }),
];

export function podRow(pod: Pod, context: TableContext): readonly TableCell[] {
  const { spec, status } = pod;
  const { ready, total, reason, restarts, lastRestart } = summarize(pod);
  const restartsCell =
    restarts > 0 && lastRestart ? `${restarts} (${sinceCell(lastRestart, context)} ago)` : `${restarts}`;
  return [
    pod.metadata.name,
    `${ready}/${total}`,
    reason,
    restartsCell,
    ageCell(pod, context),
    status?.podIPs?.[0]?.ip || '<none>',
    spec.nodeName || '<none>',
    status?.nominatedNodeName || '<none>',
    readinessGates(pod),
  ];
}

interface Summary {
  ready: number;
  total: number;
  reason: string;
  restarts: number;
  /** RFC 3339; the latest of those that count. */
  lastRestart: string | undefined;
}

function summarize(pod: Pod): Summary {
  const { spec, status } = pod;
  const conditions = status?.conditions ?? [];
  const sidecars = (spec.initContainers ?? []).filter(isSidecar);
  const summary: Summary = {
    ready: 0,
    total: spec.containers.length + sidecars.length,
    reason: status?.reason || status?.phase || '',
    restarts: 0,
    lastRestart: undefined,
  };
  if (conditions.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated')) {
    summary.reason = 'SchedulingGated';
  }
  const isInitializing = summarizeInitContainers(summary, pod, sidecars);
  if (!isInitializing || isTrue(conditions, 'Initialized')) {
    // Once the pod is up only what still runs counts.
    summary.restarts = 0;
    summary.lastRestart = undefined;
    for (const container of status?.initContainerStatuses ?? []) {
      if (sidecars.some(({ name }) => name === container.name)) countRestarts(summary, container);
    }
    summarizeContainers(summary, status?.containerStatuses ?? [], conditions);
  }
  if (pod.metadata.deletionTimestamp) {
    if (status?.reason === 'NodeLost') summary.reason = 'Unknown';
    else if (status?.phase !== 'Succeeded' && status?.phase !== 'Failed') summary.reason = 'Terminating';
  }
  return summary;
}

/** True when an init container still keeps the others from starting. */
function summarizeInitContainers(summary: Summary, pod: Pod, sidecars: readonly Container[]): boolean {
  const statuses = pod.status?.initContainerStatuses ?? [];
  for (const [at, container] of statuses.entries()) {
    countRestarts(summary, container);
    const { terminated, waiting } = container.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (container.started && sidecars.some(({ name }) => name === container.name)) {
      if (container.ready) summary.ready++;
      continue;
    }
    if (terminated) summary.reason = `Init:${terminated.reason || exitReason(terminated)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') summary.reason = `Init:${waiting.reason}`;
    else summary.reason = `Init:${at}/${pod.spec.initContainers?.length ?? 0}`;
    return true;
  }
  return false;
}

function summarizeContainers(
  summary: Summary,
  statuses: readonly ContainerStatus[],
  conditions: readonly PodCondition[],
): void {
  let isRunning = false;
  // Backwards, so that the first container has the last word.
  for (const container of statuses.toReversed()) {
    countRestarts(summary, container);
    const { waiting, terminated, running } = container.state ?? {};
    if (waiting?.reason) summary.reason = waiting.reason;
    else if (terminated) summary.reason = terminated.reason || exitReason(terminated);
    else if (container.ready && running) {
      isRunning = true;
      summary.ready++;
    }
  }
  if (summary.reason === 'Completed' && isRunning) {
    summary.reason = isTrue(conditions, 'Ready') ? 'Running' : 'NotReady';
  }
}

function countRestarts(summary: Summary, container: ContainerStatus): void {
  summary.restarts += container.restartCount ?? 0;
  const finished = container.lastState?.terminated?.finishedAt;
  if (finished && (!summary.lastRestart || Date.parse(finished) > Date.parse(summary.lastRestart))) {
    summary.lastRestart = finished;
  }
}

function exitReason({ signal, exitCode }: { readonly signal?: number; readonly exitCode?: number }): string {
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode ?? 0}`;
}

function isTrue(conditions: readonly PodCondition[], type: string): boolean {
  return conditions.some((condition) => condition.type === type && condition.status === 'True');
}

function readinessGates({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const met = gates.filter(({ conditionType }) => {
    const condition = status?.conditions?.find(({ type }) => type === conditionType);
    return condition?.status === 'True';
  });
  return `${met.length}/${gates.length}`;
}
