/**
 * Server-side apply: the manifest says what its manager wants, and that alone. Fields that others own with another value
 * are conflicts; fields that the manager applied before and does not mention any more go, unless somebody else owns them.
 * Upstream: structured-merge-diff/v6/merge/update.go, apimachinery/pkg/util/managedfields/internal
 * Differs: entries of other API versions of the kind are compared as they are; upstream converts the object for each.
 */
import { ApiError, badRequest } from '../api-error.ts';
import { DecodeError } from '../decode/decode-error.ts';
import { decodeObject } from '../decode/decode-object.ts';
import { isJsonObject, jsonEqual } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { FieldSet, KubeObject, ManagedFieldsEntry } from '../meta.ts';
import { applyConflictError, conflictingFields, withoutConflicts } from './apply-conflict.ts';
import type { ApplyConflict } from './apply-conflict.ts';
import { compareObjects } from './compare-objects.ts';
import { fieldsOf } from './extract-fields.ts';
import { differenceOfSets, emptySet, excludeFromSet, intersectSets, isEmptySet, unionSets } from './field-set.ts';
import { lastAppliedAnnotation, lastAppliedFields, withLastApplied } from './last-applied.ts';
import { decodeEntries, encodeEntries, entryId, withFields } from './managed-entries.ts';
import type { ManagedEntries } from './managed-entries.ts';
import { mergeApplied } from './merge-applied.ts';
import { removeItems, withNamedFields } from './remove-items.ts';
import {
  emptyObject,
  newEntry,
  resetFieldsOf,
  stripSystemFields,
  updateEntries,
  withManagedFields,
  withoutManagedFields,
} from './track-update.ts';
import type { UpdateContext } from './track-update.ts';
import { appliedProblem } from './validate-applied.ts';

export interface ApplyContext extends UpdateContext {
  /** Takes fields from others instead of refusing. */
  readonly isForced: boolean;
}

/**
 * The object after the apply, with its managedFields; `live` itself when nothing changes. Defaults are not filled in yet.
 * `live` is undefined when the apply creates the object.
 * Throws ApiError: 409 with a cause for each conflict, 400 for a manifest that sets managedFields or is of another
 * version, 500 (as upstream) for one that does not fit the schema.
 */
export function serverSideApply<T extends KubeObject>(
  live: T | undefined,
  applied: JsonObject,
  context: ApplyContext,
): T {
  const { schema } = context;
  checkManifest(live, applied, context);
  const base = withoutManagedFields((live ?? { ...emptyObject(schema), ...typeOf(applied) }) as unknown as JsonObject);
  const entries = entriesOf(live, base, applied, context);
  const attempt = applyOnce(base, applied, entries, context);
  const conflicts = context.isForced ? [] : attempt.conflicts;
  if (conflicts.length > 0) {
    const left = context.manager === 'kubectl' ? allowedConflictsRemoved(base, conflicts, schema) : conflicts;
    if (left.length > 0) throw applyConflictError(left);
  }

  const synced = context.manager === 'kubectl' ? syncLastApplied(attempt.object, applied) : attempt.object;
  const decoded = decode(synced, applied, schema);
  const managedFields = encodeEntries(attempt.entries);
  const isSame =
    live &&
    isSameButTimes(managedFields, live.metadata.managedFields) &&
    jsonEqual(decoded, decode(base, applied, schema));
  return isSame ? live : withManagedFields(decoded as unknown as T, managedFields);
}

/** In the form that Go would write. */
function decode(object: JsonObject, applied: JsonObject, schema: ApplyContext['schema']): JsonObject {
  try {
    return decodeObject(object, schema, 'converter').object;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new ApiError(
      500,
      '',
      `failed to convert new object (${subjectOf(applied)}) to proper version: ${error.message}`,
    );
  }
}

/** `default/web; apps/v1, Kind=Deployment` */
function subjectOf({ apiVersion, kind, metadata }: JsonObject): string {
  const { namespace, name } = isJsonObject(metadata) ? metadata : {};
  return `${String(namespace ?? '')}/${String(name ?? '')}; ${String(apiVersion)}, Kind=${String(kind)}`;
}

function typeOf({ apiVersion, kind }: JsonObject): JsonObject {
  return { apiVersion: apiVersion ?? '', kind: kind ?? '' };
}

