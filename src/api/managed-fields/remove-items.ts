/**
 * Takes fields and list elements out of an object.
 * Upstream: sigs.k8s.io/structured-merge-diff/v6/typed/remove.go, fieldpath/set.go EnsureNamedFieldsAreMembers
 */
import type { Json, JsonObject } from '../json.ts';
import type { FieldSet } from '../meta.ts';
import type { TypeSchema } from '../schema/type-schema.ts';
import { isEmptySet, isMember, leaf } from './field-set.ts';
import { listElement } from './path-element.ts';
import { isEmptyValue, isGranularList, isGranularObject, itemSchema, partSchema } from './value-shape.ts';

/** A container that loses everything becomes null. */
export function removeItems(object: JsonObject, items: FieldSet, schema: TypeSchema): JsonObject {
  return isEmptySet(items) ? object : ((remove(object, items, schema) ?? {}) as JsonObject);
}

function remove(value: Json, items: FieldSet, schema: TypeSchema): Json {
  if (isEmptyValue(value)) return null;
  if (isGranularObject(value, schema)) return removeFields(value, items, schema);
  if (isGranularList(value, schema)) return removeElements(value as readonly Json[], items, schema);
  return typeof value === 'object' ? null : value;
}

function removeFields(object: JsonObject, items: FieldSet, schema: TypeSchema): Json {
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(object)) {
    const node = items[`f:${key}`];
    if (node === undefined) kept[key] = value;
    else if (!isMember(node)) kept[key] = remove(value, node, partSchema(schema, key));
  }
  return isEmptyValue(kept) ? null : kept;
}

function removeElements(list: readonly Json[], items: FieldSet, schema: TypeSchema): Json {
  const listSchema = itemSchema(schema);
  const kept: Json[] = [];
  for (const [index, item] of list.entries()) {
    const node = items[listElement(item, listSchema) ?? `i:${index}`];
    if (node === undefined) kept.push(item);
    else if (!isMember(node)) kept.push(remove(item, node, listSchema.items));
  }
  return kept.length > 0 ? kept : null;
}

/** The set with the fields of structs that lead to its paths: those that sets leave out, since they are always there. */
export function withNamedFields(set: FieldSet, schema: TypeSchema | undefined): FieldSet {
  const named: Record<string, FieldSet> = {};
  for (const element in set) {
    const node = set[element]!;
    if (element === '.' || isEmptySet(node)) {
      named[element] = node;
      continue;
    }
    const inner = withNamedFields(node, schema && schemaBelow(schema, element));
    const isNamed = schema?.type === 'object' && element.startsWith('f:') && schema.fields.has(element.slice(2));
    named[element] = isNamed && !('.' in inner) ? { '.': leaf, ...inner } : inner;
  }
  return named;
}

function schemaBelow(schema: TypeSchema, element: string): TypeSchema | undefined {
  if (element.startsWith('f:')) return schema.type === 'list' ? undefined : partSchema(schema, element.slice(2));
  return schema.type === 'list' ? schema.items : undefined;
}
