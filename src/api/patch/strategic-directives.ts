/**
 * The words that a strategic merge patch uses beside the object's own fields, and the errors about them.
 * Upstream: apimachinery/pkg/util/strategicpatch/patch.go, pkg/util/mergepatch/errors.go
 */
import { goText, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { childSchema } from '../schema/type-schema.ts';
import type { TypeSchema } from '../schema/type-schema.ts';
import { PatchError } from './patch-error.ts';

export const directiveMarker = '$patch';
export const retainKeysDirective = '$retainKeys';
export const deleteFromPrimitiveListPrefix = '$deleteFromPrimitiveList';
export const setElementOrderPrefix = '$setElementOrder';

/** How a field merges. */
export interface FieldMerge {
  readonly schema: TypeSchema;
  readonly strategy: '' | 'merge' | 'replace';
  readonly isRetainingKeys: boolean;
  readonly mergeKey: string;
}

/** Throws PatchError when the type has no such field. For lists, `schema` is that of the elements. */
export function fieldMerge(schema: TypeSchema, key: string): FieldMerge {
  const child = childSchema(schema, key);
  if (!child) throw unfit(notFoundMessage(schema, key));
  const field = schema.type === 'object' ? schema.fields.get(key) : undefined;
  const words = (field?.patchStrategy ?? '').split(',');
  return {
    schema: child.type === 'list' ? child.items : child,
    strategy: words.includes('merge') ? 'merge' : words.includes('replace') ? 'replace' : '',
    isRetainingKeys: words.includes('retainKeys'),
    mergeKey: field?.patchMergeKey ?? '',
  };
}

function notFoundMessage(schema: TypeSchema, key: string): string {
  if (schema.type !== 'object') {
    return `merging an object in json but data type is not struct, instead is: ${schema.type}`;
  }
  return `unable to find api field in struct ${schema.name.split('.').at(-1)} for the json field ${JSON.stringify(key)}`;
}

/** `$setElementOrder/containers` is about `containers`. */
export function directiveTarget(key: string, prefix: string): string {
  const slash = key.indexOf('/');
  if (slash >= 0 && key.slice(0, slash) === prefix) return key.slice(slash + 1);
  throw malformed(
    prefix === setElementOrderPrefix
      ? 'invalid patch format of setElementOrder list'
      : 'invalid patch format of primitive list',
  );
}

export function malformed(message: string): PatchError {
  return new PatchError('malformed', message);
}

export function unfit(message: string): PatchError {
  return new PatchError('unfit', message);
}

export function expectObject(value: Json | undefined): JsonObject {
  if (isJsonObject(value)) return value;
  throw unfit(`expected a map[string]interface {}, but received a ${goTypeName(value)}`);
}

export function expectList(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  throw unfit(`expected a []interface {}, but received a ${goTypeName(value)}`);
}

export function mergeKeyOf(item: JsonObject, mergeKey: string): Json {
  if (Object.hasOwn(item, mergeKey)) return item[mergeKey]!;
  throw unfit(`map: ${goText(item)} does not contain declared merge key: ${mergeKey}`);
}

export function unknownPatchType(directive: Json | undefined, item: JsonObject): PatchError {
  return unfit(`unknown patch type: ${goText(directive)} in map: ${goText(item)}`);
}

/** What Go calls the type of a decoded JSON value. */
export function goTypeName(value: Json | undefined): string {
  if (value === null || value === undefined) return '%!s(<nil>)';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' ? (Number.isInteger(value) ? 'int64' : 'float64') : 'string';
}

/** `map`, `list`, or the kind of scalar: two values of one shape merge, others replace each other. */
export function shapeOf(value: Json | undefined): string {
  return typeof value === 'number' ? 'number' : goTypeName(value);
}
