import {
  anySchema,
  type FieldSchema,
  type ObjectSchema,
  type ScalarType,
  type TypeSchema,
} from '../../../api/index.ts';
import {
  embeddedResource,
  hasAdditionalProperties,
  intOrString,
  itemsOf,
  listMapKeys,
  listType,
  mapType,
  preserveUnknownFields,
  valuesOf,
  type JsonSchema,
} from './json-schema.ts';

/**
 * How patches and server-side apply see a custom resource.
 * Upstream: structured-merge-diff over kube-openapi/pkg/schemaconv
 * @param name the definition of the kind: `com.example.v1.Widget`
 * @param metadata the type of `metadata`
 */
export function customObjectSchema(
  name: string,
  schema: JsonSchema | undefined,
  metadata: ObjectSchema,
  keepsUnknown = false,
): ObjectSchema {
  const isOpen = !schema || keepsUnknown || schema[preserveUnknownFields] === true;
  return { type: 'object', name, isAtomic: false, isOpen, fields: fieldsOf(schema ?? {}, metadata, true) };
}

function fieldsOf(schema: JsonSchema, metadata: ObjectSchema, isResource: boolean): ReadonlyMap<string, FieldSchema> {
  const fields = new Map<string, FieldSchema>();
  const add = (name: string, type: TypeSchema, preset?: unknown): void => {
    const isRequired = schema.required?.includes(name) ?? false;
    const base = { name, schema: type, isRequired, presence: 'pointer' as const };
    fields.set(name, preset === undefined ? base : { ...base, default: preset });
  };
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    add(name, typeSchemaOf(property, metadata), property.default);
  }
  if (isResource) {
    add('apiVersion', { type: 'string' });
    add('kind', { type: 'string' });
    add('metadata', metadata);
  }
  return fields;
}

const scalars: Readonly<Record<string, ScalarType>> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'int64',
  number: 'double',
};

function typeSchemaOf(schema: JsonSchema, metadata: ObjectSchema): TypeSchema {
  if (schema[intOrString]) return { type: 'int-or-string' };
  const { type = '' } = schema;
  if (Object.hasOwn(scalars, type)) return { type: scalars[type]! };
  if (type === 'array') {
    const items = itemsOf(schema);
    const kind = schema[listType];
    return {
      type: 'list',
      items: items ? typeSchemaOf(items, metadata) : anySchema,
      listType: kind === 'map' || kind === 'set' ? kind : 'atomic',
      mapKeys: kind === 'map' ? (schema[listMapKeys] ?? []) : [],
    };
  }
  const isAtomic = schema[mapType] === 'atomic';
  const isOpen = schema[preserveUnknownFields] === true;
  const isEmbedded = schema[embeddedResource] === true;
  if (type === 'object' && (schema.properties || isEmbedded)) {
    return { type: 'object', name: '', isAtomic, isOpen, fields: fieldsOf(schema, metadata, isEmbedded) };
  }
  if (type === 'object' && hasAdditionalProperties(schema)) {
    const values = valuesOf(schema);
    return { type: 'map', values: values ? typeSchemaOf(values, metadata) : anySchema, isAtomic };
  }
  if (type !== 'object' || (isOpen && !isAtomic)) return anySchema;
  return { type: 'object', name: '', isAtomic, isOpen, fields: new Map() };
}
