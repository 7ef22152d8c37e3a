import { listAt, type JsonObject } from '../../resource/json.ts';
import { breakDown, goList, type PolicyRule } from './policy-rules.ts';

/** The rules of a role. */
export function rulesOf(role: JsonObject): readonly PolicyRule[] {
  return listAt(role, 'rules').map((rule) => {
    const list = (field: string) => listAt(rule, field).map(String);
    return {
      verbs: list('verbs'),
      apiGroups: list('apiGroups'),
      resources: list('resources'),
      resourceNames: list('resourceNames'),
      nonResourceUrls: list('nonResourceURLs'),
    };
  });
}

/** What `rules` allow and `owned` do not, in the smallest pieces. Upstream: component-helpers/auth/rbac/validation */
export function uncoveredRules(owned: readonly PolicyRule[], rules: readonly PolicyRule[]): readonly PolicyRule[] {
  return rules.flatMap(breakDown).filter((piece) => !owned.some((rule) => covers(rule, piece)));
}

function covers(rule: PolicyRule, piece: PolicyRule): boolean {
  return (
    hasAll(rule.verbs, piece.verbs) &&
    hasAll(rule.apiGroups, piece.apiGroups) &&
    piece.resources.every((resource) => coversResource(rule.resources, resource)) &&
    piece.nonResourceUrls.every((url) => rule.nonResourceUrls.some((pattern) => coversUrl(pattern, url))) &&
    (rule.resourceNames.length === 0 ||
      (piece.resourceNames.length > 0 && piece.resourceNames.every((name) => rule.resourceNames.includes(name))))
  );
}

function hasAll(owned: readonly string[], wanted: readonly string[]): boolean {
  return owned.includes('*') || wanted.every((each) => owned.includes(each));
}

function coversResource(owned: readonly string[], resource: string): boolean {
  if (owned.includes('*') || owned.includes(resource)) return true;
  const slash = resource.indexOf('/');
  return slash >= 0 && owned.includes(`*${resource.slice(slash)}`);
}

function coversUrl(pattern: string, url: string): boolean {
  return pattern === url || (pattern.endsWith('*') && url.startsWith(pattern.replace(/\*+$/, '')));
}

/** As the API has it. */
export function ruleObject(rule: PolicyRule): JsonObject {
  const fields = {
    apiGroups: rule.apiGroups,
    resources: rule.resources,
    resourceNames: rule.resourceNames,
    nonResourceURLs: rule.nonResourceUrls,
  };
  const given = Object.entries(fields).filter(([, list]) => list.length > 0);
  return { verbs: [...rule.verbs], ...Object.fromEntries(given.map(([name, list]) => [name, [...list]])) };
}

/** As Go prints one. */
export function ruleText(rule: PolicyRule): string {
  return (
    `{Verbs:${goList(rule.verbs)} APIGroups:${goList(rule.apiGroups)} Resources:${goList(rule.resources)} ` +
    `ResourceNames:${goList(rule.resourceNames)} NonResourceURLs:${goList(rule.nonResourceUrls)}}`
  );
}
