/**
 * Strategic merge patch: like a merge patch, but lists of objects merge by a key that the schema names, and the patch
 * may carry directives: `$patch: replace|delete`, `$deleteFromPrimitiveList/<list>`, `$setElementOrder/<list>`,
 * `$retainKeys`.
 * Upstream: apimachinery/pkg/util/strategicpatch/patch.go
 */
import { wireType } from '../decode/go-types.ts';
import { isJsonObject, jsonEqual } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import type { TypeSchema } from '../schema/type-schema.ts';
import {
  deleteFromPrimitiveListPrefix,
  directiveMarker,
  directiveTarget,
  expectList,
  expectObject,
  fieldMerge,
  malformed,
  mergeKeyOf,
  retainKeysDirective,
  setElementOrderPrefix,
  shapeOf,
  unfit,
  unknownPatchType,
} from './strategic-directives.ts';
import type { FieldMerge } from './strategic-directives.ts';
import { checkOrder, elementKind, findByKey, orderMerged } from './strategic-lists.ts';

/**
 * `object` applies a patch to an object. `patch` makes one patch of two, which is how a three-way patch comes about:
 * directives stay directives and nulls stay nulls.
 */
export type MergeTarget = 'object' | 'patch';

/** The patched object; what the patch does not touch is shared with the original. Throws PatchError. */
export function applyStrategicMergePatch(original: JsonObject, patch: unknown, schema: TypeSchema): JsonObject {
  if (!isJsonObject(patch))
    throw malformed(`json: cannot unmarshal ${wireType(patch)} into Go value of type map[string]interface {}`);
  return mergeObjects(original, patch, schema, 'object');
}

type Fields = Record<string, Json>;

export function mergeObjects(
  original: JsonObject,
  patch: JsonObject,
  schema: TypeSchema,
  target: MergeTarget,
): JsonObject {
  if (Object.hasOwn(patch, directiveMarker)) return byDirective(patch);
  const merged: Fields = { ...original };
  const rest: Fields = { ...patch };
  applyRetainKeys(merged, rest, target);
  applyElementOrder(merged, rest, schema, target);
  for (const [key, value] of Object.entries(rest)) {
    if (!key.startsWith(deleteFromPrimitiveListPrefix)) mergeField(merged, key, value, schema, target);
    else if (target === 'patch') merged[key] = value;
    else deleteFromList(merged, directiveTarget(key, deleteFromPrimitiveListPrefix), value);
  }
  return isSame(merged, original) ? original : merged;
}

function isSame(merged: JsonObject, original: JsonObject): boolean {
  const keys = Object.keys(merged);
  return keys.length === Object.keys(original).length && keys.every((key) => merged[key] === original[key]);
}

function byDirective(patch: JsonObject): JsonObject {
  const { [directiveMarker]: directive, ...rest } = patch;
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw unknownPatchType(directive, patch);
}

function mergeField(merged: Fields, key: string, value: Json, schema: TypeSchema, target: MergeTarget): void {
  const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
  if (value === null) {
    delete merged[key];
    if (target === 'patch') merged[key] = null;
  } else if (before === undefined || shapeOf(before) !== shapeOf(value)) {
    setOrDelete(merged, key, withoutDirectives(target === 'object' ? withoutNulls(value) : value));
  } else if (isJsonObject(value)) {
    const { schema: inner, strategy } = fieldMerge(schema, key);
    merged[key] =
      strategy === 'replace' ? keepIfEqual(before, value) : mergeObjects(before as JsonObject, value, inner, target);
  } else if (Array.isArray(value)) {
    merged[key] = mergeLists(expectList(before), value as readonly Json[], fieldMerge(schema, key), target);
  } else {
    merged[key] = value;
  }
}

function setOrDelete(fields: Fields, key: string, value: Json | undefined): void {
  if (value === undefined) delete fields[key];
  else fields[key] = value;
}

function keepIfEqual(before: Json, after: Json): Json {
  return jsonEqual(before, after) ? before : after;
}

/** `$retainKeys`: fields that the list does not name go. */
function applyRetainKeys(merged: Fields, rest: Fields, target: MergeTarget): void {
  if (!Object.hasOwn(rest, retainKeysDirective)) return;
  const keys = rest[retainKeysDirective]!;
  delete rest[retainKeysDirective];
  if (target === 'patch') {
    merged[retainKeysDirective] = keys;
    return;
  }
  if (!Array.isArray(keys)) throw malformed('invalid patch format of retainKeys');
  for (const [key, value] of Object.entries(rest)) {
    const isDirective = key.startsWith(deleteFromPrimitiveListPrefix) || key.startsWith(setElementOrderPrefix);
    if (value !== null && !isDirective && !keys.includes(key)) throw malformed('invalid patch format of retainKeys');
  }
  for (const key of Object.keys(merged)) if (!keys.includes(key)) delete merged[key];
}

