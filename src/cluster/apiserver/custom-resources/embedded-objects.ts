import {
  badRequest,
  checkDns1035Label,
  decodeObject,
  invalid,
  isJsonObject,
  required,
  type FieldError,
  type Json,
  type JsonObject,
  type ObjectMeta,
  type ObjectSchema,
} from '../../../api/index.ts';
import { validateObjectMeta } from '../rest/validate-object-meta.ts';
import { embeddedResource, itemsOf, propertyOf, schemaAt, valuesOf, type JsonSchema } from './json-schema.ts';
import { mapEntries, mapItems } from './rebuild.ts';

/**
 * Whole objects inside a custom resource: their metadata is that of every object.
 * Upstream: apiextensions-apiserver/pkg/apiserver/schema/objectmeta
 */
export function coerceEmbedded(
  value: Json,
  schema: JsonSchema | undefined,
  metadataSchema: ObjectSchema,
  unknown: string[],
  path = '',
): Json {
  if (!schema) return value;
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    const list = value as readonly Json[];
    return items
      ? mapItems(list, (item, index) => coerceEmbedded(item, items, metadataSchema, unknown, `${path}[${index}]`))
      : value;
  }
  if (!isJsonObject(value)) return value;
  return mapEntries(value, (key, item) => {
    const field = path ? `${path}.${key}` : key;
    if (schema[embeddedResource] && key === 'metadata') return coerceMetadata(item, metadataSchema, unknown, field);
    if (schema[embeddedResource] && (key === 'apiVersion' || key === 'kind') && typeof item !== 'string') {
      throw badRequest(`${field}: ${invalid('', item, 'must be a string').body}`);
    }
    return coerceEmbedded(item, schemaAt(schema, key), metadataSchema, unknown, field);
  });
}

/** Throws DecodeError, or BadRequest below the root. */
export function coerceMetadata(metadata: Json, schema: ObjectSchema, unknown: string[], path: string): JsonObject {
  const { object, problems } = decodeObject(metadata, schema);
  for (const problem of problems) unknown.push(`${path}.${problem.slice('unknown field "'.length, -1)}`);
  const { creationTimestamp, ...rest } = object as { creationTimestamp?: Json } & JsonObject;
  return creationTimestamp === null ? (rest as JsonObject) : object;
}

export function validateEmbedded(
  value: Json | undefined,
  schema: JsonSchema | undefined,
  path = '',
): readonly FieldError[] {
  if (!schema || typeof value !== 'object' || value === null) return [];
  if (!isJsonObject(value)) {
    const items = itemsOf(schema);
    const list = value as readonly Json[];
    return items ? list.flatMap((item, index) => validateEmbedded(item, items, `${path}[${index}]`)) : [];
  }
  const own = schema[embeddedResource] ? embeddedErrors(value, path) : [];
  const below = Object.entries(value).flatMap(([key, item]) => {
    const property = propertyOf(schema, key);
    if (property) return validateEmbedded(item, property, path ? `${path}.${key}` : key);
    return validateEmbedded(item, valuesOf(schema), `${path}[${key}]`);
  });
  return [...own, ...below];
}

function embeddedErrors(object: JsonObject, path: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  const at = (field: string): string => (path ? `${path}.${field}` : field);
  for (const field of ['apiVersion', 'kind']) if (object[field] === undefined) errors.push(required(at(field)));
  const { apiVersion, kind, metadata } = object;
  if (apiVersion === '') errors.push(invalid(at('apiVersion'), apiVersion, 'must not be empty'));
  else if (typeof apiVersion === 'string' && apiVersion.split('/').length > 2) {
    errors.push(invalid(at('apiVersion'), apiVersion, `unexpected GroupVersion string: ${apiVersion}`));
  }
  if (kind === '') errors.push(invalid(at('kind'), kind, 'must not be empty'));
  else if (typeof kind === 'string') {
    const problems = checkDns1035Label(kind.toLowerCase());
    const detail = `may have mixed case, but should otherwise match: ${problems.join(',')}`;
    if (problems.length > 0) errors.push(invalid(at('kind'), kind, detail));
  }
  if (isJsonObject(metadata)) errors.push(...metadataErrors(metadata as unknown as ObjectMeta, at('metadata')));
  return errors;
}

function metadataErrors(metadata: ObjectMeta, path: string): readonly FieldError[] {
  const isNamespaced = (metadata.namespace ?? '') !== '';
  const named = { ...metadata, name: metadata.name || 'fakename' };
  return validateObjectMeta(named, { nameFormat: 'path-segment', isNamespaced }).map((error) => ({
    ...error,
    field: error.field.replace(/^metadata/, path),
  }));
}
