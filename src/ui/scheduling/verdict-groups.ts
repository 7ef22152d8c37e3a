import type { SchedulingVerdict } from '../../api/index.ts';

/** Nodes that one plugin refused for the same reasons. */
export interface Refusal {
  readonly plugin: string;
  readonly reason: string;
  readonly nodes: readonly string[];
}

/** Up to so many nodes each has a line of its own; of more, those that were refused alike share one. */
const mostLines = 12;

/** The refusals, node by node, or gathered where there are many. */
export function refusalsOf(verdicts: readonly SchedulingVerdict[]): readonly Refusal[] {
  const refused = verdicts.flatMap(({ node, refusedBy }) =>
    refusedBy ? [{ plugin: refusedBy.plugin, reason: refusedBy.reasons.join(', '), nodes: [node] }] : [],
  );
  if (refused.length <= mostLines) return refused;
  const groups = new Map<string, { plugin: string; reason: string; nodes: string[] }>();
  for (const { plugin, reason, nodes } of refused) {
    const id = `${plugin} ${reason}`;
    const group = groups.get(id);
    if (group) group.nodes.push(...nodes);
    else groups.set(id, { plugin, reason, nodes: [...nodes] });
  }
  return [...groups.values()].sort((a, b) => b.nodes.length - a.nodes.length);
}

/** The nodes that could take it, best first. */
export const acceptedBy = (verdicts: readonly SchedulingVerdict[]): readonly SchedulingVerdict[] =>
  verdicts.filter(({ refusedBy }) => !refusedBy).toSorted((a, b) => (b.total ?? 0) - (a.total ?? 0));
