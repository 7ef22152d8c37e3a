import type { JSONSchemaProps } from '../../../api/generated/types.ts';
import { isJsonObject } from '../../../api/index.ts';

/**
 * The schema of a custom resource, as its definition states it.
 * Upstream: apiextensions-apiserver/pkg/apiserver/schema/structural.go
 */
export type JsonSchema = JSONSchemaProps;

export const preserveUnknownFields = 'x-kubernetes-preserve-unknown-fields';
export const embeddedResource = 'x-kubernetes-embedded-resource';
export const intOrString = 'x-kubernetes-int-or-string';
export const listType = 'x-kubernetes-list-type';
export const listMapKeys = 'x-kubernetes-list-map-keys';
export const mapType = 'x-kubernetes-map-type';
export const validations = 'x-kubernetes-validations';

/** The schema of the elements of a list. */
export function itemsOf(schema: JsonSchema | undefined): JsonSchema | undefined {
  return isJsonObject(schema?.items) ? (schema.items as JsonSchema) : undefined;
}

/** The schema of the values of a map; undefined where it has none, even when it allows any. */
export function valuesOf(schema: JsonSchema | undefined): JsonSchema | undefined {
  return isJsonObject(schema?.additionalProperties) ? (schema.additionalProperties as JsonSchema) : undefined;
}

/** Whether keys that are no properties are allowed. `additionalProperties: false` counts as being there, too. */
export function hasAdditionalProperties(schema: JsonSchema): boolean {
  return schema.additionalProperties !== undefined && schema.additionalProperties !== null;
}

/** Keys are hostile: `constructor` is a property only where the schema says so. */
export function propertyOf(schema: JsonSchema | undefined, name: string): JsonSchema | undefined {
  const properties = schema?.properties;
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** The schema below a key of an object: that of the property, else that of all values. */
export function schemaAt(schema: JsonSchema | undefined, key: string): JsonSchema | undefined {
  return propertyOf(schema, key) ?? valuesOf(schema);
}

/** Whether the schema itself, or any schema within it, is such. */
export function someSchema(schema: JsonSchema | undefined, test: (schema: JsonSchema) => boolean): boolean {
  if (!isJsonObject(schema)) return false;
  return test(schema) || partsOf(schema).some((part) => someSchema(part, test));
}

function partsOf(schema: JsonSchema): readonly JsonSchema[] {
  const lists = [schema.allOf, schema.anyOf, schema.oneOf, Array.isArray(schema.items) ? schema.items : []];
  const maps = [schema.properties, schema.patternProperties, schema.definitions];
  const single = [itemsOf(schema), valuesOf(schema), schema.not, schema.additionalItems];
  return [
    ...lists.flatMap((list) => (list ?? []) as readonly JsonSchema[]),
    ...maps.flatMap((map) => Object.values(map ?? {})),
    ...single.filter((part): part is JsonSchema => isJsonObject(part)),
  ];
}
