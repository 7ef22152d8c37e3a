import { isJsonObject, type Json, type JsonObject } from '../../../api/index.ts';
import { embeddedResource, intOrString, preserveUnknownFields, validations, type JsonSchema } from './json-schema.ts';

export interface CustomKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly listKind: string;
  readonly plural: string;
}

/** `com.example.v1.Widget` */
export function definitionName({ group, version, kind }: Pick<CustomKind, 'group' | 'version' | 'kind'>): string {
  return `${group.split('.').toReversed().join('.')}.${version}.${kind}`;
}

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/**
 * What the OpenAPI documents say of a custom resource: its definition and that of its list.
 * Upstream: apiextensions-apiserver/pkg/controller/openapi/builder/builder.go
 */
export function customDefinitions(
  of: CustomKind,
  schema: JsonSchema | undefined,
  documentVersion: 2 | 3,
): Readonly<Record<string, JsonObject>> {
  const name = definitionName(of);
  const reference = referenceIn(documentVersion);
  const { group, version, kind, listKind, plural } = of;
  const itemsNote = `List of ${plural}. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md`;
  const list: JsonObject = {
    description: `${listKind} is a list of ${kind}`,
    type: 'object',
    required: ['items'],
    properties: {
      ...typeMeta,
      items: { description: itemsNote, type: 'array', items: reference(name) },
      metadata: described(reference(`${meta}.ListMeta`), 'Standard list metadata.', documentVersion),
    },
    'x-kubernetes-group-version-kind': [{ group, version, kind: listKind }],
  };
  const object = {
    ...objectDefinition(schema, documentVersion),
    'x-kubernetes-group-version-kind': [{ group, version, kind }],
  };
  return { [name]: object, [definitionName({ group, version, kind: listKind })]: list };
}

function objectDefinition(schema: JsonSchema | undefined, documentVersion: 2 | 3): JsonObject {
  // A definition without properties would tell kubectl that nothing is allowed.
  if (!schema) return { type: 'object' };
  if (documentVersion === 2 && schema[preserveUnknownFields]) return { type: 'object' };
  const published = publishedSchema(schema, documentVersion);
  const properties = isJsonObject(published['properties']) ? published['properties'] : {};
  return { ...published, properties: { ...properties, ...metaProperties(documentVersion) } };
}

const typeMeta: JsonObject = {
  apiVersion: {
    description:
      'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
    type: 'string',
  },
  kind: {
    description:
      'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
    type: 'string',
  },
};

function metaProperties(documentVersion: 2 | 3): JsonObject {
  const metadata = referenceIn(documentVersion)(`${meta}.ObjectMeta`);
  const note =
    "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";
  return { ...typeMeta, metadata: described(metadata, note, documentVersion) };
}

function referenceIn(documentVersion: 2 | 3): (name: string) => JsonObject {
  const prefix = documentVersion === 3 ? '#/components/schemas/' : '#/definitions/';
  return (name) => ({ $ref: prefix + name });
}

/** A reference may have a description beside it in the third version only within `allOf`. */
function described(reference: JsonObject, description: string, documentVersion: 2 | 3): JsonObject {
  return documentVersion === 3 ? { allOf: [reference], description } : { ...reference, description };
}

function publishedSchema(schema: JsonSchema, documentVersion: 2 | 3): JsonObject {
  const object = schema as unknown as JsonObject;
  const clean = Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, publishedPart(key, value, documentVersion)]),
  );
  const embedded = schema[embeddedResource] ? withMetadata(clean, documentVersion) : clean;
  return documentVersion === 2 ? asSecondVersion(embedded) : withBothTypes(embedded);
}

/** Schemas within a schema, wherever they stand. */
function publishedPart(key: string, value: Json, documentVersion: 2 | 3): Json {
  const one = (part: Json): Json => (isJsonObject(part) ? publishedSchema(part as JsonSchema, documentVersion) : part);
  if (key === 'properties' && isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, property]) => [name, one(property)]));
  }
  return key === 'items' || key === 'additionalProperties' ? one(value) : value;
}

function withMetadata(schema: JsonObject, documentVersion: 2 | 3): JsonObject {
  if (documentVersion === 2 && schema[preserveUnknownFields]) return schema;
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly string[]) : [];
  const missing = ['kind', 'apiVersion'].filter((field) => !required.includes(field));
  return {
    ...schema,
    required: [...required, ...missing],
    properties: { ...properties, ...metaProperties(documentVersion) },
  };
}

function withBothTypes(schema: JsonObject): JsonObject {
  if (!schema[intOrString] || schema['anyOf'] || schema['allOf']) return schema;
  return { ...schema, anyOf: [{ type: 'integer' }, { type: 'string' }] };
}

/** What the second version cannot say is left out. Upstream: controller/openapi/v2/conversion.go */
function asSecondVersion(schema: JsonObject): JsonObject {
  const { allOf: _all, anyOf: _any, oneOf: _one, not: _not, nullable, [validations]: _rules, ...rest } = schema;
  const keeps = rest[preserveUnknownFields] === true;
  const hidesParts = nullable === true || keeps;
  const { items, properties, type, ...bare } = rest;
  const hasNoItems = type === 'array' && (hidesParts || items === undefined);
  const isUntyped = nullable === true || hasNoItems || (keeps && type === 'object');
  return {
    ...bare,
    ...(type !== undefined && !isUntyped && { type }),
    ...(items !== undefined && !hidesParts && { items }),
    ...(properties !== undefined && !hidesParts && { properties }),
  };
}
