import type { DaemonSet, Node, PodSpec, Toleration } from '../../../api/generated/types.ts';
import { matchesRequiredNodes } from '../../scheduler/node-selection.ts';
import { firstUntolerated, keepsOff } from '../../scheduler/tolerations.ts';

const prefix = 'node.kubernetes.io/';

/** What the pods of every DaemonSet put up with. Upstream: pkg/controller/daemon/util AddOrUpdateDaemonPodTolerations */
export function daemonTolerations(spec: PodSpec): readonly Toleration[] {
  const bears = (key: string, effect: string): Toleration => ({ key: prefix + key, operator: 'Exists', effect });
  return [
    bears('not-ready', 'NoExecute'),
    bears('unreachable', 'NoExecute'),
    bears('disk-pressure', 'NoSchedule'),
    bears('memory-pressure', 'NoSchedule'),
    bears('pid-pressure', 'NoSchedule'),
    bears('unschedulable', 'NoSchedule'),
    ...(spec.hostNetwork ? [bears('network-unavailable', 'NoSchedule')] : []),
  ];
}

export interface Eligibility {
  readonly shouldRun: boolean;
  /** A pod that is there already may stay, although none would be sent there now. */
  readonly mayStay: boolean;
}

/** Upstream: pkg/controller/daemon/daemon_controller.go NodeShouldRunDaemonPod */
export function eligibility({ spec }: DaemonSet, node: Node): Eligibility {
  const podSpec = spec.template.spec!;
  if (podSpec.nodeName && podSpec.nodeName !== node.metadata.name) return { shouldRun: false, mayStay: false };
  if (!matchesRequiredNodes(podSpec, node)) return { shouldRun: false, mayStay: false };
  const tolerations = [...(podSpec.tolerations ?? []), ...daemonTolerations(podSpec)];
  const taints = node.spec?.taints;
  return {
    shouldRun: !firstUntolerated(taints, tolerations, keepsOff),
    mayStay: !firstUntolerated(taints, tolerations, ({ effect }) => effect === 'NoExecute'),
  };
}
