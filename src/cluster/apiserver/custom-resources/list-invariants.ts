import {
  duplicate,
  goJson,
  invalid,
  isJsonObject,
  type FieldError,
  type Json,
  type JsonObject,
} from '../../../api/index.ts';
import { itemsOf, listMapKeys, listType, propertyOf, valuesOf, type JsonSchema } from './json-schema.ts';

/**
 * No element of a set, and no key of a list map, comes twice.
 * Upstream: apiextensions-apiserver/pkg/apiserver/schema/listtype/validation.go
 */
export function validateLists(
  value: Json | undefined,
  schema: JsonSchema | undefined,
  path = '',
): readonly FieldError[] {
  if (!schema || typeof value !== 'object' || value === null) return [];
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([key, item]) => {
      const property = propertyOf(schema, key);
      if (property) return validateLists(item, property, path ? `${path}.${key}` : key);
      return validateLists(item, valuesOf(schema), `${path}[${key}]`);
    });
  }
  const list = value as readonly Json[];
  const below = itemsOf(schema);
  return [
    ...listErrors(list, schema, path),
    ...(below ? list.flatMap((item, index) => validateLists(item, below, `${path}[${index}]`)) : []),
  ];
}

function listErrors(list: readonly Json[], schema: JsonSchema, path: string): readonly FieldError[] {
  switch (schema[listType]) {
    case 'set':
      return repeated(list).map((index) => duplicate(`${path}[${index}]`, list[index]));
    case 'map': {
      const wrong = list.findIndex((item) => item !== null && !isJsonObject(item));
      if (wrong >= 0) {
        return [invalid(`${path}[${wrong}]`, list[wrong], 'must be an object for an array of list-type map')];
      }
      const keys = list.map((item) => keyOf(item, schema[listMapKeys] ?? []));
      return repeated(keys).map((index) => duplicate(`${path}[${index}]`, keys[index]));
    }
    default:
      return [];
  }
}

function keyOf(item: Json, fields: readonly string[]): JsonObject {
  const given = fields.filter((field) => isJsonObject(item) && Object.hasOwn(item, field));
  return Object.fromEntries(given.map((field) => [field, (item as JsonObject)[field]!]));
}

/** Where something comes for the second time. */
function repeated(list: readonly Json[]): readonly number[] {
  const times = new Map<string, number>();
  return list.flatMap((item, index) => {
    const text = goJson(item);
    const seen = (times.get(text) ?? 0) + 1;
    times.set(text, seen);
    return seen === 2 ? [index] : [];
  });
}
