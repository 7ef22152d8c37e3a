import { describe, expect, it } from 'vitest';
import type { KubeApi } from '../../client/index.ts';
import { applyManifest, pathOf } from './apply.ts';
import { completionsAt, placeAt } from './complete.ts';
import { diagnose } from './diagnose.ts';
import { parseManifest } from './manifest.ts';
import { SchemaLibrary, type Schema } from './schema.ts';

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** A small OpenAPI document in the shape that an API server gives. */
const schemas: Readonly<Record<string, Schema>> = {
  Pod: {
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { allOf: [ref('Meta')], default: {} },
      spec: { allOf: [ref('Spec')], description: 'What it should be.' },
      status: { type: 'object' },
    },
    'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Pod' }],
  },
  Meta: {
    type: 'object',
    properties: { name: { type: 'string' }, labels: { type: 'object', additionalProperties: { type: 'string' } } },
  },
  Spec: {
    type: 'object',
    required: ['containers'],
    properties: {
      containers: { type: 'array', items: { allOf: [ref('Container')] } },
      hostNetwork: { type: 'boolean' },
      restartPolicy: { type: 'string', enum: ['Always', 'Never', 'OnFailure'] },
    },
  },
  Container: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      image: { type: 'string' },
      ports: { type: 'array', items: { type: 'object', properties: { containerPort: { type: 'integer' } } } },
    },
  },
};

const answers: Readonly<Record<string, unknown>> = {
  '/openapi/v3': { paths: { 'api/v1': {}, 'apis/apps/v1': {}, api: {} } },
  '/openapi/v3/api/v1': { components: { schemas } },
  '/api/v1': { resources: [{ name: 'pods', kind: 'Pod', namespaced: true }] },
};

const api: KubeApi = {
  fetch(request) {
    const { pathname } = new URL(request.url);
    if (request.method === 'PATCH') {
      const causes = [{ field: 'spec.containers[0].image', message: 'Required value' }];
      return Promise.resolve(Response.json({ message: 'is invalid', details: { causes } }, { status: 422 }));
    }
    const answer = answers[pathname];
    return Promise.resolve(answer ? Response.json(answer) : new Response('{}', { status: 404 }));
  },
  connect: () => Promise.reject(new Error('no connections')),
};

