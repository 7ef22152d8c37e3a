import { Duration } from '@marcbachmann/cel-js/evaluator';
import { isJsonObject, parseGoDuration, type Json, type JsonObject } from '../../../../api/index.ts';
import { parseRfc3339 } from '../../../../api/time.ts';
import { escapedName } from '../../cel/escaping.ts';
import { celValue } from '../../cel/values.ts';
import {
  embeddedResource,
  hasAdditionalProperties,
  intOrString,
  itemsOf,
  preserveUnknownFields,
  propertyOf,
  valuesOf,
  type JsonSchema,
} from '../json-schema.ts';

/**
 * A value as expressions see it: fields under names that can be written, numbers and times by what the schema says.
 * Upstream: apiextensions-apiserver/pkg/apiserver/schema/cel/values.go
 */
export function schemaValue(value: Json, schema: JsonSchema | undefined, isResource = false): unknown {
  if (value === null || !schema) return celValue(value);
  if (schema[intOrString]) return celValue(value);
  switch (schema.type) {
    case 'array':
      return Array.isArray(value)
        ? (value as readonly Json[]).map((item) => schemaValue(item, itemsOf(schema)))
        : celValue(value);
    case 'object':
      return isJsonObject(value) ? objectValue(value, schema, isResource) : celValue(value);
    case 'number':
      return value;
    case 'string':
      return typeof value === 'string' ? stringValue(value, schema.format) : celValue(value);
    default:
      return celValue(value);
  }
}

function objectValue(object: JsonObject, schema: JsonSchema, isResource: boolean): unknown {
  const isEmbedded = isResource || schema[embeddedResource] === true;
  const fields = new Map<string, unknown>();
  const isMap = !schema.properties && hasAdditionalProperties(schema);
  for (const [key, item] of Object.entries(object)) {
    if (isMap) {
      fields.set(key, schemaValue(item, valuesOf(schema)));
      continue;
    }
    const name = escapedName(key);
    if (name === undefined) continue;
    const property = propertyOf(schema, key);
    if (isEmbedded && key === 'metadata') fields.set(key, metadataValue(item));
    else if (property) fields.set(name, schemaValue(item, property));
    else if (isEmbedded && (key === 'apiVersion' || key === 'kind')) fields.set(key, item);
    else if (schema[preserveUnknownFields]) fields.set(name, celValue(item));
  }
  return fields;
}

/** Of metadata, rules may only see the name. */
function metadataValue(metadata: Json): unknown {
  if (!isJsonObject(metadata)) return null;
  const shown = ['name', 'generateName'].filter((field) => Object.hasOwn(metadata, field));
  return new Map(shown.map((field) => [field, metadata[field]]));
}

function stringValue(text: string, format: string | undefined): unknown {
  switch (format) {
    case 'date':
    case 'date-time': {
      const atMs = format === 'date' ? Date.parse(text) : parseRfc3339(text);
      return atMs === undefined || Number.isNaN(atMs) ? text : new Date(atMs);
    }
    case 'duration':
      return asDuration(text);
    default:
      return text;
  }
}

function asDuration(text: string): unknown {
  try {
    return Duration.fromMilliseconds(parseGoDuration(text));
  } catch {
    return text;
  }
}
