/**
 * JSON Merge Patch, RFC 7386.
 * Upstream: gopkg.in/evanphx/json-patch.v4 merge.go, apimachinery/pkg/util/jsonmergepatch
 */
import { goJson, isJsonObject, jsonEqual } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { PatchError } from './patch-error.ts';

/** The patched object; what the patch does not touch is shared with the original. Throws PatchError. */
export function applyMergePatch(original: JsonObject, patch: unknown): JsonObject {
  if (!isJsonObject(patch)) throw new PatchError('malformed', 'Invalid JSON Patch');
  return mergeObject(original, patch);
}

function mergeObject(original: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...original };
  let isChanged = false;
  for (const [key, value] of Object.entries(patch)) {
    const before = original[key];
    if (value === null) {
      if (!Object.hasOwn(original, key)) continue;
      delete merged[key];
      isChanged = true;
      continue;
    }
    const after = isJsonObject(value)
      ? isJsonObject(before)
        ? mergeObject(before, value)
        : withoutNulls(value)
      : jsonEqual(before, value)
        ? before!
        : value;
    if (after === before) continue;
    setKey(merged, key, after);
    isChanged = true;
  }
  return isChanged ? merged : original;
}

/** `__proto__` is a key like any other. */
function setKey(target: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** What a patch adds where nothing was: its nulls delete nothing. Nulls within lists stay. */
function withoutNulls(value: JsonObject): JsonObject {
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, isJsonObject(item) ? withoutNulls(item) : item]));
}

/** The patch that makes `modified` of `original`; empty when they are equal. */
export function createMergePatch(original: JsonObject, modified: JsonObject): JsonObject {
  const patch: Record<string, Json> = {};
  for (const [key, value] of Object.entries(modified)) {
    if (!Object.hasOwn(original, key)) {
      setKey(patch, key, value);
      continue;
    }
    const before = original[key]!;
    if (jsonEqual(before, value)) continue;
    if (isJsonObject(before) && isJsonObject(value)) setKey(patch, key, createMergePatch(before, value));
    else setKey(patch, key, value);
  }
  for (const key of Object.keys(original)) if (!Object.hasOwn(modified, key)) setKey(patch, key, null);
  return patch;
}

/**
 * What `kubectl apply` sends for custom resources: additions and changes from the live object to the manifest, and
 * deletions of what an earlier manifest had and this one has no more.
 */
export function createMergeThreeWayPatch(original: JsonObject, modified: JsonObject, current: JsonObject): JsonObject {
  const changes = filterNulls(createMergePatch(current, modified), false);
  const deletions = filterNulls(createMergePatch(original, modified), true);
  if (haveConflicts(changes, deletions)) {
    const texts = `patch:\n${goJson(changes)}\nconflicts with changes made from original to current:\n${goJson(deletions)}\n`;
    throw new PatchError('conflict', texts);
  }
  return combine(deletions, changes);
}

/** Only what is null, or only what is not. */
function filterNulls(patch: JsonObject, isKeepingNulls: boolean): JsonObject {
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      if (isKeepingNulls) setKey(kept, key, null);
    } else if (isJsonObject(value) && Object.keys(value).length > 0) {
      const inner = filterNulls(value, isKeepingNulls);
      if (Object.keys(inner).length > 0) setKey(kept, key, inner);
    } else if (!isKeepingNulls) {
      setKey(kept, key, value);
    }
  }
  return kept;
}

function haveConflicts(a: Json, b: Json): boolean {
  if (!isJsonObject(a) || !isJsonObject(b)) return !jsonEqual(a, b);
  return Object.keys(a).some((key) => Object.hasOwn(b, key) && haveConflicts(a[key]!, b[key]!));
}

/** Two patches as one: unlike applying one to the other, nulls stay. */
function combine(first: JsonObject, second: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const before = Object.hasOwn(first, key) ? first[key]! : undefined;
    setKey(merged, key, isJsonObject(before) && isJsonObject(value) ? combine(before, value) : value);
  }
  return merged;
}
