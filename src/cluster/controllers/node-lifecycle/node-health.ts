import type { Node, NodeCondition } from '../../../api/generated/types.ts';
import { rfc3339 } from '../../../api/time.ts';

/** What the last signs of life of a node say. */
export interface NodeHealth {
  /** When a sign of life was last seen: a heartbeat in its status, or a renewal of its lease. */
  readonly probedMs: number;
  readonly heartbeat: string | undefined;
  readonly renewTime: string | undefined;
}

export const gracePeriodMs = 50_000;
/** A node that has just joined gets longer to say that it is ready. */
export const startupGracePeriodMs = 60_000;

const watched = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** A sign of life is one that differs from the last: clocks may be set wrongly. */
export function observed(
  node: Node,
  renewTime: string | undefined,
  before: NodeHealth | undefined,
  nowMs: number,
): NodeHealth {
  const heartbeat = readyCondition(node)?.lastHeartbeatTime;
  if (!before) {
    const isSilent = heartbeat === undefined && renewTime === undefined;
    return { probedMs: isSilent ? Date.parse(node.metadata.creationTimestamp) : nowMs, heartbeat, renewTime };
  }
  const isAlive = heartbeat !== before.heartbeat || renewTime !== before.renewTime;
  return isAlive ? { probedMs: nowMs, heartbeat, renewTime } : before;
}

export function readyCondition(node: Node): NodeCondition | undefined {
  return node.status?.conditions?.find(({ type }) => type === 'Ready');
}

/** The conditions of a node that has not been heard of for too long. Same array when they say so already. */
export function unknownConditions(node: Node, nowMs: number): readonly NodeCondition[] {
  const conditions = node.status?.conditions ?? [];
  const now = rfc3339(nowMs);
  const next = conditions.map((condition): NodeCondition => {
    if (!watched.includes(condition.type) || condition.status === 'Unknown') return condition;
    return {
      ...condition,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastTransitionTime: now,
    };
  });
  const missing = watched.filter((type) => !conditions.some((condition) => condition.type === type));
  if (missing.length === 0 && next.every((condition, at) => condition === conditions[at])) return conditions;
  return [
    ...next,
    ...missing.map((type) => ({
      type,
      status: 'Unknown',
      reason: 'NodeStatusNeverUpdated',
      message: 'Kubelet never posted node status.',
      lastHeartbeatTime: node.metadata.creationTimestamp,
      lastTransitionTime: now,
    })),
  ];
}
