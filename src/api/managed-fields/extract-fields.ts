/**
 * The fields that a manifest mentions: what its applier owns.
 * Upstream: sigs.k8s.io/structured-merge-diff/v6/typed/tofieldset.go
 */
import type { FieldSet } from '../meta.ts';
import type { TypeSchema } from '../schema/type-schema.ts';
import { emptySet, leaf } from './field-set.ts';
import { listElement } from './path-element.ts';
import { isEmptyValue, isGranular, isGranularList, isGranularObject, itemSchema, partSchema } from './value-shape.ts';

export function fieldsOf(object: unknown, schema: TypeSchema): FieldSet {
  return partsOf(object, schema) ?? emptySet;
}

/** The node of a value without itself; `leaf` for what has no parts, undefined for what has no content. */
function partsOf(value: unknown, schema: TypeSchema): FieldSet | undefined {
  if (isGranularObject(value, schema)) return fieldParts(value, schema);
  if (isGranularList(value, schema)) return itemParts(value, schema);
  return value === null && isGranular(schema) ? undefined : leaf;
}

function fieldParts(object: Readonly<Record<string, unknown>>, schema: TypeSchema): FieldSet | undefined {
  const parts: Record<string, FieldSet> = {};
  for (const key in object) {
    const value = object[key];
    if (value === undefined) continue;
    const inner = partsOf(value, partSchema(schema, key));
    const isOwnedItself =
      value === null || (isEmptyValue(value) && !Array.isArray(value)) || !isNamedField(schema, key);
    const node = isOwnedItself ? withSelf(inner) : inner;
    if (node) parts[`f:${key}`] = node;
  }
  return isEmptyValue(parts) ? undefined : parts;
}

function isNamedField(schema: TypeSchema, key: string): boolean {
  return schema.type === 'object' && schema.fields.has(key);
}

function withSelf(node: FieldSet | undefined): FieldSet {
  return node === undefined || isEmptyValue(node) ? leaf : { '.': leaf, ...node };
}

function itemParts(list: readonly unknown[], schema: TypeSchema): FieldSet | undefined {
  const { items } = itemSchema(schema);
  const parts: Record<string, FieldSet> = {};
  for (const [index, item] of list.entries()) {
    const element = listElement(item, itemSchema(schema)) ?? `i:${index}`;
    // Of elements that are there twice only the fact itself is owned.
    parts[element] = element in parts ? leaf : withSelf(partsOf(item, items));
  }
  return isEmptyValue(parts) ? undefined : parts;
}
