import type { Json, JsonObject } from '../../../api/index.ts';
import { hasAdditionalProperties, itemsOf, propertyOf, schemaAt, valuesOf, type JsonSchema } from './json-schema.ts';
import { dropped, isJsonList, isJsonObject, mapEntries, mapItems, withEntries } from './rebuild.ts';

/**
 * Fills in the defaults of the schema. What is null although it may not be counts as missing.
 * Upstream: apiextensions-apiserver/pkg/apiserver/schema/defaulting/algorithm.go
 */
export function applyDefaults<T extends Json>(value: T, schema: JsonSchema | undefined): T;
export function applyDefaults(value: Json, schema: JsonSchema | undefined): Json {
  if (!schema) return value;
  if (isJsonList(value)) {
    const items = itemsOf(schema);
    return items ? mapItems(value, (item) => applyDefaults(defaulted(item, items), items)) : value;
  }
  if (!isJsonObject(value)) return value;
  const missing = Object.entries(schema.properties ?? {}).filter(
    ([key, property]) => property.default !== undefined && !Object.hasOwn(value, key),
  );
  const full = withEntries(
    value,
    missing.map(([key, property]) => [key, property.default as Json]),
  );
  return mapEntries(full, (key, item) => {
    const property = propertyOf(schema, key) ?? (hasAdditionalProperties(schema) ? valuesOf(schema) : undefined);
    return property ? applyDefaults(defaulted(item, property), property) : item;
  });
}

function defaulted(value: Json, schema: JsonSchema): Json {
  return value === null && !schema.nullable && schema.default !== undefined ? (schema.default as Json) : value;
}

/**
 * Takes away nulls that may not be there and have no default.
 * Upstream: apiextensions-apiserver/pkg/apiserver/schema/defaulting/prunenulls.go
 */
export function dropNulls<T extends Json>(value: T, schema: JsonSchema | undefined): T;
export function dropNulls(value: Json, schema: JsonSchema | undefined): Json {
  if (isJsonList(value)) {
    const items = itemsOf(schema);
    return mapItems(value, (item) => dropNulls(item, items));
  }
  if (!isJsonObject(value)) return value;
  return mapEntries(value as JsonObject, (key, item) => {
    const below = schemaAt(schema, key);
    if (item === null && below && !below.nullable && below.default === undefined) return dropped;
    return dropNulls(item, below);
  });
}
