import type { PolicyRule } from '../../../../api/generated/types.ts';
import { matchesUrl } from './match-rule.ts';

/**
 * Which of `wanted` the rules `held` do not cover, broken down to one verb of one resource each.
 * Upstream: component-helpers/auth/rbac/validation/policy_comparator.go
 */
export function uncoveredRules(held: readonly PolicyRule[], wanted: readonly PolicyRule[]): readonly PolicyRule[] {
  return wanted.flatMap(breakDown).filter((part) => !held.some((rule) => covers(rule, part)));
}

/** A rule as rules with one group, one resource, one name and one verb. */
function breakDown(rule: PolicyRule): PolicyRule[] {
  const parts: PolicyRule[] = [];
  for (const group of rule.apiGroups ?? []) {
    for (const resource of rule.resources ?? []) {
      for (const verb of rule.verbs ?? []) {
        const part = { apiGroups: [group], resources: [resource], verbs: [verb] };
        if (!rule.resourceNames?.length) parts.push(part);
        else for (const name of rule.resourceNames) parts.push({ ...part, resourceNames: [name] });
      }
    }
  }
  for (const url of rule.nonResourceURLs ?? []) {
    for (const verb of rule.verbs ?? []) parts.push({ nonResourceURLs: [url], verbs: [verb] });
  }
  return parts;
}

/** @param part as `breakDown` makes them */
function covers(rule: PolicyRule, part: PolicyRule): boolean {
  if (!coversAll(rule.verbs, part.verbs)) return false;
  const [url] = part.nonResourceURLs ?? [];
  if (url !== undefined) {
    return rule.nonResourceURLs?.some((own) => own === url || (own.endsWith('*') && matchesUrl(own, url))) ?? false;
  }
  return (
    coversAll(rule.apiGroups, part.apiGroups) &&
    coversResource(rule.resources, part.resources?.[0] ?? '') &&
    coversNames(rule.resourceNames, part.resourceNames)
  );
}

function coversAll(own: readonly string[] | undefined, wanted: readonly string[] | undefined): boolean {
  return own !== undefined && (own.includes('*') || (wanted ?? []).every((one) => own.includes(one)));
}

function coversResource(own: readonly string[] | undefined, wanted: string): boolean {
  if (!own) return false;
  if (own.includes('*') || own.includes(wanted)) return true;
  const slash = wanted.indexOf('/');
  return slash >= 0 && own.includes(`*${wanted.slice(slash)}`);
}

function coversNames(own: readonly string[] | undefined, wanted: readonly string[] | undefined): boolean {
  if (!own?.length) return true;
  return (wanted?.length ?? 0) > 0 && wanted!.every((name) => own.includes(name));
}

/**
 * Joins parts that differ in their verb only.
 * Upstream: component-helpers/auth/rbac/validation/policy_compact.go
 */
export function compactRules(parts: readonly PolicyRule[]): readonly PolicyRule[] {
  const joined = new Map<string, PolicyRule>();
  const others: PolicyRule[] = [];
  for (const part of parts) {
    if (part.nonResourceURLs?.length) {
      others.push(part);
      continue;
    }
    const key = JSON.stringify([part.apiGroups, part.resources, part.resourceNames]);
    const known = joined.get(key);
    if (known) joined.set(key, { ...known, verbs: [...new Set([...known.verbs, ...part.verbs])] });
    else joined.set(key, part);
  }
  return [...others, ...joined.values()];
}

/** `{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}` Upstream: pkg/apis/rbac/v1/helpers.go CompactString */
export function shownRule(rule: PolicyRule): string {
  const parts = [
    ['APIGroups', rule.apiGroups],
    ['Resources', rule.resources],
    ['NonResourceURLs', rule.nonResourceURLs],
    ['ResourceNames', rule.resourceNames],
    ['Verbs', rule.verbs],
  ] as const;
  const shown = parts.flatMap(([title, list]) => (list?.length ? [`${title}:${quotedList(list)}`] : []));
  return `{${shown.join(', ')}}`;
}

/** Go's `%q` of a list. */
export function quotedList(list: readonly string[]): string {
  return `[${list.map((item) => JSON.stringify(item)).join(' ')}]`;
}
