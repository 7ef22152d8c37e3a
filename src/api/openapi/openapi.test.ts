import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import type { Descriptions } from '../schema/descriptions.ts';
import { createSchemaCatalog } from '../schema/schema-catalog.ts';
import type { ApiResource } from './api-resource.ts';
import { openApiV2Document } from './v2.ts';
import { openApiV3Document, openApiV3Index } from './v3.ts';

const catalog = createSchemaCatalog();
const deployments: ApiResource = {
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  singular: 'deployment',
  isNamespaced: true,
  verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
  subresources: ['status', 'scale'],
  schema: 'io.k8s.api.apps.v1.Deployment',
};
const descriptions: Descriptions = {
  'io.k8s.api.core.v1.Container': ['A container.', {}],
  'io.k8s.api.core.v1.ResourceRequirements': ['What it needs.', {}],
  'io.k8s.api.core.v1.PodSpec': ['A pod.', {}],
  'io.k8s.api.core.v1.ContainerPort': ['A port.', { protocol: 'TCP, UDP or SCTP.' }],
};

const document = openApiV3Document({ group: 'apps', version: 'v1' }, [deployments], { catalog, descriptions });
const schemas = (document as { components: { schemas: Record<string, JsonObject> } }).components.schemas;
const property = (definition: string, name: string): unknown =>
  (schemas[definition] as unknown as { properties: Record<string, unknown> }).properties[name];

/** Every `$ref` in the document. */
function* references(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === '$ref' && typeof item === 'string') yield item;
    else yield* references(item);
  }
}

describe('openApiV3Document', () => {
  it('has what it refers to', () => {
    const missing = [...references(document)]
      .map((ref) => ref.slice('#/components/schemas/'.length))
      .filter((name) => !(name in schemas) && name !== '');
    expect(missing).toEqual([]);
  });

  it('names the kind of a path and of a definition', () => {
    const gvk = { group: 'apps', version: 'v1', kind: 'Deployment' };
    expect(document.paths).toMatchObject({
      '/apis/apps/v1/namespaces/{namespace}/deployments': {
        get: { 'x-kubernetes-action': 'list', 'x-kubernetes-group-version-kind': gvk },
      },
      '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale': {
        get: { 'x-kubernetes-group-version-kind': { group: 'autoscaling', version: 'v1', kind: 'Scale' } },
      },
      '/apis/apps/v1/deployments': { get: { 'x-kubernetes-action': 'list' } },
    });
    expect(schemas['io.k8s.api.apps.v1.Deployment']).toMatchObject({ 'x-kubernetes-group-version-kind': [gvk] });
  });

  it('tells that patches are validated and may be forced', () => {
    const paths = document.paths as unknown as Record<string, { patch: { parameters: { name: string }[] } }>;
    const { parameters } = paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}']!.patch;
    expect(parameters.map(({ name }) => name)).toEqual(['dryRun', 'fieldManager', 'fieldValidation', 'force']);
  });

  it.each<{ definition: string; name: string; expected: JsonObject }>([
    {
      definition: 'io.k8s.api.core.v1.Container',
      name: 'ports',
      expected: {
        type: 'array',
        items: { default: {}, allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.ContainerPort' }] },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['containerPort', 'protocol'],
        'x-kubernetes-patch-merge-key': 'containerPort',
        'x-kubernetes-patch-strategy': 'merge',
      },
    },
    {
      definition: 'io.k8s.api.core.v1.ContainerPort',
      name: 'protocol',
      expected: { description: 'TCP, UDP or SCTP.', default: 'TCP', type: 'string', enum: ['SCTP', 'TCP', 'UDP'] },
    },
    {
      definition: 'io.k8s.api.core.v1.Container',
      name: 'resources',
      expected: {
        description: 'The CPU, memory and other resources that the container needs, and the most it may use.',
        default: {},
        allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.ResourceRequirements' }],
      },
    },
    {
      definition: 'io.k8s.api.core.v1.PodSpec',
      name: 'affinity',
      expected: {
        description: 'Rules for where the pod may and should run, by labels of nodes and of other pods.',
        allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.Affinity' }],
      },
    },
    {
      definition: 'io.k8s.api.core.v1.ServiceAccountTokenProjection',
      name: 'audience',
      expected: { type: 'string' },
    },
    { definition: 'io.k8s.api.core.v1.Container', name: 'name', expected: { default: '', type: 'string' } },
    {
      definition: 'io.k8s.api.apps.v1.DeploymentSpec',
      name: 'replicas',
      expected: { type: 'integer', format: 'int32' },
    },
    {
      definition: 'io.k8s.api.core.v1.ResourceRequirements',
      name: 'limits',
      expected: {
        type: 'object',
        additionalProperties: {
          default: {},
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.api.resource.Quantity' }],
        },
      },
    },
    {
      definition: 'io.k8s.api.core.v1.PodSpec',
      name: 'nodeSelector',
      expected: {
        type: 'object',
        additionalProperties: { default: '', type: 'string' },
        'x-kubernetes-map-type': 'atomic',
      },
    },
  ])('$name of $definition', ({ definition, name, expected }) => expect(property(definition, name)).toEqual(expected));
});

it('openApiV2Document has bare references', () => {
  const v2 = openApiV2Document([deployments], { catalog }) as unknown as {
    definitions: Record<string, { properties: Record<string, JsonObject> }>;
  };
  expect(v2.definitions['io.k8s.api.core.v1.Container']!.properties.resources).toEqual({
    $ref: '#/definitions/io.k8s.api.core.v1.ResourceRequirements',
  });
  const missing = [...references(v2)].filter((ref) => !(ref.slice('#/definitions/'.length) in v2.definitions));
  expect(missing).toEqual([]);
});

it('openApiV3Index lists documents with their hash', () =>
  expect(
    openApiV3Index([
      { groupVersion: { group: '', version: 'v1' }, hash: 'A' },
      { groupVersion: { group: 'apps', version: 'v1' }, hash: 'B' },
    ]),
  ).toEqual({
    paths: {
      'api/v1': { serverRelativeURL: '/openapi/v3/api/v1?hash=A' },
      'apis/apps/v1': { serverRelativeURL: '/openapi/v3/apis/apps/v1?hash=B' },
    },
  }));