function checkManifest(live: KubeObject | undefined, applied: JsonObject, { schema }: ApplyContext): void {
  if (live && applied.apiVersion !== live.apiVersion) {
    throw badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${String(applied.apiVersion)}, expected: ${live.apiVersion}`,
    );
  }
  const { metadata } = applied;
  if (isJsonObject(metadata) && metadata.managedFields !== undefined && metadata.managedFields !== null) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const problem = appliedProblem(applied, schema);
  if (problem === undefined) return;
  throw new ApiError(500, '', `failed to create typed patch object (${subjectOf(applied)}): ${problem}`);
}

/** An object that was never tracked belongs to `before-first-apply`. */
function entriesOf(
  live: KubeObject | undefined,
  base: JsonObject,
  applied: JsonObject,
  context: ApplyContext,
): ManagedEntries {
  const entries = decodeEntries(live?.metadata.managedFields);
  if (entries.size > 0 || !live) return entries;
  const before = { ...emptyObject(context.schema), ...typeOf(applied) } as unknown as KubeObject;
  return updateEntries(before, base as unknown as KubeObject, entries, { ...context, manager: 'before-first-apply' });
}

interface Attempt {
  readonly object: JsonObject;
  readonly entries: ManagedEntries;
  readonly conflicts: readonly ApplyConflict[];
}

/** What forcing would give, and what it would take from whom. */
function applyOnce(base: JsonObject, applied: JsonObject, entries: ManagedEntries, context: ApplyContext): Attempt {
  const { schema } = context;
  const reset = resetFieldsOf(context);
  const entry = newEntry('Apply', String(applied.apiVersion), context);
  const id = entryId(entry);
  const last = entries.get(id)?.fieldsV1;
  const wanted = excludeFromSet(fieldsOf(applied, schema), reset);

  const others = [...entries].filter(([other]) => other !== id);
  const owned = others.reduce((all, [, { fieldsV1 }]) => unionSets(all, fieldsV1), wanted);
  const object = prune(mergeApplied(base, applied, schema), last, owned, context);

  const comparison = compareObjects(base, object, schema);
  const changed = excludeFromSet(comparison.changed, reset);
  const gone = excludeFromSet(comparison.removed, reset);
  const conflicts = others
    .map(([, other]) => ({ entry: other, fields: intersectSets(other.fieldsV1, changed) }))
    .filter(({ fields }) => !isEmptySet(fields));

  const next = new Map<string, ManagedFieldsEntry>();
  for (const [other, kept] of others) {
    const rest = withFields(kept, differenceOfSets(differenceOfSets(kept.fieldsV1, changed), gone));
    if (rest) next.set(other, rest);
  }
  const mine = withFields(entry, stripSystemFields(wanted));
  if (mine && !isEmptySet(mine.fieldsV1)) next.set(id, mine);
  return { object, entries: next, conflicts };
}

/** Removes what the manager applied last time, does not apply now, and nobody else owns. */
function prune(merged: JsonObject, last: FieldSet | undefined, owned: FieldSet, { schema }: ApplyContext): JsonObject {
  if (!last || isEmptySet(last)) return merged;
  const named = (set: FieldSet): FieldSet => withNamedFields(set, schema);
  const allFields = named(fieldsOf(merged, schema));
  const lastFields = named(last);

  const bare = removeItems(merged, lastFields, schema);
  const keep = unionSets(named(fieldsOf(bare, schema)), named(owned));
  const withOwned = removeItems(merged, differenceOfSets(allFields, keep), schema);

  // What went although it was never the manager's comes back.
  const lost = differenceOfSets(allFields, named(fieldsOf(withOwned, schema)));
  return removeItems(merged, intersectSets(lost, lastFields), schema);
}

/** `kubectl apply --server-side` may take what `kubectl apply` set before, as the annotation tells. */
function allowedConflictsRemoved(
  base: JsonObject,
  conflicts: readonly ApplyConflict[],
  schema: ApplyContext['schema'],
): readonly ApplyConflict[] {
  const allowed = lastAppliedFields(base, schema) ?? emptySet;
  const isAllAllowed = isEmptySet(differenceOfSets(conflictingFields(conflicts), allowed));
  return isAllAllowed ? [] : withoutConflicts(conflicts, allowed);
}

function syncLastApplied(object: JsonObject, applied: JsonObject): JsonObject {
  const { metadata } = object;
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  const isAnnotated = isJsonObject(annotations) && Boolean(annotations[lastAppliedAnnotation]);
  return isAnnotated ? withLastApplied(object, applied) : object;
}

function isSameButTimes(
  a: readonly ManagedFieldsEntry[] | undefined,
  b: readonly ManagedFieldsEntry[] | undefined,
): boolean {
  const [mine, theirs] = [decodeEntries(a), decodeEntries(b)];
  return (
    mine.size === theirs.size &&
    [...mine].every(([id, entry]) => jsonEqual({ ...entry, time: '' }, { ...theirs.get(id), time: '' }))
  );
}
