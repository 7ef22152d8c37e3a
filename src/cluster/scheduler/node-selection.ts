import type { Node, NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from '../../api/generated/types.ts';

/** Which nodes a pod's nodeSelector and node affinity mean. Upstream: component-helpers/scheduling/corev1/nodeaffinity */

/** What is required: all labels of nodeSelector, and one of the terms of the affinity. */
export function matchesRequiredNodes({ nodeSelector, affinity }: PodSpec, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  for (const key in nodeSelector) if (labels[key] !== nodeSelector[key]) return false;
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return !required || required.nodeSelectorTerms.some((term) => matchesNodeTerm(term, node));
}

/** An empty term matches nothing. */
export function matchesNodeTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: Node): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  return (
    matchExpressions.every((requirement) => meets(requirement, labels[requirement.key])) &&
    matchFields.every((requirement) => meets(requirement, fieldOf(node, requirement.key)))
  );
}

function fieldOf(node: Node, field: string): string | undefined {
  return field === 'metadata.name' ? node.metadata.name : undefined;
}

function meets({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return compares(value, values[0], (a, b) => a > b);
    case 'Lt':
      return compares(value, values[0], (a, b) => a < b);
    default:
      return false;
  }
}

function compares(
  value: string | undefined,
  bound: string | undefined,
  is: (a: bigint, b: bigint) => boolean,
): boolean {
  const integer = /^-?\d+$/;
  if (value === undefined || bound === undefined || !integer.test(value) || !integer.test(bound)) return false;
  return is(BigInt(value), BigInt(bound));
}
