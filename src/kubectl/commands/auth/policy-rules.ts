/** What may be done to what, as a rules review answers. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceUrls: readonly string[];
}

/**
 * One rule for each resource, with all of its verbs, in the order in which kubectl lists them.
 * Upstream: kubectl/pkg/util/rbac/rbac.go
 */
export function compactRules(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const simple = new Map<string, PolicyRule>();
  const others: PolicyRule[] = [];
  for (const rule of rules.flatMap(breakDown)) {
    if (rule.nonResourceUrls.length > 0) {
      others.push(rule);
      continue;
    }
    const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames]);
    const known = simple.get(key);
    simple.set(key, known ? { ...known, verbs: [...new Set([...known.verbs, ...rule.verbs])] } : rule);
  }
  return [...others, ...simple.values()].sort((a, b) => (goText(a) < goText(b) ? -1 : goText(a) > goText(b) ? 1 : 0));
}

/** Rules with one verb, one resource and one name each at most. */
export function breakDown(rule: PolicyRule): PolicyRule[] {
  const parts: PolicyRule[] = [];
  const none = { apiGroups: [], resources: [], resourceNames: [], nonResourceUrls: [] };
  for (const group of rule.apiGroups) {
    for (const resource of rule.resources) {
      for (const verb of rule.verbs) {
        const part = { ...none, verbs: [verb], apiGroups: [group], resources: [resource] };
        if (rule.resourceNames.length === 0) parts.push(part);
        else for (const name of rule.resourceNames) parts.push({ ...part, resourceNames: [name] });
      }
    }
  }
  for (const url of rule.nonResourceUrls) {
    for (const verb of rule.verbs) parts.push({ ...none, verbs: [verb], nonResourceUrls: [url] });
  }
  return parts;
}

/** Go prints a list of strings so. */
export function goList(items: readonly string[]): string {
  return `[${items.join(' ')}]`;
}

/** The text that the rules are sorted by. */
function goText(rule: PolicyRule): string {
  return (
    `&PolicyRule{Verbs:${goList(rule.verbs)},APIGroups:${goList(rule.apiGroups)},Resources:${goList(rule.resources)},` +
    `ResourceNames:${goList(rule.resourceNames)},NonResourceURLs:${goList(rule.nonResourceUrls)},}`
  );
}

/** `deployments.apps/scale` */
export function resourceOf({ resources, apiGroups }: PolicyRule): string {
  const [resource = ''] = resources;
  if (resource === '') return '';
  const slash = resource.indexOf('/');
  const [name, subresource] = slash < 0 ? [resource, ''] : [resource.slice(0, slash), resource.slice(slash)];
  const [group = ''] = apiGroups;
  return `${name}${group && `.${group}`}${subresource}`;
}
