import { describe, expect, it } from 'vitest';
import type { CustomResourceDefinition } from '../../../api/generated/types.ts';
import type { KubeObject } from '../../../api/index.ts';
import { createCluster, type Cluster } from '../../cluster.ts';
import { TestClient } from '../test-client.ts';

interface Widget extends KubeObject {
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

const widgets = '/apis/example.com/v1/namespaces/default/widgets';
const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

const widgetSchema = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 10 },
        colour: { type: 'string', enum: ['red', 'blue'], default: 'red' },
        code: { type: 'string', pattern: '^[a-z]+$', maxLength: 5 },
        weight: { type: 'number' },
        port: { 'x-kubernetes-int-or-string': true },
        note: { type: 'string', nullable: true },
        tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
        parts: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, count: { type: 'integer', default: 1 } },
          },
        },
        anything: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        template: {
          type: 'object',
          'x-kubernetes-embedded-resource': true,
          'x-kubernetes-preserve-unknown-fields': true,
        },
      },
    },
    status: { type: 'object', properties: { ready: { type: 'integer' }, selector: { type: 'string' } } },
  },
};

function widgetDefinition(change: object = {}): object {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget', shortNames: ['wd'], categories: ['all'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: widgetSchema },
          subresources: {
            status: {},
            scale: {
              specReplicasPath: '.spec.size',
              statusReplicasPath: '.status.ready',
              labelSelectorPath: '.status.selector',
            },
          },
          additionalPrinterColumns: [
            { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
            { name: 'Colour', type: 'string', jsonPath: '.spec.colour', priority: 1 },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
          selectableFields: [{ jsonPath: '.spec.colour' }],
        },
      ],
      ...change,
    },
  };
}

function world(definition: object = widgetDefinition()) {
  const cluster = createCluster({ seed: 1, nodes: [], freeze: true });
  const client = new TestClient(cluster);
  const created = client.send<CustomResourceDefinition>('POST', crds, definition);
  expect(created).toMatchObject({ status: 201 });
  cluster.clock.runFor(1_000);
  return { cluster, client };
}

const widget = (name: string, spec: object = { size: 1 }, more: object = {}) => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name },
  spec,
  ...more,
});

const message = (answer: { readonly body: unknown }): string => (answer.body as { message: string }).message;

describe('a CustomResourceDefinition', () => {
  it('[API-90] is accepted and established', () => {
    const { client } = world();
    const { status } = client.get<CustomResourceDefinition>(`${crds}/widgets.example.com`).body;
    expect(status).toMatchObject({
      acceptedNames: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
      conditions: [
        { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' },
        { type: 'Established', status: 'True', reason: 'InitialNamesAccepted' },
      ],
      storedVersions: ['v1'],
    });
  });

  it('[API-90] waits while another one has its names', () => {
    const { cluster, client } = world();
    const names = { plural: 'gadgets', kind: 'Widget', listKind: 'GadgetList', shortNames: ['wd'] };
    const second = { ...widgetDefinition({ names }), metadata: { name: 'gadgets.example.com' } };
    client.send('POST', crds, second);
    cluster.clock.runFor(1_000);
    const read = () => client.get<CustomResourceDefinition>(`${crds}/gadgets.example.com`).body.status.conditions;
    expect(read()).toMatchObject([
      { type: 'NamesAccepted', status: 'False', reason: 'KindConflict', message: '"Widget" is already in use' },
      { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' },
    ]);
    client.send('DELETE', `${crds}/widgets.example.com`);
    cluster.clock.runFor(10_000);
    expect(read()).toMatchObject([
      { type: 'NamesAccepted', status: 'True' },
      { type: 'Established', status: 'True' },
    ]);
  });

  it.each([
    [
      {
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', properties: { spec: {} } } },
          },
        ],
      },
      'spec.validation.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields',
    ],
    [{ names: { plural: 'Widgets', kind: 'Widget' } }, 'spec.names.plural: Invalid value: "Widgets": a DNS-1035 label'],
    [{ scope: 'World' }, 'spec.scope: Unsupported value: "World": supported values: "Cluster", "Namespaced"'],
    [
      { versions: [{ name: 'v1', served: true, storage: false, schema: { openAPIV3Schema: { type: 'object' } } }] },
      'must have exactly one version marked as storage version',
    ],
    [
      { versions: [{ name: 'v1', served: true, storage: true }] },
      'spec.versions[0].schema.openAPIV3Schema: Required value',
    ],
  ])('[API-91] is refused when it is wrong: %#', (change, expected) => {
    const client = new TestClient(createCluster({ seed: 1, nodes: [] }));
    const answer = client.send('POST', crds, widgetDefinition(change));
    expect(answer.status).toBe(422);
    expect(message(answer)).toContain(expected);
  });

  it('[API-92] takes its objects along, those with finalizers when they are let go', () => {
    const { cluster, client } = world();
    client.send('POST', widgets, widget('one'));
    client.send('POST', widgets, { ...widget('held'), metadata: { name: 'held', finalizers: ['example.com/hold'] } });
    const deleted = client.send<CustomResourceDefinition>('DELETE', `${crds}/widgets.example.com`);
    expect(deleted.body.metadata.finalizers).toEqual(['customresourcecleanup.apiextensions.k8s.io']);
    cluster.clock.runFor(1_000);
    expect(client.list(widgets).items.map(({ metadata }) => metadata.name)).toEqual(['held']);
    expect(message(client.send('POST', widgets, widget('late')))).toBe(
      'widgets.example.com "late" is forbidden: create not allowed while custom resource definition is terminating',
    );
    client.patch(`${widgets}/held`, 'application/merge-patch+json', { metadata: { finalizers: null } });
    cluster.clock.runFor(10_000);
    expect(client.get(`${crds}/widgets.example.com`).status).toBe(404);
    expect(client.get(widgets).status).toBe(404);
  });
});