/** Lists with a `$setElementOrder` are merged here, and taken out of what is left of the patch. */
function applyElementOrder(merged: Fields, rest: Fields, schema: TypeSchema, target: MergeTarget): void {
  for (const directive of Object.keys(rest).filter((key) => key.startsWith(setElementOrderPrefix))) {
    const value = rest[directive]!;
    delete rest[directive];
    if (target === 'patch') {
      if (Object.hasOwn(merged, directive) && !jsonEqual(merged[directive], value)) {
        throw malformed('invalid patch format of setElementOrder list');
      }
      merged[directive] = value;
    }
    const setOrder = expectList(value);
    const key = directiveTarget(directive, setElementOrderPrefix);
    const original = Object.hasOwn(merged, key) ? expectList(merged[key]) : undefined;
    const patch = Object.hasOwn(rest, key) ? expectList(rest[key]) : undefined;
    const field = fieldMerge(schema, key);
    checkOrder(patch ?? [], setOrder, field.mergeKey);
    const list = original && patch ? mergeLists(original, patch, field, target) : (original ?? added(patch));
    if (list === undefined) continue;
    elementKind(original ?? [], patch ?? []);
    const serverOrder = original && patch ? orderAfterDeletions(original, patch, field) : (original ?? []);
    merged[key] = keepIfEqual(merged[key] ?? null, orderMerged(list, setOrder, serverOrder, field.mergeKey));
    delete rest[key];
  }
}

/**
 * The order that the server's list is taken to have. Upstream deletes and appends in place, so that added elements take
 * the places of deleted ones in the very list that the order is read from.
 */
function orderAfterDeletions(original: readonly Json[], patch: readonly Json[], field: FieldMerge): readonly Json[] {
  const { mergeKey, strategy } = field;
  if (strategy !== 'merge' || mergeKey === '') return original;
  const { base, changes, isReplaced } = applyListDirectives(original, patch, mergeKey);
  if (isReplaced) return original;
  const appended = changes.filter((item) => findByKey(base, mergeKey, (item as JsonObject)[mergeKey] ?? null) < 0);
  return [...base, ...appended.slice(0, original.length - base.length)];
}

function added(patch: readonly Json[] | undefined): readonly Json[] | undefined {
  return patch && (withoutDirectives(patch) as readonly Json[] | undefined);
}

function deleteFromList(merged: Fields, key: string, values: Json): void {
  if (!Object.hasOwn(merged, key)) return;
  if (values === null) {
    delete merged[key];
    return;
  }
  const before = merged[key]!;
  if (!Array.isArray(before)) return;
  const gone = new Set(expectList(values));
  const after = (before as readonly Json[]).filter((item) => !gone.has(item));
  if (after.length < before.length) merged[key] = after;
}

function mergeLists(
  original: readonly Json[],
  patch: readonly Json[],
  field: FieldMerge,
  target: MergeTarget,
): readonly Json[] {
  if (field.strategy !== 'merge') return keepIfEqual(original, patch) as readonly Json[];
  if (original.length === 0 && patch.length === 0) return original;
  const { mergeKey, schema } = field;
  if (elementKind(original, patch) === 'scalar') {
    const merged = orderMerged([...new Set([...original, ...patch])], patch, original, '');
    return keepIfEqual(original, merged) as readonly Json[];
  }
  if (mergeKey === '') throw unfit('cannot merge lists without merge key for struct');
  const { base, changes } = applyListDirectives(original, patch, mergeKey);
  const merged = orderMerged(mergeElements(base, changes, mergeKey, schema, target), changes, base, mergeKey);
  return isSameList(merged, original) ? original : merged;
}

function isSameList(a: readonly Json[], b: readonly Json[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

/** `$patch: delete` within an element removes it, `$patch: replace` anywhere replaces the whole list. */
function applyListDirectives(
  original: readonly Json[],
  patch: readonly Json[],
  mergeKey: string,
): { readonly base: readonly Json[]; readonly changes: readonly Json[]; readonly isReplaced: boolean } {
  let base = original;
  let isReplaced = false;
  const changes: Json[] = [];
  for (const item of patch.map(expectObject)) {
    const directive = item[directiveMarker];
    if (directive === undefined) {
      changes.push(item);
    } else if (directive === 'delete') {
      const value = mergeKeyOf(item, mergeKey);
      base = base.filter((candidate) => expectObject(candidate)[mergeKey] !== value);
    } else if (directive === 'replace') {
      isReplaced = true;
    } else if (directive === 'merge') {
      throw unfit('merging lists cannot yet be specified in the patch');
    } else {
      throw unknownPatchType(directive, item);
    }
  }
  return isReplaced ? { base: changes, changes: [], isReplaced } : { base, changes, isReplaced };
}

function mergeElements(
  base: readonly Json[],
  changes: readonly Json[],
  mergeKey: string,
  schema: TypeSchema,
  target: MergeTarget,
): readonly Json[] {
  const merged = [...base];
  for (const item of changes.map(expectObject)) {
    const at = findByKey(merged, mergeKey, mergeKeyOf(item, mergeKey));
    if (at < 0) merged.push(item);
    else merged[at] = mergeObjects(merged[at] as JsonObject, item, schema, target);
  }
  return merged;
}

/** What a patch adds where nothing was; undefined when a directive says that it should not be there. */
function withoutDirectives(value: Json): Json | undefined {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map(withoutDirectives).filter((item) => item !== undefined);
  }
  if (!isJsonObject(value)) return value;
  if (Object.hasOwn(value, directiveMarker)) return undefined;
  const kept: Fields = {};
  for (const [key, item] of Object.entries(value)) setOrDelete(kept, key, withoutDirectives(item));
  return kept;
}

/** Nulls delete nothing where nothing was. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutNulls(item)]));
}
