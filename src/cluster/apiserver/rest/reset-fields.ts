import { emptySet, type FieldSet } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';

/**
 * What a write cannot own; undefined stands for the usual: the status, or all but the status. A custom resource without
 * a status of its own has no such fields.
 * Upstream: GetResetFields in apiextensions-apiserver/pkg/registry/customresource/strategy.go
 */
export function resetFieldsOf({ custom, status }: Pick<ResourceDefinition, 'custom' | 'status'>): FieldSet | undefined {
  return custom && !status ? emptySet : undefined;
}