const library = () => new SchemaLibrary(api);
const pod = (rest: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n${rest}`;

describe('diagnose', () => {
  it.each([
    { name: 'a good manifest', text: pod('spec:\n  containers:\n  - name: a\n    image: nginx\n'), expected: [] },
    {
      name: 'an unknown field',
      text: pod('spec:\n  container: []\n  containers: []\n'),
      expected: ['unknown field "container"; did you mean "containers"?'],
    },
    { name: 'a missing field', text: pod('spec:\n  containers:\n  - image: a\n'), expected: ['name is missing.'] },
    {
      name: 'text for a number',
      text: pod('spec:\n  containers:\n  - name: a\n    ports:\n    - containerPort: http\n'),
      expected: ['integer wanted, this is text.'],
    },
    {
      name: 'a number for text',
      text: pod('spec:\n  containers:\n  - name: 1\n'),
      expected: ['string wanted, this is a number. Put it in quotes.'],
    },
    {
      name: 'a value out of its list',
      text: pod('spec:\n  restartPolicy: Sometimes\n  containers: []\n'),
      expected: ['must be one of Always, Never, OnFailure'],
    },
    {
      name: 'labels of any name',
      text: 'apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    any: thing\n',
      expected: [],
    },
    { name: 'an unknown kind', text: 'apiVersion: v1\nkind: Pot\n', expected: ['v1 has no kind Pot.'] },
    { name: 'an unknown version', text: 'apiVersion: v7\nkind: Pod\n', expected: ['The cluster serves no v7.'] },
    {
      name: 'each of several documents',
      text: `${pod('')}---\nkind: Pod\n---\n`,
      expected: ['apiVersion is missing.'],
    },
  ])('$name', async ({ text, expected }) => {
    const problems = await diagnose(parseManifest(text), library());
    expect(problems.map(({ message }) => message)).toEqual(expected);
  });

  it('places a problem at its text', async () => {
    const text = pod('spec:\n  containerz: []\n  containers: []\n');
    const [problem] = await diagnose(parseManifest(text), library());
    expect(text.slice(problem!.from, problem!.to)).toBe('containerz');
  });

  it('says where YAML itself is broken', async () => {
    const problems = await diagnose(parseManifest('apiVersion: v1\nkind: [Pod\n'), library());
    expect(problems[0]?.severity).toBe('error');
  });
});

describe('placeAt', () => {
  it.each([
    { name: 'a top-level field', text: 'apiVersion: v1\n|', path: [], key: undefined },
    { name: 'behind a colon', text: 'apiVersion: |', path: [], key: 'apiVersion' },
    { name: 'a field of an object', text: 'spec:\n  |', path: ['spec'], key: undefined },
    {
      name: 'a field of a list item',
      text: 'spec:\n  containers:\n    - name: a\n      |',
      path: ['spec', 'containers', 0],
      key: undefined,
    },
    {
      name: 'the first field of an item',
      text: 'spec:\n  containers:\n    - |',
      path: ['spec', 'containers', 0],
      key: undefined,
    },
    {
      name: 'a list at its field’s column',
      text: 'spec:\n  containers:\n  - name: a\n    |',
      path: ['spec', 'containers', 0],
      key: undefined,
    },
    {
      name: 'below a list in a list',
      text: 'spec:\n  containers:\n  - name: a\n    ports:\n    - |',
      path: ['spec', 'containers', 0, 'ports', 0],
      key: undefined,
    },
    { name: 'after a document marker', text: 'spec:\n  a: 1\n---\n|', path: [], key: undefined },
  ])('$name', ({ text, path, key }) => {
    expect(placeAt(text.replace('|', ''), text.indexOf('|'))).toMatchObject({ path, key });
  });
});

describe('completionsAt', () => {
  const labels = async (text: string) =>
    (await completionsAt(text.replace('|', ''), text.indexOf('|'), library())).map(({ label }) => label);

  it.each([
    {
      name: 'fields that are not there yet',
      text: pod('spec:\n  hostNetwork: true\n  |'),
      expected: ['containers', 'restartPolicy'],
    },
    {
      name: 'fields of a list item',
      text: pod('spec:\n  containers:\n    - name: a\n      |'),
      expected: ['image', 'ports'],
    },
    { name: 'values of an enum', text: pod('spec:\n  restartPolicy: |'), expected: ['Always', 'Never', 'OnFailure'] },
    { name: 'true and false', text: pod('spec:\n  hostNetwork: |'), expected: ['true', 'false'] },
    { name: 'kinds', text: 'apiVersion: v1\nkind: |', expected: ['Pod'] },
    { name: 'versions', text: 'apiVersion: |', expected: ['v1', 'apps/v1'] },
    { name: 'no status, which is not ours to write', text: `${pod('spec: {}\n')}|`, expected: [] },
  ])('$name', async ({ text, expected }) => expect(await labels(text)).toEqual(expected));
});

describe('applyManifest', () => {
  it('puts what the server refuses at its line', async () => {
    const text = pod('spec:\n  containers:\n  - name: a\n    image: ""\n');
    const { problems } = await applyManifest(parseManifest(text), api);
    expect(problems.map(({ from, to }) => text.slice(from, to))).toEqual(['""']);
  });

  it('reads field paths as the API server writes them', () => {
    expect(pathOf('spec.containers[0].ports[1].containerPort')).toEqual([
      'spec',
      'containers',
      0,
      'ports',
      1,
      'containerPort',
    ]);
    expect(pathOf('metadata.labels[app.kubernetes.io/name]')).toEqual(['metadata', 'labels', 'app.kubernetes.io/name']);
  });
});
