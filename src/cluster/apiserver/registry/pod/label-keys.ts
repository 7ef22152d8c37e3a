import type {
  Affinity,
  LabelSelector,
  PodAffinity,
  PodAffinityTerm,
  PodSpec,
  TopologySpreadConstraint,
} from '../../../../api/generated/types.ts';
import { mapShared, withField } from '../share.ts';

/**
 * `matchLabelKeys` mean "whoever has the same value as I": the API server writes the value into the selector.
 * Upstream: mutatePodAffinity, mutateTopologySpreadConstraints in pkg/registry/core/pod/strategy.go
 */
type Labels = Readonly<Record<string, string>>;

export function applyLabelKeys(given: PodSpec, labels: Labels): PodSpec {
  let spec = given;
  if (spec.affinity) spec = withField(spec, 'affinity', inAffinity(spec.affinity, labels));
  if (spec.topologySpreadConstraints) {
    const constraints = mapShared(spec.topologySpreadConstraints, (constraint) => inConstraint(constraint, labels));
    spec = withField(spec, 'topologySpreadConstraints', constraints);
  }
  return spec;
}

function inAffinity(given: Affinity, labels: Labels): Affinity {
  let affinity = given;
  for (const kind of ['podAffinity', 'podAntiAffinity'] as const) {
    const terms = affinity[kind];
    if (terms) affinity = withField(affinity, kind, inTerms(terms, labels));
  }
  return affinity;
}

function inTerms(given: PodAffinity, labels: Labels): PodAffinity {
  let affinity = given;
  const {
    requiredDuringSchedulingIgnoredDuringExecution: hard,
    preferredDuringSchedulingIgnoredDuringExecution: soft,
  } = affinity;
  if (hard) {
    const terms = mapShared(hard, (term) => inTerm(term, labels));
    affinity = withField(affinity, 'requiredDuringSchedulingIgnoredDuringExecution', terms);
  }
  if (soft) {
    const terms = mapShared(soft, (term) => withField(term, 'podAffinityTerm', inTerm(term.podAffinityTerm, labels)));
    affinity = withField(affinity, 'preferredDuringSchedulingIgnoredDuringExecution', terms);
  }
  return affinity;
}

function inTerm(term: PodAffinityTerm, labels: Labels): PodAffinityTerm {
  const { matchLabelKeys = [], mismatchLabelKeys = [], labelSelector } = term;
  if (!labelSelector) return term;
  const matching = extend(labelSelector, matchLabelKeys, 'In', labels);
  return withField(term, 'labelSelector', extend(matching, mismatchLabelKeys, 'NotIn', labels));
}

function inConstraint(constraint: TopologySpreadConstraint, labels: Labels): TopologySpreadConstraint {
  const { matchLabelKeys = [], labelSelector } = constraint;
  if (!labelSelector) return constraint;
  return withField(constraint, 'labelSelector', extend(labelSelector, matchLabelKeys, 'In', labels));
}

function extend(
  selector: LabelSelector,
  keys: readonly string[],
  operator: 'In' | 'NotIn',
  labels: Labels,
): LabelSelector {
  const added = keys
    .filter((key) => labels[key] !== undefined)
    .map((key) => ({ key, operator, values: [labels[key]!] }));
  if (added.length === 0) return selector;
  return { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), ...added] };
}
