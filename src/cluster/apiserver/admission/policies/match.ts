import type { LabelSelector, MatchResources, NamedRuleWithOperations } from '../../../../api/generated/types.ts';
import { matchesLabels, queryFromLabelSelector, type KubeObject } from '../../../../api/index.ts';
import type { Attributes } from '../admission.ts';

/**
 * Whether a policy is about a request.
 * Upstream: apiserver/pkg/admission/plugin/policy/matching/matching.go, plugin/webhook/predicates
 */
export function matchesRequest(
  { resourceRules = [], excludeResourceRules = [], namespaceSelector, objectSelector }: MatchResources,
  attributes: Attributes,
  namespace: KubeObject | undefined,
): boolean {
  return (
    matchesNamespace(namespaceSelector, attributes, namespace) &&
    matchesObject(objectSelector, attributes) &&
    !excludeResourceRules.some((rule) => matchesRule(rule, attributes)) &&
    (resourceRules.length === 0 || resourceRules.some((rule) => matchesRule(rule, attributes)))
  );
}

/** What is in no namespace is never exempt; a namespace is judged by its own labels. */
function matchesNamespace(
  selector: LabelSelector | undefined,
  { definition, object, old, operation }: Attributes,
  namespace: KubeObject | undefined,
): boolean {
  const isNamespace = definition.group === '' && definition.resource === 'namespaces';
  if (!isNamespace && !definition.isNamespaced) return true;
  const labelled = isNamespace ? (operation === 'DELETE' ? old : object) : namespace;
  return isSelected(selector, labelled?.metadata.labels);
}

function matchesObject(selector: LabelSelector | undefined, { object, old }: Attributes): boolean {
  return [object, old].some((one) => one !== undefined && isSelected(selector, one.metadata.labels));
}

function isSelected(selector: LabelSelector | undefined, labels: KubeObject['metadata']['labels']): boolean {
  return matchesLabels(queryFromLabelSelector(selector ?? {}), labels ?? {});
}

function matchesRule(rule: NamedRuleWithOperations, { definition, operation, subresource, name }: Attributes): boolean {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], resourceNames = [], scope = '*' } = rule;
  const has = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);
  const isResource = resources.some((text) => {
    const [resource, below = ''] = text.split('/');
    return (resource === '*' || resource === definition.resource) && (below === '*' || below === subresource);
  });
  return (
    has(operations, operation) &&
    has(apiGroups, definition.group) &&
    has(apiVersions, definition.version) &&
    isResource &&
    (scope === '*' || (scope === 'Namespaced') === definition.isNamespaced) &&
    (resourceNames.length === 0 || resourceNames.includes(name))
  );
}
