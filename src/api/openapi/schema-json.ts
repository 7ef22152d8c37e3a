/**
 * Types as OpenAPI writes them. The third version wraps references (`allOf`) so that they can have a description and a
 * default beside them, and states defaults and enums; the second has bare references and neither.
 * Upstream: kube-openapi/pkg/generators, pkg/openapiconv
 */
import type { Json, JsonObject } from '../json.ts';
import { fieldNote } from '../schema/field-notes.ts';
import type { Descriptions } from '../schema/descriptions.ts';
import type { FieldSchema, ObjectSchema, ScalarType, TypeSchema } from '../schema/type-schema.ts';
import { specialDefinitions } from './special-definitions.ts';

export interface SchemaDialect {
  readonly version: 2 | 3;
  readonly descriptions: Descriptions;
}

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const referencePrefix = { 2: '#/definitions/', 3: '#/components/schemas/' } as const;

export function reference(name: string, version: 2 | 3): JsonObject {
  return { $ref: `${referencePrefix[version]}${name}` };
}

/** A definition, with the kinds that it stands for. */
export function definitionJson(
  schema: ObjectSchema,
  kinds: readonly GroupVersionKind[],
  dialect: SchemaDialect,
): JsonObject {
  const description = dialect.descriptions[schema.name]?.[0];
  const fields = [...schema.fields.values()];
  const required = fields.filter((field) => field.isRequired).map((field) => field.name);
  return {
    ...(description && { description }),
    ...(required.length > 0 && { required }),
    type: 'object',
    ...(fields.length > 0 && {
      properties: Object.fromEntries(fields.map((field) => [field.name, fieldJson(schema, field, dialect)])),
    }),
    ...(kinds.length > 0 && { 'x-kubernetes-group-version-kind': kinds.map((kind) => ({ ...kind })) }),
    ...(schema.isAtomic && { 'x-kubernetes-map-type': 'atomic' }),
  };
}

function fieldJson(owner: ObjectSchema, field: FieldSchema, dialect: SchemaDialect): JsonObject {
  const preset = dialect.version === 3 ? (field.default ?? zeroDefault(field)) : undefined;
  const description = descriptionOf(owner, field, dialect);
  return {
    ...(description && { description }),
    ...(preset !== undefined && { default: preset as Json }),
    ...typeJson(field.schema, dialect, description !== undefined || preset !== undefined),
    ...(field.patchMergeKey && { 'x-kubernetes-patch-merge-key': field.patchMergeKey }),
    ...(field.patchStrategy && { 'x-kubernetes-patch-strategy': field.patchStrategy }),
  };
}

/** The field's own, else our note, else that of its type: the published models do not describe fields that are objects. */
function descriptionOf(owner: ObjectSchema, field: FieldSchema, { descriptions }: SchemaDialect): string | undefined {
  const ofOwner = descriptions[owner.name];
  if (!ofOwner) return undefined;
  const own = ofOwner[1][field.name] ?? fieldNote(owner.name, field.name);
  return own ?? (field.schema.type === 'object' ? descriptions[field.schema.name]?.[0] : undefined);
}

/** What Go writes when nobody set it, where that is never left out. */
function zeroDefault({ schema, presence }: FieldSchema): Json | undefined {
  return presence === 'value' ? zeroOf(schema) : undefined;
}

function zeroOf(schema: TypeSchema): Json | undefined {
  switch (schema.type) {
    case 'string':
      return '';
    case 'boolean':
      return false;
    case 'int32':
    case 'int64':
    case 'double':
      return 0;
    case 'list':
    case 'map':
    case 'bytes':
    case 'any':
      return undefined;
    default:
      return {};
  }
}

const referredTypes: Partial<Record<ScalarType, string>> = {
  quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  time: 'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
  'micro-time': 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
  'int-or-string': 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
};

const scalarJson: Partial<Record<ScalarType, JsonObject>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
};

/** The definition that a type is written as a reference to. */
export function referredDefinition(schema: TypeSchema): string | undefined {
  if (schema.type === 'object' || schema.type === 'any') return schema.name || undefined;
  if (schema.type === 'list' || schema.type === 'map') return undefined;
  return referredTypes[schema.type];
}

export function typeJson(schema: TypeSchema, dialect: SchemaDialect, hasSiblings: boolean): JsonObject {
  const referred = referredDefinition(schema);
  if (referred) {
    const ref = reference(referred, dialect.version);
    return dialect.version === 3 && hasSiblings ? { allOf: [ref] } : ref;
  }
  switch (schema.type) {
    case 'list':
      return {
        type: 'array',
        items: partJson(schema.items, dialect),
        ...(schema.mapKeys.length > 0 && { 'x-kubernetes-list-map-keys': schema.mapKeys }),
        'x-kubernetes-list-type': schema.listType,
      };
    case 'map':
      return {
        type: 'object',
        additionalProperties: partJson(schema.values, dialect),
        ...(schema.isAtomic && { 'x-kubernetes-map-type': 'atomic' }),
      };
    case 'object':
    case 'any':
      return { type: 'object' };
    default:
      return { ...scalarJson[schema.type], ...(dialect.version === 3 && schema.enum && { enum: schema.enum }) };
  }
}

/** Of a list or a map. */
function partJson(schema: TypeSchema, dialect: SchemaDialect): JsonObject {
  const zero = dialect.version === 3 ? zeroOf(schema) : undefined;
  return { ...(zero !== undefined && { default: zero }), ...typeJson(schema, dialect, zero !== undefined) };
}

/** A definition that is no struct: Quantity, Time, free JSON. */
export function specialJson(name: string, { version }: SchemaDialect): JsonObject {
  const { description, v2, v3 } = specialDefinitions[name] ?? {
    description: '',
    v2: { type: 'object' },
    v3: { type: 'object' },
  };
  return { ...(description && { description }), ...(version === 3 ? v3 : v2) };
}
