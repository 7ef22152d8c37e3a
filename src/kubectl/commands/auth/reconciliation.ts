import { equalJson, listAt, objectAt, objectsAt, stringAt, stringMapAt, type JsonObject } from '../../resource/json.ts';
import { ruleObject, rulesOf, ruleText, uncoveredRules } from './rule-cover.ts';

export type ReconcileOperation = 'none' | 'create' | 'update' | 'recreate';

/** What it takes to make an object of RBAC what a file says. */
export interface Reconciliation {
  readonly operation: ReconcileOperation;
  /** As it is to be. */
  readonly object: JsonObject;
  /** The existing object is marked to be left alone. */
  readonly isProtected: boolean;
  /** Rules or subjects, in the words of Go. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Upstream: component-helpers/auth/rbac/reconciliation */
export function reconcile(
  existing: JsonObject | undefined,
  expected: JsonObject,
  removesExtra: { readonly permissions: boolean; readonly subjects: boolean },
): Reconciliation {
  const isBinding = stringAt(expected, 'kind').endsWith('Binding');
  if (!existing) {
    const missing = isBinding ? subjectsOf(expected).map(subjectText) : rulesOf(expected).map(ruleText);
    return { operation: 'create', object: expected, isProtected: false, missing, extra: [] };
  }
  const isProtected = stringMapAt(existing, 'metadata', 'annotations')[autoUpdateAnnotation] === 'false';
  const change = isBinding
    ? reconcileBinding(existing, expected, removesExtra.subjects)
    : reconcileRole(existing, expected, removesExtra.permissions);
  return { ...change, isProtected };
}

const autoUpdateAnnotation = 'rbac.authorization.kubernetes.io/autoupdate';

type Change = Omit<Reconciliation, 'isProtected'>;

function reconcileRole(existing: JsonObject, expected: JsonObject, removesExtra: boolean): Change {
  const merged = withMetadataOf(existing, expected);
  const [before, wanted] = [rulesOf(existing), rulesOf(expected)];
  const areAggregated = expected['aggregationRule'] !== undefined && existing['aggregationRule'] !== undefined;
  const extra = areAggregated ? [] : uncoveredRules(wanted, before);
  const missing = uncoveredRules(before, wanted);
  let object = merged;
  if (!removesExtra && missing.length > 0) {
    object = { ...object, rules: [...listAt(existing, 'rules'), ...missing.map(ruleObject)] };
  } else if (removesExtra && missing.length + extra.length > 0) {
    object = { ...object, rules: listAt(expected, 'rules') };
  }
  object = withAggregationOf(object, existing, expected, removesExtra);
  const operation = equalJson(object, existing) ? 'none' : 'update';
  return { operation, object, missing: missing.map(ruleText), extra: extra.map(ruleText) };
}

/** The label selectors that a cluster role collects rules by. */
function withAggregationOf(
  object: JsonObject,
  existing: JsonObject,
  expected: JsonObject,
  removesExtra: boolean,
): JsonObject {
  const [before, wanted] = [existing, expected].map((role) =>
    objectsAt(role, 'aggregationRule', 'clusterRoleSelectors'),
  );
  if (!expected['aggregationRule']) {
    const { aggregationRule: _, ...plain } = object;
    return plain;
  }
  const missing = notIn(before!, wanted!);
  const extra = notIn(wanted!, before!);
  if (!removesExtra && missing.length > 0) {
    return { ...object, aggregationRule: { clusterRoleSelectors: [...before!, ...missing] } };
  }
  const isOther = removesExtra && missing.length + extra.length > 0;
  return isOther ? { ...object, aggregationRule: expected['aggregationRule'] } : object;
}

function reconcileBinding(existing: JsonObject, expected: JsonObject, removesExtra: boolean): Change {
  if (!equalJson(roleRefOf(existing), roleRefOf(expected))) {
    return { operation: 'recreate', object: expected, missing: [], extra: [] };
  }
  const [before, wanted] = [subjectsOf(existing), subjectsOf(expected)];
  const missing = notIn(before, wanted);
  const extra = notIn(wanted, before);
  let object = withMetadataOf(existing, expected);
  if (!removesExtra && missing.length > 0) object = { ...object, subjects: [...before, ...missing] };
  else if (removesExtra && missing.length + extra.length > 0) object = { ...object, subjects: [...wanted] };
  const operation = equalJson(object, existing) ? 'none' : 'update';
  return { operation, object, missing: missing.map(subjectText), extra: extra.map(subjectText) };
}

/** Labels and annotations of both; where they differ the existing ones stay. */
function withMetadataOf(existing: JsonObject, expected: JsonObject): JsonObject {
  const metadata: JsonObject = { ...objectAt(existing, 'metadata') };
  for (const field of ['annotations', 'labels']) {
    const merged = { ...stringMapAt(expected, 'metadata', field), ...stringMapAt(existing, 'metadata', field) };
    if (Object.keys(merged).length > 0) metadata[field] = merged;
  }
  return { ...existing, metadata };
}

function notIn(list: readonly JsonObject[], items: readonly JsonObject[]): readonly JsonObject[] {
  return items.filter(
    (item, index) =>
      !list.some((each) => equalJson(each, item)) && items.findIndex((each) => equalJson(each, item)) === index,
  );
}

function subjectsOf(binding: JsonObject): readonly JsonObject[] {
  return objectsAt(binding, 'subjects');
}

function roleRefOf(binding: JsonObject): readonly string[] {
  return ['apiGroup', 'kind', 'name'].map((field) => stringAt(binding, 'roleRef', field));
}

function subjectText(subject: JsonObject): string {
  const [kind, group, name, namespace] = ['kind', 'apiGroup', 'name', 'namespace'].map((key) => stringAt(subject, key));
  return `{Kind:${kind} APIGroup:${group} Name:${name} Namespace:${namespace}}`;
}
