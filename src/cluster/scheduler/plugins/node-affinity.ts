import type { NodeSelectorTerm, Pod } from '../../../api/generated/types.ts';
import { jsonEqual } from '../../../api/json.ts';
import { normaliseByLargest } from '../framework.ts';
import type { Plugin, Refusal } from '../framework.ts';
import { matchesNodeTerm, matchesRequiredNodes } from '../node-selection.ts';

const name = 'NodeAffinity';
const unmatched: Refusal = {
  plugin: name,
  reasons: ["node(s) didn't match Pod's node affinity/selector"],
  isResolvable: false,
};
const conflicting: Refusal = { plugin: name, reasons: ['pod affinity terms conflict'], isResolvable: false };

/** nodeSelector and node affinity, required and preferred. Upstream: pkg/scheduler/framework/plugins/nodeaffinity */
export const nodeAffinity: Plugin = {
  name,
  weight: 2,
  planFilter({ pod }) {
    const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    if (!pod.spec.nodeSelector && !required) return undefined;
    const onlyNodes = required && namedNodes(required.nodeSelectorTerms);
    if (onlyNodes?.size === 0) return conflicting;
    return {
      ...(onlyNodes && { onlyNodes }),
      filter: ({ node }) => (matchesRequiredNodes(pod.spec, node) ? undefined : unmatched),
    };
  },
  planScore({ pod }) {
    const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
    if (!preferred?.length) return undefined;
    return {
      score({ node }) {
        let score = 0;
        for (const { preference, weight } of preferred) {
          if (weight !== 0 && matchesNodeTerm(preference, node)) score += weight;
        }
        return score;
      },
      normalise: (scores) => normaliseByLargest(scores, false),
    };
  },
  mayHelp(event, { pod }) {
    if (event.type === 'pod-itself') return hasOtherWishes(event.pod, event.old);
    if (event.type === 'node-added') return matchesRequiredNodes(pod.spec, event.node);
    if (event.type !== 'node-changed' || !event.changes.labels) return false;
    return matchesRequiredNodes(pod.spec, event.node) && !matchesRequiredNodes(pod.spec, event.old);
  },
};

/** The nodes that the terms allow by name, when each of them names some. */
function namedNodes(terms: readonly NodeSelectorTerm[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { matchFields = [] } of terms) {
    let named: readonly string[] | undefined;
    for (const { key, operator, values = [] } of matchFields) {
      if (key !== 'metadata.name' || operator !== 'In') continue;
      named = named ? named.filter((value) => values.includes(value)) : values;
    }
    if (!named) return undefined;
    for (const value of named) names.add(value);
  }
  return names;
}

function hasOtherWishes(pod: Pod, old: Pod): boolean {
  const wishes = ({ spec }: Pod): unknown => [spec.nodeSelector, spec.affinity?.nodeAffinity];
  return !jsonEqual(wishes(pod), wishes(old));
}
