import type { Node, Taint } from '../../../api/generated/types.ts';
import { rfc3339 } from '../../../api/time.ts';
import { readyCondition } from './node-health.ts';

const prefix = 'node.kubernetes.io/';
const notReady = `${prefix}not-ready`;
const unreachable = `${prefix}unreachable`;

/** Which condition in which state taints a node with what. Upstream: nodeConditionToTaintKeyStatusMap */
const byCondition: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: notReady, Unknown: unreachable },
  MemoryPressure: { True: `${prefix}memory-pressure` },
  DiskPressure: { True: `${prefix}disk-pressure` },
  NetworkUnavailable: { True: `${prefix}network-unavailable` },
  PIDPressure: { True: `${prefix}pid-pressure` },
};
const cordoned = `${prefix}unschedulable`;
const managed: ReadonlySet<string> = new Set([
  cordoned,
  ...Object.values(byCondition).flatMap((taints) => Object.values(taints)),
]);

/** Keeps new pods away from a node whose conditions ask for it. Same node when its taints are right. */
export function withNoScheduleTaints(node: Node, nowMs: number): Node {
  const wanted: string[] = [];
  for (const { type, status } of node.status?.conditions ?? []) {
    const key = byCondition[type]?.[status];
    if (key !== undefined) wanted.push(key);
  }
  if (node.spec?.unschedulable) wanted.push(cordoned);
  return withManagedTaints(node, 'NoSchedule', managed, wanted, nowMs);
}

/** What should drive pods off a node; undefined for a node that is well. */
export function noExecuteTaint(node: Node): string | undefined {
  const ready = readyCondition(node);
  return ready && byCondition['Ready']![ready.status];
}

export function withNoExecuteTaint(node: Node, key: string | undefined, nowMs: number): Node {
  return withManagedTaints(node, 'NoExecute', new Set([notReady, unreachable]), key === undefined ? [] : [key], nowMs);
}

function withManagedTaints(
  node: Node,
  effect: string,
  keys: ReadonlySet<string>,
  wanted: readonly string[],
  nowMs: number,
): Node {
  const taints = node.spec?.taints ?? [];
  const isManaged = (taint: Taint): boolean => taint.effect === effect && keys.has(taint.key);
  const kept = taints.filter((taint) => !isManaged(taint) || wanted.includes(taint.key));
  const missing = wanted.filter((key) => !kept.some((taint) => taint.effect === effect && taint.key === key));
  if (missing.length === 0 && kept.length === taints.length) return node;
  const added = missing.map((key): Taint => ({ key, effect, timeAdded: rfc3339(nowMs) }));
  const { taints: _, ...spec } = node.spec ?? {};
  const all = [...kept, ...added];
  return { ...node, spec: all.length > 0 ? { ...spec, taints: all } : spec };
}
