import type { PolicyRule } from '../../../../api/generated/types.ts';
import type { AuthorizedRequest } from '../authorize.ts';

/** Whether a rule allows a request. Upstream: pkg/apis/rbac/v1/evaluation_helpers.go */
export function ruleAllows(rule: PolicyRule, request: AuthorizedRequest): boolean {
  if (!hasOrAll(rule.verbs, request.verb)) return false;
  if (!request.isResource) return rule.nonResourceURLs?.some((url) => matchesUrl(url, request.path)) ?? false;
  return (
    hasOrAll(rule.apiGroups, request.group) &&
    matchesResource(rule.resources, request.resource, request.subresource) &&
    (!rule.resourceNames?.length || rule.resourceNames.includes(request.name))
  );
}

function hasOrAll(list: readonly string[] | undefined, wanted: string): boolean {
  return list !== undefined && (list.includes(wanted) || list.includes('*'));
}

function matchesResource(resources: readonly string[] | undefined, resource: string, subresource: string): boolean {
  if (!resources) return false;
  const wanted = subresource ? `${resource}/${subresource}` : resource;
  return resources.some((one) => one === '*' || one === wanted || (subresource !== '' && one === `*/${subresource}`));
}

export function matchesUrl(pattern: string, path: string): boolean {
  if (pattern === '*' || pattern === path) return true;
  return pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, ''));
}