describe('a custom resource', () => {
  it('[API-93] is in discovery and in the documents at once', () => {
    const { client } = world();
    const { resources } = client.get<{ resources: readonly { name: string }[] }>('/apis/example.com/v1').body;
    expect(resources.map(({ name }) => name)).toEqual(['widgets', 'widgets/scale', 'widgets/status']);
    const { paths } = client.get<{ paths: Record<string, { serverRelativeURL: string }> }>('/openapi/v3').body;
    const { components } = client.get<{ components: { schemas: Record<string, object> } }>(
      paths['apis/example.com/v1']!.serverRelativeURL,
    ).body;
    expect(components.schemas['com.example.v1.Widget']).toMatchObject({
      properties: { spec: { properties: { size: { type: 'integer' } } }, metadata: { allOf: [expect.anything()] } },
      'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Widget' }],
    });
    expect(components.schemas['io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta']).toBeDefined();
  });

  it('[API-94] is pruned and gets its defaults', () => {
    const { client } = world();
    const spec = {
      size: 2,
      unknown: 1,
      note: null,
      code: null,
      parts: [{ name: 'a', extra: 1 }],
      anything: { free: [1] },
    };
    const { status, body } = client.send<Widget>('POST', `${widgets}?fieldValidation=Ignore`, widget('one', spec));
    expect(status).toBe(201);
    expect(body.spec).toEqual({
      size: 2,
      note: null,
      colour: 'red',
      parts: [{ name: 'a', count: 1 }],
      anything: { free: [1] },
    });
    expect(body.metadata.generation).toBe(1);
  });

  it('[API-94] has its unknown fields refused when asked for', () => {
    const { client } = world();
    const answer = client.send(
      'POST',
      `${widgets}?fieldValidation=Strict`,
      widget('one', { size: 2, parts: [{ name: 'a', extra: 1 }], odd: 1 }),
    );
    expect(answer.status).toBe(400);
    expect(message(answer)).toBe(
      'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.odd", unknown field "spec.parts[0].extra"',
    );
  });

  it.each([
    [
      { size: 1, weight: 'big' },
      'spec.weight: Invalid value: "string": spec.weight in body must be of type number: "string"',
    ],
    [{}, 'spec.size: Required value'],
    [{ size: 11 }, 'spec.size: Invalid value: 11: spec.size in body should be less than or equal to 10'],
    [{ size: 0 }, 'spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1'],
    [{ size: 1, colour: 'green' }, 'spec.colour: Unsupported value: "green": supported values: "red", "blue"'],
    [{ size: 1, code: 'A1' }, `spec.code: Invalid value: "A1": spec.code in body should match '^[a-z]+$'`],
    [{ size: 1, code: 'abcdef' }, 'spec.code: Too long: may not be more than 5 bytes'],
    [
      { size: 1, port: true },
      'spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"',
    ],
    [{ size: 1, tags: ['a', 'a'] }, 'spec.tags[1]: Duplicate value: "a"'],
    [{ size: 1, parts: [{ name: 'a' }, { name: 'a' }] }, 'spec.parts[1]: Duplicate value: {"name":"a"}'],
    [{ size: 1, template: {} }, '[spec.template.apiVersion: Required value, spec.template.kind: Required value]'],
  ])('[API-95] is refused when it does not fit: %#', (spec, expected) => {
    const { client } = world();
    const answer = client.send('POST', widgets, widget('one', spec));
    expect(message(answer)).toBe(`Widget.example.com "one" is invalid: ${expected}`);
  });

  it('[API-95] may keep what was wrong before', () => {
    const { cluster, client } = world();
    client.send('POST', widgets, widget('one', { size: 9 }));
    const stored = client.get<CustomResourceDefinition>(`${crds}/widgets.example.com`).body;
    const tighter = structuredClone(stored) as unknown as {
      spec: { versions: { schema: { openAPIV3Schema: typeof widgetSchema } }[] };
    };
    tighter.spec.versions[0]!.schema.openAPIV3Schema.properties.spec.properties.size.maximum = 5;
    expect(client.send('PUT', `${crds}/widgets.example.com`, tighter).status).toBe(200);
    cluster.clock.runFor(1_000);
    const merge = 'application/merge-patch+json';
    expect(client.patch(`${widgets}/one`, merge, { spec: { colour: 'blue' } }).status).toBe(200);
    expect(client.patch(`${widgets}/one`, merge, { spec: { size: 8 } }).status).toBe(422);
  });

  it('[API-96] keeps its status apart, and counts the generations of the rest', () => {
    const { client } = world();
    client.send('POST', widgets, widget('one', { size: 1 }, { status: { ready: 7 } }));
    const merge = 'application/merge-patch+json';
    const status = client.patch<Widget>(`${widgets}/one/status`, merge, {
      status: { ready: 1 },
      spec: { size: 3 },
    }).body;
    expect(status).toMatchObject({ spec: { size: 1 }, status: { ready: 1 }, metadata: { generation: 1 } });
    const spec = client.patch<Widget>(`${widgets}/one`, merge, { status: { ready: 2 }, spec: { size: 3 } }).body;
    expect(spec).toMatchObject({ spec: { size: 3 }, status: { ready: 1 }, metadata: { generation: 2 } });
    const wrong = client.patch(`${widgets}/one/status`, merge, { status: { ready: 'all' } });
    expect(message(wrong)).toContain(
      'status.ready: Invalid value: "string": ready in body must be of type integer: "string"',
    );
  });

  it('[API-97] is scaled', () => {
    const { client } = world();
    client.send('POST', widgets, widget('one', { size: 1 }));
    const merge = 'application/merge-patch+json';
    expect(client.patch(`${widgets}/one/scale`, merge, { spec: { replicas: 4 } })).toMatchObject({
      status: 200,
      body: { kind: 'Scale', spec: { replicas: 4 }, status: { replicas: 0 } },
    });
    expect(client.get<Widget>(`${widgets}/one`).body.spec).toMatchObject({ size: 4 });
  });

  it('[API-98] is shown in the columns of its definition', () => {
    const { cluster, client } = world();
    client.send('POST', widgets, widget('one', { size: 1 }));
    cluster.clock.runFor(65_000);
    const accept = 'application/json;as=Table;g=meta.k8s.io;v=v1';
    const table = client.get<{ columnDefinitions: { name: string; priority: number }[]; rows: { cells: unknown[] }[] }>(
      widgets,
      { accept },
    ).body;
    expect(table.columnDefinitions.map(({ name, priority }) => [name, priority])).toEqual([
      ['Name', 0],
      ['Size', 0],
      ['Colour', 1],
      ['Age', 0],
    ]);
    expect(table.rows[0]!.cells).toEqual(['one', 1, 'red', '65s']);
  });

  it('[API-98] is selected by its fields', () => {
    const { client } = world();
    client.send('POST', widgets, widget('one', { size: 1 }));
    client.send('POST', widgets, widget('two', { size: 1, colour: 'blue' }));
    expect(
      client.list(`${widgets}?fieldSelector=spec.colour%3Dblue`).items.map(({ metadata }) => metadata.name),
    ).toEqual(['two']);
    expect(message(client.get(`${widgets}?fieldSelector=spec.size%3D1`))).toBe('field label not supported: spec.size');
  });

  it('[API-99] takes JSON and merge patches and server-side apply, and no strategic merge', () => {
    const { client } = world();
    client.send('POST', widgets, widget('one', { size: 1, parts: [{ name: 'a' }] }));
    const strategic = client.patch(`${widgets}/one`, 'application/strategic-merge-patch+json', {});
    expect(strategic.status).toBe(415);
    expect(message(strategic)).toBe(
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    );
    const url = (manager: string) => `${widgets}/one?fieldManager=${manager}`;
    const applied = widget('one', { parts: [{ name: 'b', count: 2 }] });
    const merged = client.patch<Widget>(url('team'), 'application/apply-patch+yaml', applied);
    expect(merged.body.spec).toMatchObject({
      parts: [
        { name: 'a', count: 1 },
        { name: 'b', count: 2 },
      ],
    });
    const conflict = client.patch(
      url('other'),
      'application/apply-patch+yaml',
      widget('one', { parts: [{ name: 'b', count: 3 }] }),
    );
    expect(message(conflict)).toBe('Apply failed with 1 conflict: conflict with "team": .spec.parts[name="b"].count');
  });

  it('[API-100] is read in every version, whatever it was stored as', () => {
    const second = { name: 'v1beta1', served: true, storage: false, schema: { openAPIV3Schema: widgetSchema } };
    const [first] = (widgetDefinition() as { spec: { versions: object[] } }).spec.versions;
    const { client } = world(widgetDefinition({ versions: [first, second] }));
    client.send('POST', widgets, widget('one'));
    const old = '/apis/example.com/v1beta1/namespaces/default/widgets';
    expect(client.get(`${old}/one`).body.apiVersion).toBe('example.com/v1beta1');
    const merge = 'application/merge-patch+json';
    expect(client.patch<Widget>(`${old}/one`, merge, { spec: { size: 5 } }).body).toMatchObject({
      apiVersion: 'example.com/v1beta1',
    });
    expect(client.get<Widget>(`${widgets}/one`).body).toMatchObject({
      apiVersion: 'example.com/v1',
      spec: { size: 5 },
    });
  });

  it('[API-101] goes with its owner and with its namespace', () => {
    const { cluster, client } = world();
    const { metadata } = client.send<Widget>('POST', widgets, widget('owner')).body;
    const ownerReferences = [{ apiVersion: 'example.com/v1', kind: 'Widget', name: 'owner', uid: metadata.uid }];
    client.send('POST', widgets, { ...widget('child'), metadata: { name: 'child', ownerReferences } });
    client.send('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'map', ownerReferences } });
    client.send('DELETE', `${widgets}/owner`);
    cluster.clock.runFor(60_000);
    expect(client.list(widgets).items).toEqual([]);
    expect(client.get('/api/v1/namespaces/default/configmaps/map').status).toBe(404);
    inNamespace(cluster, client);
  });

  it('takes keys that JavaScript gives a meaning to for what they are', () => {
    const { client } = world();
    const body =
      '{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"one"},"spec":{"size":1,"__proto__":{"size":3},"constructor":1,"anything":{"__proto__":{"a":1}}}}';
    const { status, body: made } = client.send<Widget>('POST', `${widgets}?fieldValidation=Ignore`, body);
    expect(status).toBe(201);
    expect(JSON.stringify(made.spec)).toBe('{"size":1,"anything":{"__proto__":{"a":1}},"colour":"red"}');
  });
});

function inNamespace(cluster: Cluster, client: TestClient): void {
  client.send('POST', '/api/v1/namespaces', { metadata: { name: 'team' } });
  client.send('POST', '/apis/example.com/v1/namespaces/team/widgets', widget('inside'));
  client.send('DELETE', '/api/v1/namespaces/team');
  cluster.clock.runFor(60_000);
  expect(client.get('/api/v1/namespaces/team').status).toBe(404);
}
