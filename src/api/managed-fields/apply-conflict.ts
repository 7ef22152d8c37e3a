/**
 * The refusal to take fields from others.
 * Upstream: apimachinery/pkg/util/managedfields/internal/conflict.go
 */
import { ApiError } from '../api-error.ts';
import { goQuote } from '../json.ts';
import type { FieldSet, ManagedFieldsEntry } from '../meta.ts';
import { differenceOfSets, emptySet, isEmptySet, pathsOf, unionSets } from './field-set.ts';
import { pathText } from './path-element.ts';

/** Fields of one manager that an apply would change. */
export interface ApplyConflict {
  readonly entry: ManagedFieldsEntry;
  readonly fields: FieldSet;
}

export function conflictingFields(conflicts: readonly ApplyConflict[]): FieldSet {
  return conflicts.reduce((all, { fields }) => unionSets(all, fields), emptySet);
}

export function withoutConflicts(conflicts: readonly ApplyConflict[], allowed: FieldSet): readonly ApplyConflict[] {
  return conflicts
    .map(({ entry, fields }) => ({ entry, fields: differenceOfSets(fields, allowed) }))
    .filter(({ fields }) => !isEmptySet(fields));
}

export function applyConflictError(conflicts: readonly ApplyConflict[]): ApiError {
  const listed = conflicts
    .map(({ entry, fields }) => ({ manager: managerText(entry), paths: pathsOf(fields).map(pathText) }))
    .toSorted((a, b) => (a.manager < b.manager ? -1 : a.manager > b.manager ? 1 : 0));
  const causes = listed.flatMap(({ manager, paths }) =>
    paths.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${manager}`, field })),
  );
  const message =
    causes.length === 1
      ? `Apply failed with 1 conflict: conflict with ${listed[0]!.manager}: ${causes[0]!.field}`
      : `Apply failed with ${causes.length} conflicts: ${listed.map(groupText).join('\n')}`;
  return new ApiError(409, 'Conflict', message, { causes });
}

function groupText({ manager, paths }: { readonly manager: string; readonly paths: readonly string[] }): string {
  return [`conflicts with ${manager}:`, ...paths.map((path) => `- ${path}`)].join('\n');
}

/** `"kubectl" with subresource "scale" using apps/v1` */
function managerText({ manager, subresource, operation, apiVersion }: ManagedFieldsEntry): string {
  const name = subresource ? `${goQuote(manager)} with subresource ${goQuote(subresource)}` : goQuote(manager);
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
