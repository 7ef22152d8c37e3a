/**
 * From client-side to server-side apply: what `kubectl apply` owned by updating is owned by applying.
 * Upstream: client-go/util/csaupgrade/upgrade.go
 */
import { jsonEqual } from '../json.ts';
import type { FieldSet, ManagedFieldsEntry } from '../meta.ts';
import { differenceOfSets, isEmptySet, unionSets } from './field-set.ts';

/** The entries of this operation that own all of these fields. */
export function findFieldsOwners(
  entries: readonly ManagedFieldsEntry[] | undefined,
  operation: ManagedFieldsEntry['operation'],
  fields: FieldSet,
): readonly ManagedFieldsEntry[] {
  return (entries ?? []).filter(
    (entry) => entry.operation === operation && isEmptySet(differenceOfSets(fields, entry.fieldsV1)),
  );
}

/** The entries after the upgrade; undefined when there is nothing to do. */
export function upgradeManagedFields(
  entries: readonly ManagedFieldsEntry[] | undefined,
  clientSideManagers: readonly string[],
  serverSideManager: string,
): readonly ManagedFieldsEntry[] | undefined {
  const upgraded = clientSideManagers.reduce(
    (current, manager) => upgradeOne(current, manager, serverSideManager),
    entries ?? [],
  );
  return jsonEqual(entries ?? [], upgraded) ? undefined : upgraded;
}

function upgradeOne(
  entries: readonly ManagedFieldsEntry[],
  clientSideManager: string,
  serverSideManager: string,
): readonly ManagedFieldsEntry[] {
  const isClientSide = (entry: ManagedFieldsEntry): boolean =>
    entry.manager === clientSideManager && entry.operation === 'Update' && !entry.subresource;
  const isServerSide = (entry: ManagedFieldsEntry): boolean =>
    entry.manager === serverSideManager && entry.operation === 'Apply' && !entry.subresource;
  const existing = entries.findIndex(isServerSide);
  const at = existing >= 0 ? existing : entries.findIndex(isClientSide);
  if (at < 0) return entries;
  const target: ManagedFieldsEntry = { ...entries[at]!, manager: serverSideManager, operation: 'Apply' };
  const source = entries.find(
    (entry, index) => index !== at && isClientSide(entry) && entry.apiVersion === target.apiVersion,
  );
  const merged = source ? { ...target, fieldsV1: unionSets(target.fieldsV1, source.fieldsV1) } : target;
  return entries.with(at, merged).filter((entry, index) => index === at || !isClientSide(entry));
}
