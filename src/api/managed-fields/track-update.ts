/**
 * Who owns which field after an ordinary write: whoever changes a field owns it from then on.
 * Upstream: apimachinery/pkg/util/managedfields/internal: managedfieldsupdater.go, structuredmerge.go, stripmeta.go,
 * skipnonapplied.go; structured-merge-diff/v6/merge/update.go
 */
import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { FieldSet, KubeObject, ManagedFieldsEntry } from '../meta.ts';
import type { ObjectSchema } from '../schema/type-schema.ts';
import { decodeObject } from '../decode/decode-object.ts';
import { compareObjects } from './compare-objects.ts';
import { differenceOfSets, emptySet, isEmptySet, leaf } from './field-set.ts';
import { internedDifference, internedExclusion, internedUnion, internSet } from './interned-set.ts';
import {
  capUpdateManagers,
  decodeEntries,
  encodeEntries,
  entriesProblem,
  entryId,
  withFields,
} from './managed-entries.ts';
import type { ManagedEntries } from './managed-entries.ts';

export interface UpdateContext {
  readonly schema: ObjectSchema;
  /** The field manager, or else the first word of the user agent. */
  readonly manager: string;
  /** RFC 3339. */
  readonly nowText: string;
  /** `status`, `scale`, …; empty for the object itself. */
  readonly subresource?: string;
  /** What writes to this resource, or subresource, cannot own. Status for the object, everything else for its status. */
  readonly resetFields?: FieldSet;
}

/** Fields that nobody owns. */
const stripped = internSet({
  'f:apiVersion': leaf,
  'f:kind': leaf,
  'f:metadata': {
    '.': leaf,
    'f:name': leaf,
    'f:namespace': leaf,
    'f:creationTimestamp': leaf,
    'f:selfLink': leaf,
    'f:uid': leaf,
    'f:clusterName': leaf,
    'f:generation': leaf,
    'f:managedFields': leaf,
    'f:resourceVersion': leaf,
  },
});

const statusFields = internSet({ 'f:status': leaf });
const specFields = internSet({ 'f:spec': leaf });

export function resetFieldsOf({
  subresource,
  resetFields,
}: Pick<UpdateContext, 'subresource' | 'resetFields'>): FieldSet {
  return resetFields ?? (subresource === 'status' ? specFields : subresource ? emptySet : statusFields);
}

export function stripSystemFields(set: FieldSet): FieldSet {
  return differenceOfSets(set, stripped);
}

/**
 * `next` with its managedFields. `live` is undefined on create. `next` is the object as the client wants it, defaults
 * filled in, before the server fills in more; its managedFields count if they are not those of the live object.
 */
export function trackUpdate<T extends KubeObject>(live: T | undefined, next: T, context: UpdateContext): T {
  const given = next.metadata.managedFields;
  const entries = entriesToStartFrom(live, given, context.subresource);
  const mayTrack = entries.size > 0 || live === undefined || live.metadata.uid === undefined;
  const before = live ?? (emptyObject(context.schema) as unknown as T);
  const managed = mayTrack ? capUpdateManagers(updateEntries(before, next, entries, context)) : entries;
  return withManagedFields(next, managed === entries ? entriesAsGiven(live, entries) : encodeEntries(managed));
}

/** The live object's own list, if the entries are still those. */
function entriesAsGiven(
  live: KubeObject | undefined,
  entries: ManagedEntries,
): readonly ManagedFieldsEntry[] | undefined {
  const current = live?.metadata.managedFields ?? [];
  const isCurrent = current.length === entries.size && current.every((entry) => entries.get(entryId(entry)) === entry);
  return isCurrent ? live?.metadata.managedFields : encodeEntries(entries);
}

function entriesToStartFrom(
  live: KubeObject | undefined,
  given: readonly ManagedFieldsEntry[] | undefined,
  subresource: string | undefined,
): ManagedEntries {
  const current = live?.metadata.managedFields;
  if (subresource || given === undefined || given === current) return decodeEntries(current);
  const isReset = given.length === 0 || (given.length === 1 && isEmptySet(given[0] as unknown as FieldSet));
  if (isReset) return new Map();
  return decodeEntries(entriesProblem(given) === undefined ? given : current);
}

/** Hands back `entries` when the write changes no field. */
export function updateEntries(
  live: KubeObject,
  next: KubeObject,
  entries: ManagedEntries,
  context: UpdateContext,
): ManagedEntries {
  const reset = internSet(resetFieldsOf(context));
  const comparison = compareObjects(live, next, context.schema);
  const ownable = (set: FieldSet) => internedDifference(internedExclusion(set, reset), stripped);
  const [changed, gone] = [ownable(comparison.changed), ownable(comparison.removed)];
  if (isEmptySet(changed) && isEmptySet(gone)) return entries;

  const updated = new Map<string, ManagedFieldsEntry>();
  for (const [id, entry] of entries) {
    const owned = internSet(entry.fieldsV1);
    const kept = withFields(entry, internedDifference(internedDifference(owned, changed), gone));
    if (kept) updated.set(id, kept);
  }
  if (!isEmptySet(changed)) {
    const entry = newEntry('Update', next.apiVersion, context);
    const id = entryId(entry);
    const previous = updated.get(id);
    updated.set(id, { ...entry, fieldsV1: previous ? internedUnion(previous.fieldsV1, changed) : changed });
  }
  return updated;
}

export function newEntry(
  operation: 'Apply' | 'Update',
  apiVersion: string,
  { manager, nowText, subresource }: UpdateContext,
): ManagedFieldsEntry {
  return {
    manager: manager || 'unknown',
    operation,
    apiVersion,
    time: nowText,
    fieldsType: 'FieldsV1',
    fieldsV1: emptySet,
    ...(subresource && { subresource }),
  };
}

const emptyObjects = new WeakMap<ObjectSchema, JsonObject>();

/** What Go's zero value looks like: objects that are never absent belong to nobody. */
export function emptyObject(schema: ObjectSchema): JsonObject {
  const known = emptyObjects.get(schema);
  if (known) return known;
  const empty = decodeObject({}, schema).object;
  emptyObjects.set(schema, empty);
  return empty;
}

export function withManagedFields<T extends KubeObject>(
  object: T,
  managedFields: readonly ManagedFieldsEntry[] | undefined,
): T {
  if (object.metadata.managedFields === managedFields) return object;
  if (managedFields) return { ...object, metadata: Object.assign({}, object.metadata, { managedFields }) };
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** Without managedFields, for comparing and merging. */
export function withoutManagedFields(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata) || metadata.managedFields === undefined) return object;
  const { managedFields: _, ...rest } = metadata;
  return { ...object, metadata: rest };
}
