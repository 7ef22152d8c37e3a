import type { Node, TopologySpreadConstraint } from '../../api/generated/types.ts';
import { goJson } from '../../api/json.ts';
import { queryFromLabelSelector } from '../../api/selectors/label-selector.ts';
import type { PodQuery } from './match-index.ts';
import { matchesRequiredNodes } from './node-selection.ts';
import type { PodInfo } from './pod-info.ts';
import { firstUntolerated, keepsOff } from './tolerations.ts';

export const hostnameLabel = 'kubernetes.io/hostname';
export const zoneLabel = 'topology.kubernetes.io/zone';

/** A topology spread constraint, ready to be applied. */
export interface Constraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly minDomains: number;
  readonly query: PodQuery;
  /** Whether a node counts as a place where pods could go. */
  readonly includes: (node: Node) => boolean;
}

export function constraintsOf(
  pod: PodInfo,
  whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway',
): readonly Constraint[] {
  const constraints = pod.pod.spec.topologySpreadConstraints;
  if (!constraints?.length) return [];
  return constraints
    .filter((constraint) => constraint.whenUnsatisfiable === whenUnsatisfiable)
    .map((constraint) => constraintFor(pod, constraint));
}

/** What applies to pods that have no constraints of their own but siblings. Upstream: podtopologyspread/plugin.go systemDefaultConstraints */
export function defaultConstraints(pod: PodInfo, siblings: PodQuery): readonly Constraint[] {
  const includes = (node: Node): boolean => matchesRequiredNodes(pod.pod.spec, node);
  return [
    { maxSkew: 3, topologyKey: hostnameLabel, minDomains: 1, query: siblings, includes },
    { maxSkew: 5, topologyKey: zoneLabel, minDomains: 1, query: siblings, includes },
  ];
}

function constraintFor(pod: PodInfo, constraint: TopologySpreadConstraint): Constraint {
  const { spec, metadata } = pod.pod;
  const extra = (constraint.matchLabelKeys ?? [])
    .filter((key) => metadata.labels?.[key] !== undefined)
    .map((key) => ({ key, operator: 'In', values: [metadata.labels![key]!] }));
  const { labelSelector } = constraint;
  const selector = labelSelector && {
    ...labelSelector,
    matchExpressions: [...(labelSelector.matchExpressions ?? []), ...extra],
  };
  return {
    maxSkew: constraint.maxSkew,
    topologyKey: constraint.topologyKey,
    minDomains: constraint.minDomains ?? 1,
    query: {
      key: `spread ${pod.namespace} ${goJson(selector ?? null)}`,
      namespaces: new Set([pod.namespace]),
      selector: queryFromLabelSelector(selector),
      countsTerminating: false,
    },
    includes: (node) =>
      ((constraint.nodeAffinityPolicy ?? 'Honor') === 'Ignore' || matchesRequiredNodes(spec, node)) &&
      ((constraint.nodeTaintsPolicy ?? 'Ignore') === 'Ignore' ||
        !firstUntolerated(node.spec?.taints, spec.tolerations, keepsOff)),
  };
}
