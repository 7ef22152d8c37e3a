/**
 * The strategic merge patch that leads from one object to another: what kubectl computes.
 * Upstream: apimachinery/pkg/util/strategicpatch/patch.go
 */
import { goText, isJsonObject, jsonEqual } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { childSchema } from '../schema/type-schema.ts';
import type { TypeSchema } from '../schema/type-schema.ts';
import {
  deleteFromPrimitiveListPrefix,
  directiveMarker,
  fieldMerge,
  mergeKeyOf,
  retainKeysDirective,
  setElementOrderPrefix,
  shapeOf,
} from './strategic-directives.ts';
import type { FieldMerge } from './strategic-directives.ts';
import { compareText, elementKind, sortByKey, sortByOrder, sortScalars } from './strategic-lists.ts';
import { mergeObjects } from './strategic-merge-patch.ts';

interface DiffOptions {
  readonly isIgnoringChanges: boolean;
  readonly isIgnoringDeletions: boolean;
}

const everything: DiffOptions = { isIgnoringChanges: false, isIgnoringDeletions: false };
const changesOnly: DiffOptions = { isIgnoringChanges: false, isIgnoringDeletions: true };
const deletionsOnly: DiffOptions = { isIgnoringChanges: true, isIgnoringDeletions: false };

type Fields = Record<string, Json>;

/** Empty when they are equal. Throws PatchError. */
export function createStrategicTwoWayPatch(original: JsonObject, modified: JsonObject, schema: TypeSchema): JsonObject {
  return diffObjects(original, modified, schema, everything, false);
}

/**
 * What `kubectl apply` sends: additions and changes from the live object (`current`) to the manifest (`modified`), and
 * deletions of what the last manifest (`original`) had and this one has no more. Throws PatchError.
 */
export function createStrategicThreeWayPatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  schema: TypeSchema,
): JsonObject {
  const changes = diffObjects(current, modified, schema, changesOnly, false);
  const deletions = diffObjects(original, modified, schema, deletionsOnly, false);
  return mergeObjects(deletions, changes, schema, 'patch');
}

function diffObjects(
  original: JsonObject,
  modified: JsonObject,
  schema: TypeSchema,
  options: DiffOptions,
  isRetainingKeys: boolean,
): JsonObject {
  const patch: Fields = {};
  for (const [key, value] of Object.entries(modified)) {
    const before = Object.hasOwn(original, key) ? original[key]! : undefined;
    if (before !== undefined && key === directiveMarker) {
      if (before !== value) patch[key] = value;
    } else if (before === undefined || shapeOf(before) !== shapeOf(value)) {
      if (!options.isIgnoringChanges) patch[key] = value;
    } else {
      diffField(patch, key, before, value, schema, options);
    }
  }
  if (!options.isIgnoringDeletions) {
    for (const key of Object.keys(original)) if (!Object.hasOwn(modified, key)) patch[key] = null;
  }
  const retained = isRetainingKeys ? Object.keys(modified).filter((key) => modified[key] !== null) : [];
  const isChanged = Object.keys(patch).length > 0 || losesField(original, modified);
  if (retained.length > 0 && isChanged) patch[retainKeysDirective] = retained.toSorted(compareText);
  return patch;
}

function losesField(original: JsonObject, modified: JsonObject): boolean {
  return Object.entries(original).some(([key, value]) => value !== null && !Object.hasOwn(modified, key));
}

function diffField(
  patch: Fields,
  key: string,
  before: Json,
  value: Json,
  schema: TypeSchema,
  options: DiffOptions,
): void {
  // Fields that the schema does not know may stay, as long as they stay the same.
  if (!childSchema(schema, key) && jsonEqual(before, value)) return;
  if (isJsonObject(value)) {
    const field = fieldMerge(schema, key);
    if (field.strategy === 'replace') {
      if (!options.isIgnoringChanges) patch[key] = value;
      return;
    }
    const inner = diffObjects(before as JsonObject, value, field.schema, options, field.isRetainingKeys);
    if (Object.keys(inner).length > 0) patch[key] = inner;
  } else if (Array.isArray(value)) {
    diffList(patch, key, before as readonly Json[], value as readonly Json[], fieldMerge(schema, key), options);
  } else if (!options.isIgnoringChanges && before !== value) {
    patch[key] = value;
  }
}

