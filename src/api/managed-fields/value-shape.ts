/**
 * How server-side apply sees a value: as one thing, or as something with parts that have owners of their own.
 * Upstream: sigs.k8s.io/structured-merge-diff/v6/typed/helpers.go
 */
import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { anySchema } from '../schema/type-schema.ts';
import type { ListSchema, TypeSchema } from '../schema/type-schema.ts';

/** Free JSON below which nothing has an owner of its own. */
const atomicAny: TypeSchema = { type: 'any', name: 'atomic' };
const rawExtension = 'io.k8s.apimachinery.pkg.runtime.RawExtension';

/** Whether the value is an object whose fields, or keys, have owners of their own. */
export function isGranularObject(value: unknown, schema: TypeSchema): value is JsonObject {
  if (schema.type === 'any') return schema !== atomicAny && isJsonObject(value);
  return (schema.type === 'object' || schema.type === 'map') && !schema.isAtomic && isJsonObject(value);
}

/** Whether the value is a list whose elements have owners of their own. */
export function isGranularList(value: unknown, schema: TypeSchema): value is readonly unknown[] {
  return schema.type === 'list' && schema.listType !== 'atomic' && Array.isArray(value);
}

export function isGranular(schema: TypeSchema): boolean {
  if (schema.type === 'list') return schema.listType !== 'atomic';
  if (schema.type === 'any') return schema !== atomicAny;
  return (schema.type === 'object' || schema.type === 'map') && !schema.isAtomic;
}

/** The schema of a field or key. */
export function partSchema(schema: TypeSchema, key: string): TypeSchema {
  if (schema.type === 'object') return schema.fields.get(key)?.schema ?? anySchema;
  if (schema.type === 'map') return schema.values;
  return schema.type === 'any' && schema.name === rawExtension ? atomicAny : anySchema;
}

export function itemSchema(schema: TypeSchema): ListSchema {
  if (schema.type === 'list') return schema;
  throw new Error('a list must have the schema of a list');
}

/** Nothing, null, or a container without content. */
export function isEmptyValue(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object') return false;
  for (const _ in value) return false;
  return true;
}
