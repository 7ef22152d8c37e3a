/**
 * managedFields, taken apart by manager and put together again.
 * Upstream: apimachinery/pkg/util/managedfields/internal/managedfields.go, capmanagers.go
 */
import type { FieldSet, ManagedFieldsEntry } from '../meta.ts';
import { isEmptySet, unionSets } from './field-set.ts';
import { internSet } from './interned-set.ts';

/** By manager, operation, subresource and, for updates, API version. */
export type ManagedEntries = ReadonlyMap<string, ManagedFieldsEntry>;

export const maxUpdateManagers = 10;

/** How entries are told apart. One applier has one entry, whatever the version it applies. */
export function entryId(entry: Omit<ManagedFieldsEntry, 'fieldsType' | 'fieldsV1'>): string {
  const version = entry.operation === 'Apply' ? '' : entry.apiVersion;
  return [entry.manager, entry.operation, version, entry.subresource ?? ''].join('\n');
}

export function decodeEntries(entries: readonly ManagedFieldsEntry[] | undefined): ManagedEntries {
  return new Map((entries ?? []).map((entry) => [entryId(entry), entry]));
}

/** What is wrong with entries that a client sends; upstream then falls back on those of the live object. */
export function entriesProblem(entries: readonly ManagedFieldsEntry[]): string | undefined {
  for (const [index, { operation, apiVersion, fieldsType }] of entries.entries()) {
    if (operation !== 'Apply' && operation !== 'Update') return 'operation must be `Apply` or `Update`';
    if (!apiVersion) return 'apiVersion must not be empty';
    if (!fieldsType) return `missing fieldsType in managed fields entry ${index}`;
    if (fieldsType !== 'FieldsV1')
      return `invalid fieldsType "${fieldsType as string}" in managed fields entry ${index}`;
  }
  return undefined;
}

/** Sorted: appliers first, then the oldest (times are all UTC). Undefined when there are none. */
export function encodeEntries(entries: ManagedEntries): readonly ManagedFieldsEntry[] | undefined {
  return entries.size === 0 ? undefined : [...entries.values()].toSorted(compareEntries);
}

function compareEntries(a: ManagedFieldsEntry, b: ManagedFieldsEntry): number {
  return (
    compareText(a.operation, b.operation) ||
    compareText(a.time ?? '', b.time ?? '') ||
    compareText(a.manager, b.manager) ||
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.subresource ?? '', b.subresource ?? '')
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The entry with other fields; undefined when there are none left. */
export function withFields(entry: ManagedFieldsEntry, fields: FieldSet): ManagedFieldsEntry | undefined {
  if (fields === entry.fieldsV1) return entry;
  return isEmptySet(fields) ? undefined : { ...entry, fieldsV1: fields };
}

/** Beyond ten, the oldest updates of one version become one entry. */
export function capUpdateManagers(entries: ManagedEntries): ManagedEntries {
  const updates = [...entries].filter(([, entry]) => entry.operation === 'Update');
  if (updates.length <= maxUpdateManagers) return entries;
  const capped = new Map(entries);
  const oldestFirst = updates.toSorted(
    ([a, first], [b, second]) => compareText(first.time ?? '', second.time ?? '') || compareText(a, b),
  );
  const firstOfVersion = new Map<string, string>();
  let count = updates.length;
  for (const [id, entry] of oldestFirst) {
    if (count <= maxUpdateManagers) break;
    const first = firstOfVersion.get(entry.apiVersion);
    if (first === undefined) {
      firstOfVersion.set(entry.apiVersion, id);
      continue;
    }
    const { manager: _, subresource: __, ...rest } = entry;
    const bucket = { ...rest, manager: 'ancient-changes' };
    const bucketId = entryId(bucket);
    const earlier = capped.get(bucketId) ?? capped.get(first)!;
    if (!capped.has(bucketId)) capped.delete(first);
    capped.delete(id);
    capped.set(bucketId, { ...bucket, fieldsV1: internSet(unionSets(entry.fieldsV1, earlier.fieldsV1)) });
    count--;
  }
  return capped;
}