function diffList(
  patch: Fields,
  key: string,
  original: readonly Json[],
  modified: readonly Json[],
  field: FieldMerge,
  options: DiffOptions,
): void {
  if (field.strategy !== 'merge') {
    if (!options.isIgnoringChanges && !jsonEqual(original, modified)) patch[key] = modified;
    return;
  }
  if (original.length === 0) {
    if (modified.length > 0 && !options.isIgnoringChanges) patch[key] = modified;
    return;
  }
  if (elementKind(original, modified) === 'map') diffMapList(patch, key, original, modified, field, options);
  else diffScalarList(patch, key, original, modified, options);
}

function diffMapList(
  patch: Fields,
  key: string,
  original: readonly Json[],
  modified: readonly Json[],
  field: FieldMerge,
  options: DiffOptions,
): void {
  const { mergeKey } = field;
  const { changes, deletions } = pairElements(original, modified, field, options);
  const list = [...sortByOrder(changes, modified, mergeKey), ...deletions];
  const keyOf = (item: Json): Json => mergeKeyOf(item as JsonObject, mergeKey);
  const isOrderSame =
    original.length === modified.length && original.every((item, at) => keyOf(item) === keyOf(modified[at]!));
  if (list.length > 0) patch[key] = list;
  const isOrdering = options.isIgnoringChanges ? list.length > 0 : list.length > 0 || !isOrderSame;
  if (isOrdering && modified.length > 0) {
    patch[`${setElementOrderPrefix}/${key}`] = modified.map((item) => ({ [mergeKey]: keyOf(item) }));
  }
}

/** Walks both lists in the order of their merge keys. */
function pairElements(
  original: readonly Json[],
  modified: readonly Json[],
  { mergeKey, schema, isRetainingKeys }: FieldMerge,
  options: DiffOptions,
): { readonly changes: readonly Json[]; readonly deletions: readonly Json[] } {
  const changes: Json[] = [];
  const deletions: Json[] = [];
  const before = sortByKey(original, mergeKey);
  const after = sortByKey(modified, mergeKey);
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, next] = [before[i], after[j]];
    const order =
      old && next ? compareText(goText(mergeKeyOf(old, mergeKey)), goText(mergeKeyOf(next, mergeKey))) : old ? -1 : 1;
    if (order === 0) {
      const inner = diffObjects(old!, next!, schema, options, isRetainingKeys);
      if (Object.keys(inner).length > 0) changes.push({ ...inner, [mergeKey]: next![mergeKey]! });
      i++;
      j++;
    } else if (order > 0) {
      mergeKeyOf(next!, mergeKey);
      if (!options.isIgnoringChanges) changes.push(next!);
      j++;
    } else {
      const value = mergeKeyOf(old!, mergeKey);
      if (!options.isIgnoringDeletions) deletions.push({ [mergeKey]: value, [directiveMarker]: 'delete' });
      i++;
    }
  }
  return { changes, deletions };
}

function diffScalarList(
  patch: Fields,
  key: string,
  original: readonly Json[],
  modified: readonly Json[],
  options: DiffOptions,
): void {
  const added = options.isIgnoringChanges ? [] : modified.filter((item) => !original.includes(item));
  const removed = options.isIgnoringDeletions ? [] : original.filter((item) => !modified.includes(item));
  const list = sortByOrder([...new Set(sortScalars(added))], modified, '');
  const gone = [...new Set(sortScalars(removed))];
  if (list.length > 0) patch[key] = list;
  if (gone.length > 0) patch[`${deleteFromPrimitiveListPrefix}/${key}`] = gone;
  // Upstream has sorted the original by now, so an unsorted list sets its order even when nothing changed.
  const isOrdering = gone.length > 0 || (!options.isIgnoringChanges && !jsonEqual(sortScalars(original), modified));
  if (isOrdering && modified.length > 0) patch[`${setElementOrderPrefix}/${key}`] = modified;
}
