/**
 * The paths of a group version: which requests there are, what they are about, and which query parameters they take.
 * kubectl reads them to see whether a kind can be validated, dry-run and explained.
 * Upstream: apiserver/pkg/endpoints/installer.go
 */
import type { Json, JsonObject } from '../json.ts';
import { groupVersionPath } from './api-resource.ts';
import type { ApiResource } from './api-resource.ts';
import { subresourceKind, subresourceSchema } from './definitions.ts';
import { reference } from './schema-json.ts';
import type { GroupVersionKind } from './schema-json.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface Operation {
  readonly method: Method;
  /** x-kubernetes-action */
  readonly action: string;
  readonly kind: GroupVersionKind;
  readonly schema: string;
  readonly parameters: readonly string[];
  readonly isCustom?: boolean;
}

export interface PathItem {
  readonly path: string;
  readonly parameters: readonly string[];
  readonly operations: readonly Operation[];
}

const listParameters = [
  'allowWatchBookmarks',
  'continue',
  'fieldSelector',
  'labelSelector',
  'limit',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'timeoutSeconds',
  'watch',
];
const writeParameters = ['dryRun', 'fieldManager', 'fieldValidation'];
const deleteParameters = ['dryRun', 'gracePeriodSeconds', 'orphanDependents', 'propagationPolicy'];
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';

export function pathsOf(resource: ApiResource): readonly PathItem[] {
  const base = groupVersionPath(resource);
  const scope = resource.isNamespaced ? `${base}/namespaces/{namespace}` : base;
  const collection = `${scope}/${resource.resource}`;
  const scopeParameters = resource.isNamespaced ? ['namespace'] : [];
  const items: PathItem[] = [
    { path: collection, parameters: scopeParameters, operations: collectionOperations(resource) },
    { path: `${collection}/{name}`, parameters: ['name', ...scopeParameters], operations: objectOperations(resource) },
    ...resource.subresources.map((subresource) => ({
      path: `${collection}/{name}/${subresource}`,
      parameters: ['name', ...scopeParameters],
      operations: subresourceOperations(resource, subresource),
    })),
  ];
  if (resource.isNamespaced) {
    const operations = collectionOperations(resource).filter(({ action }) => action === 'list');
    items.push({ path: `${base}/${resource.resource}`, parameters: [], operations });
  }
  const filled = items.filter(({ operations }) => operations.length > 0);
  return resource.isCustom ? filled.map(asCustom) : filled;
}

function asCustom(item: PathItem): PathItem {
  return { ...item, operations: item.operations.map((operation) => ({ ...operation, isCustom: true })) };
}

function collectionOperations(resource: ApiResource): readonly Operation[] {
  const { group, version, kind, schema, verbs } = resource;
  const gvk = { group, version, kind };
  const has = (verb: string): boolean => verbs.includes(verb);
  return [
    ...(has('list')
      ? [{ method: 'get', action: 'list', kind: gvk, schema: `${schema}List`, parameters: listParameters } as const]
      : []),
    ...(has('create')
      ? [{ method: 'post', action: 'post', kind: gvk, schema, parameters: writeParameters } as const]
      : []),
    ...(has('deletecollection')
      ? [
          {
            method: 'delete',
            action: 'deletecollection',
            kind: gvk,
            schema: `${meta}.Status`,
            parameters: [...deleteParameters, ...listParameters],
          } as const,
        ]
      : []),
  ];
}

function objectOperations({ group, version, kind, schema, verbs }: ApiResource): readonly Operation[] {
  const gvk = { group, version, kind };
  const all: readonly (Operation & { readonly verb: string })[] = [
    { verb: 'get', method: 'get', action: 'get', kind: gvk, schema, parameters: [] },
    { verb: 'update', method: 'put', action: 'put', kind: gvk, schema, parameters: writeParameters },
    { verb: 'patch', method: 'patch', action: 'patch', kind: gvk, schema, parameters: [...writeParameters, 'force'] },
    {
      verb: 'delete',
      method: 'delete',
      action: 'delete',
      kind: gvk,
      schema: `${meta}.Status`,
      parameters: deleteParameters,
    },
  ];
  return all.filter(({ verb }) => verbs.includes(verb));
}

