import type { ObjectSchema, TypeSchema } from '../../api/schema/type-schema.ts';
import { equalJson, isObject, type JsonObject, type JsonValue } from '../resource/json.ts';

/**
 * Lays a strategic merge patch over an object, as kustomize does: what the patch has of a list comes first.
 * Upstream: kustomize/kyaml/yaml/merge2
 * @returns undefined when the patch deletes it
 */
export function mergePatch(
  target: JsonObject,
  patch: JsonObject,
  schema: TypeSchema | undefined,
): JsonObject | undefined {
  const directive = patch['$patch'];
  const { $patch: _, ...plain } = patch;
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return plain;
  const merged: JsonObject = { ...target };
  for (const [key, value] of Object.entries(plain)) {
    if (key === '__proto__') continue;
    if (value === null) delete merged[key];
    else if (value !== undefined) mergeField(merged, key, value, schema);
  }
  return merged;
}

function mergeField(merged: JsonObject, key: string, value: JsonValue, schema: TypeSchema | undefined): void {
  const field = schema?.type === 'object' ? (schema as ObjectSchema).fields.get(key) : undefined;
  const inner = field?.schema ?? (schema?.type === 'map' ? schema.values : undefined);
  const present = merged[key];
  if (isObject(value)) {
    const result = mergePatch(isObject(present) ? present : {}, value, inner);
    if (result === undefined) delete merged[key];
    else merged[key] = result;
  } else if (Array.isArray(value) && Array.isArray(present) && field?.patchStrategy?.includes('merge')) {
    merged[key] = mergeList(present, value, field.patchMergeKey, inner?.type === 'list' ? inner.items : undefined);
  } else {
    merged[key] = value;
  }
}

function mergeList(
  present: readonly JsonValue[],
  patch: readonly JsonValue[],
  mergeKey: string | undefined,
  schema: TypeSchema | undefined,
): JsonValue[] {
  if (patch.some((item) => isObject(item) && item['$patch'] === 'replace')) {
    return patch.filter((item) => !(isObject(item) && item['$patch'] === 'replace'));
  }
  if (!mergeKey) return [...present, ...patch.filter((item) => !present.some((each) => equalJson(each, item)))];
  const keyOf = (item: JsonValue) => (isObject(item) ? item[mergeKey] : undefined);
  const rest = [...present];
  const leading: JsonValue[] = [];
  for (const item of patch) {
    const index = rest.findIndex((each) => keyOf(each) === keyOf(item));
    const [before] = index >= 0 ? rest.splice(index, 1) : [{}];
    const merged = isObject(item) && isObject(before) ? mergePatch(before, item, schema) : item;
    if (merged !== undefined) leading.push(merged);
  }
  return [...leading, ...rest];
}
