import type { Refusal } from './framework.ts';

/** Events take no more. */
const longestMessage = 1024;

/**
 * Why no node will do, as kubectl describe shows it:
 * `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint(s). preemption: …`
 * Upstream: pkg/scheduler/framework/types.go FitError
 */
export function fitErrorMessage(
  nodeCount: number,
  refusals: readonly Refusal[],
  forAllNodes: string | undefined,
  afterwards: string,
): string {
  const counted = forAllNodes ?? countedReasons(refusals);
  return [`0/${nodeCount} nodes are available:`, counted && `${counted}.`, afterwards].filter(Boolean).join(' ');
}

export function truncatedMessage(message: string): string {
  const suffix = ' ...';
  return message.length <= longestMessage ? message : message.slice(0, longestMessage - suffix.length) + suffix;
}

/** Sorted as text, as upstream does: `10 …` comes before `2 …`. */
function countedReasons(refusals: readonly Refusal[]): string {
  const counts = new Map<string, number>();
  for (const { reasons } of refusals) for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .toSorted()
    .join(', ');
}