const readOnlySubresources = new Set(['log']);
const connectedSubresources = new Set(['attach', 'exec', 'portforward', 'proxy']);
const createdSubresources = new Set(['binding', 'eviction', 'token']);

function subresourceOperations(resource: ApiResource, subresource: string): readonly Operation[] {
  const kind = subresourceKind(resource, subresource);
  const schema = subresourceSchema(resource, subresource);
  if (connectedSubresources.has(subresource)) {
    return (['get', 'post'] as const).map((method) => ({ method, action: 'connect', kind, schema, parameters: [] }));
  }
  if (createdSubresources.has(subresource)) {
    return [{ method: 'post', action: 'post', kind, schema, parameters: writeParameters }];
  }
  const read: Operation = { method: 'get', action: 'get', kind, schema, parameters: [] };
  if (readOnlySubresources.has(subresource)) return [read];
  const replace: Operation = { method: 'put', action: 'put', kind, schema, parameters: writeParameters };
  if (subresource === 'finalize') return [replace];
  return [read, replace, { method: 'patch', action: 'patch', kind, schema, parameters: [...writeParameters, 'force'] }];
}

const parameterTypes: Readonly<Record<string, string>> = {
  allowWatchBookmarks: 'boolean',
  force: 'boolean',
  gracePeriodSeconds: 'integer',
  limit: 'integer',
  orphanDependents: 'boolean',
  sendInitialEvents: 'boolean',
  timeoutSeconds: 'integer',
  watch: 'boolean',
};

/** In the notation of either version. */
export function parameterJson(name: string, version: 2 | 3): JsonObject {
  const isPath = name === 'name' || name === 'namespace';
  const type: JsonObject = { type: parameterTypes[name] ?? 'string', uniqueItems: true };
  return {
    name,
    in: isPath ? 'path' : 'query',
    ...(isPath && { required: true }),
    ...(version === 3 ? { schema: type } : type),
  };
}

const patchTypes = [
  'application/apply-patch+yaml',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];
const customPatchTypes = patchTypes.filter((type) => !type.includes('strategic'));

function bodyTypes({ method, isCustom }: Operation): readonly string[] {
  if (method !== 'patch') return ['*/*'];
  return isCustom ? customPatchTypes : patchTypes;
}

const mediaTypes = ['application/json', 'application/yaml'];

export function bodyDefinition({ method, schema }: Operation): string | undefined {
  if (method === 'get') return undefined;
  if (method === 'patch') return `${meta}.Patch`;
  return method === 'delete' ? `${meta}.DeleteOptions` : schema;
}

export function operationJsonV3(operation: Operation, tag: string): JsonObject {
  const content = (name: string, types: readonly string[]): JsonObject =>
    Object.fromEntries(types.map((type) => [type, { schema: reference(name, 3) }]));
  const body = operation.action === 'connect' ? undefined : bodyDefinition(operation);
  return {
    tags: [tag],
    parameters: operation.parameters.map((name) => parameterJson(name, 3)),
    ...(body && { requestBody: { content: content(body, bodyTypes(operation)) } }),
    responses: { '200': { description: 'OK', content: content(operation.schema, mediaTypes) } },
    ...extensions(operation),
  };
}

export function operationJsonV2(operation: Operation, tag: string): JsonObject {
  const body = operation.action === 'connect' ? undefined : bodyDefinition(operation);
  const bodyParameter: readonly Json[] = body
    ? [{ name: 'body', in: 'body', required: operation.method !== 'delete', schema: reference(body, 2) }]
    : [];
  return {
    tags: [tag],
    consumes: bodyTypes(operation),
    produces: mediaTypes,
    schemes: ['https'],
    parameters: [...bodyParameter, ...operation.parameters.map((name) => parameterJson(name, 2))],
    responses: { '200': { description: 'OK', schema: reference(operation.schema, 2) } },
    ...extensions(operation),
  };
}

function extensions({ action, kind }: Operation): JsonObject {
  return { 'x-kubernetes-action': action, 'x-kubernetes-group-version-kind': { ...kind } };
}
