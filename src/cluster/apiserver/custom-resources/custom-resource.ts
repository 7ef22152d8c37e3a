import type { CustomResourceDefinition, CustomResourceDefinitionVersion } from '../../../api/generated/types.ts';
import {
  isJsonObject,
  jsonEqual,
  type Json,
  type JsonObject,
  type KubeObject,
  type ObjectSchema,
} from '../../../api/index.ts';
import { JsonPath } from '../../../api/jsonpath/json-path.ts';
import { isConditionTrue } from './conditions.ts';
import type { FieldReader, ResourceDefinition } from '../resource-definition.ts';
import { customTable } from './columns.ts';
import { applyDefaults, dropNulls } from './defaults.ts';
import { coerceEmbedded, coerceMetadata } from './embedded-objects.ts';
import { finalizerWarnings } from './finalizer-warnings.ts';
import type { JsonSchema } from './json-schema.ts';
import { customDefinitions, definitionName } from './open-api.ts';
import { prune } from './prune.ts';
import { customObjectSchema } from './type-schema.ts';
import { CustomValidation } from './validation.ts';
import { deprecationOf } from './versions.ts';

interface Specified extends KubeObject {
  readonly status?: unknown;
}

const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

/**
 * One version of a custom resource as the API server serves it.
 * Upstream: apiextensions-apiserver/pkg/apiserver/customresource_handler.go, pkg/registry/customresource/strategy.go
 */
export function customResource(
  crd: CustomResourceDefinition,
  version: CustomResourceDefinitionVersion,
  metadata: ObjectSchema,
): ResourceDefinition {
  const { group, scope, preserveUnknownFields = false } = crd.spec;
  const { plural, kind, singular = '', listKind = `${kind}List`, shortNames, categories } = crd.status.acceptedNames!;
  const schema: JsonSchema | undefined = version.schema?.openAPIV3Schema;
  const name = definitionName({ group, version: version.name, kind });
  const { status, scale } = version.subresources ?? {};
  const hasStatus = status !== undefined && status !== null;
  const isTerminating = isConditionTrue(crd, 'Terminating');
  const deprecation = deprecationOf(crd, version);
  const validation = new CustomValidation({ group, version: version.name, kind }, schema, scale);
  const { columns, row } = customTable(version.additionalPrinterColumns);
  return {
    group,
    version: version.name,
    resource: plural,
    kind,
    singular,
    listKind,
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
    isNamespaced: scope === 'Namespaced',
    schema: name,
    verbs,
    forbidsUnconditionalUpdate: true,
    ...(deprecation !== undefined && { deprecation }),
    custom: {
      structure: customObjectSchema(name, schema, metadata, preserveUnknownFields),
      decode: (value) => decode(value, schema, { metadata, keepsUnknown: preserveUnknownFields }),
      openApi: (documentVersion) =>
        customDefinitions({ group, version: version.name, kind, listKind, plural }, schema, documentVersion),
      isTerminating,
    },
    defaults: (object) => withDefaults(object, schema),
    prepareForCreate: (object) => firstGeneration(hasStatus ? withStatus(object, undefined) : object),
    prepareForUpdate: (next, old) =>
      nextGeneration(hasStatus ? withStatus(next, (old as Specified).status) : next, old),
    validateCreate: (object) => validation.ofNew(object),
    validateUpdate: (next, old) => validation.ofUpdate(next, old),
    warnings: (next, old) => finalizerWarnings(next, old),
    ...(hasStatus && {
      status: {
        prepareForUpdate: (next: KubeObject, old: KubeObject) => withStatus(old, (next as Specified).status),
        validateUpdate: (next: KubeObject, old: KubeObject) => validation.ofStatus(next, old),
      },
    }),
    ...(scale && {
      scale: {
        specReplicas: scale.specReplicasPath,
        statusReplicas: scale.statusReplicasPath,
        labelSelector: scale.labelSelectorPath ?? '',
      },
    }),
    selectableFields: selectableFields(version),
    columns,
    row,
  };
}

interface DecodeSettings {
  readonly metadata: ObjectSchema;
  readonly keepsUnknown: boolean;
}

function decode(value: JsonObject, schema: JsonSchema | undefined, { metadata, keepsUnknown }: DecodeSettings) {
  const unknown: string[] = [];
  const given = value['metadata'];
  const own = given === undefined || given === null ? {} : coerceMetadata(given, metadata, unknown, 'metadata');
  const pruned = keepsUnknown ? { value, unknown: [] } : prune(value, schema);
  unknown.push(...pruned.unknown);
  const whole = keepsUnknown ? pruned.value : dropNulls(pruned.value, schema);
  const coerced = coerceEmbedded(whole, schema, metadata, unknown) as JsonObject;
  const object = applyDefaults({ ...coerced, metadata: own }, schema);
  return { object, problems: unknown.map((path) => `unknown field "${path}"`) };
}

function withDefaults(object: KubeObject, schema: JsonSchema | undefined): KubeObject {
  return applyDefaults(object as unknown as JsonObject, schema) as unknown as KubeObject;
}

/** An object that was stored earlier, or in another version, as this version shows it. */
export function readStored(
  stored: KubeObject,
  { group, version, custom }: ResourceDefinition,
  schema: JsonSchema | undefined,
  keepsUnknown: boolean,
): KubeObject {
  const apiVersion = `${group}/${version}`;
  const renamed = stored.apiVersion === apiVersion ? stored : { ...stored, apiVersion };
  if (!custom || keepsUnknown) return withDefaults(renamed, schema);
  const pruned = prune(renamed as unknown as JsonObject, schema).value;
  return applyDefaults(dropNulls(pruned, schema), schema) as unknown as KubeObject;
}

function withStatus(object: Specified, status: unknown): KubeObject {
  if (object.status === status) return object;
  if (status !== undefined) return { ...object, status } as KubeObject;
  const { status: _, ...rest } = object;
  return rest as KubeObject;
}

function firstGeneration(object: KubeObject): KubeObject {
  return { ...object, metadata: { ...object.metadata, generation: 1 } };
}

/** Everything but metadata counts. */
function nextGeneration(next: KubeObject, old: KubeObject): KubeObject {
  const { metadata: _next, ...mine } = next;
  const { metadata: _old, ...theirs } = old;
  if (jsonEqual(mine, theirs)) return next;
  return { ...next, metadata: { ...next.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
}

function selectableFields({ selectableFields: fields = [] }: CustomResourceDefinitionVersion) {
  return Object.fromEntries(
    fields.map(({ jsonPath }): readonly [string, FieldReader<KubeObject>] => {
      const path = new JsonPath(`{${jsonPath}}`, { allowsMissingKeys: true });
      return [jsonPath.replace(/^\./, ''), (object) => selectedText(path.find(object)[0]?.[0] as Json | undefined)];
    }),
  );
}

function selectedText(value: Json | undefined): string {
  return value === undefined || value === null || isJsonObject(value) ? '' : String(value);
}
