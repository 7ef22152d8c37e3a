import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { createSchemaCatalog } from '../schema/schema-catalog.ts';
import { decodeJson, decodeObject } from './decode-object.ts';
import { scanJson } from './scan-json.ts';

const catalog = createSchemaCatalog();
const deployment = catalog.type('io.k8s.api.apps.v1.Deployment')!;
const pod = catalog.type('io.k8s.api.core.v1.Pod')!;
const secret = catalog.type('io.k8s.api.core.v1.Secret')!;

const container = (fields: object): object => ({ spec: { containers: [{ name: 'a', ...fields }] } });

describe('what does not fit', () => {
  it.each<{ schema: typeof pod; body: unknown; message: string }>([
    {
      schema: deployment,
      body: { spec: { replicas: 'three' } },
      message: 'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    },
    {
      schema: deployment,
      body: { spec: { replicas: 1.5 } },
      message: 'json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32',
    },
    {
      schema: pod,
      body: container({ env: [{ name: 'A', value: 1 }] }),
      message: 'json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string',
    },
    {
      schema: pod,
      body: { spec: { containers: {} } },
      message: 'json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container',
    },
    {
      schema: pod,
      body: { metadata: { labels: { a: true } } },
      message: 'json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string',
    },
    {
      schema: pod,
      body: container({ imagePullPolicy: 1 }),
      message:
        'json: cannot unmarshal number into Go struct field Container.spec.containers.imagePullPolicy of type v1.PullPolicy',
    },
    {
      schema: pod,
      body: container({ resources: { limits: { cpu: 'lots' } } }),
      message: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    },
    {
      schema: pod,
      body: { metadata: { creationTimestamp: 'today' } },
      message: 'parsing time "today" as "2006-01-02T15:04:05Z07:00": cannot parse "today" as "2006"',
    },
    {
      schema: deployment,
      body: { spec: { strategy: { rollingUpdate: { maxSurge: true } } } },
      message:
        'json: cannot unmarshal bool into Go struct field RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge of type int32',
    },
    { schema: secret, body: { data: { a: 'b@d' } }, message: 'illegal base64 data at input byte 1' },
    { schema: secret, body: { data: { a: 'abc' } }, message: 'illegal base64 data at input byte 0' },
    { schema: pod, body: [], message: 'json: cannot unmarshal array into Go value of type v1.Pod' },
  ])('$message', ({ schema, body, message }) =>
    expect(() => decodeJson(JSON.stringify(body), schema)).toThrow(message),
  );

  it('reports the first of several', () =>
    expect(() => decodeObject({ spec: { hostname: 1, nodeName: 2 } }, pod)).toThrow('PodSpec.spec.hostname'));

  it.each([
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{"a":1', 'unexpected end of JSON input'],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['[1 2]', "invalid character '2' after array element"],
    ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
    ['nope', "invalid character 'o' in literal null (expecting 'u')"],
    ['apiVersion: v1', "invalid character 'a' looking for beginning of value"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['"a\nb"', "invalid character '\\n' in string literal"],
    ['{"a":01}', "invalid character '1' after object key:value pair"],
    ['', 'unexpected end of JSON input'],
  ])('%s is no JSON', (text, message) => expect(() => decodeJson(text, pod)).toThrow(message));
});

describe('in the words of the converter', () => {
  it.each<{ body: unknown; message: string }>([
    { body: { spec: { replicas: 'three' } }, message: 'unrecognized type: int32' },
    { body: { spec: { replicas: 1.5 } }, message: 'cannot convert float64 to int32' },
    { body: { metadata: { labels: { a: 1 } } }, message: 'cannot convert int64 to string' },
    { body: { spec: [] }, message: 'cannot restore struct from: slice' },
    { body: { metadata: { finalizers: 'x' } }, message: 'cannot restore slice from string' },
    { body: { metadata: { labels: true } }, message: 'cannot restore map from bool' },
  ])('$message', ({ body, message }) => expect(() => decodeObject(body, deployment, 'converter')).toThrow(message));
});

describe('strict problems', () => {
  it('names unknown fields with their path, in any case', () => {
    const body = { spec: { Containers: [], containers: [{ name: 'a', imag: 'x' }], foo: 1 }, bar: {} };
    const { object, problems } = decodeJson(JSON.stringify(body), pod);
    expect(problems).toEqual([
      'unknown field "spec.Containers"',
      'unknown field "spec.containers[0].imag"',
      'unknown field "spec.foo"',
      'unknown field "bar"',
    ]);
    expect(object).toMatchObject({ spec: { containers: [{ name: 'a' }] } });
    expect(object).not.toHaveProperty('bar');
  });

  it('names duplicate fields, but not inside of unknown ones', () => {
    const text =
      '{"metadata":{"name":"a","name":"b","labels":{"x":"1","x":"2"}},"foo":{"y":1,"y":2},"spec":{"containers":[{"name":"a"},{"name":"b","name":"c"}]}}';
    expect(decodeJson(text, pod).problems).toEqual([
      'unknown field "foo"',
      'duplicate field "metadata.name"',
      'duplicate field "metadata.labels.x"',
      'duplicate field "spec.containers[1].name"',
    ]);
  });

  it('has no trouble with depth', () => expect(scanJson(`${'['.repeat(9999)}${']'.repeat(9999)}`)).toEqual([]));
});

describe('what comes out', () => {
  it('writes quantities, times and zero values as Go does', () => {
    const body = {
      metadata: { name: 'a', labels: {}, creationTimestamp: '2026-01-01T02:00:00+02:00' },
      spec: {
        hostNetwork: false,
        nodeName: '',
        terminationGracePeriodSeconds: 0,
        volumes: [{ name: 'v', emptyDir: {} }],
        containers: [{ name: 'a', resources: { limits: { cpu: '1000m', memory: 1073741824 } }, args: [], env: null }],
      },
    };
    expect(decodeObject(body, pod).object).toEqual({
      metadata: { name: 'a', creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: {
        terminationGracePeriodSeconds: 0,
        volumes: [{ name: 'v', emptyDir: {} }],
        containers: [{ name: 'a', resources: { limits: { cpu: '1', memory: '1073741824' } } }],
      },
      status: {},
    });
  });

  it('fills in what Go always has', () =>
    expect(decodeObject({ spec: { template: {} } }, deployment).object).toEqual({
      metadata: {},
      spec: { strategy: {}, template: { metadata: {}, spec: { containers: [] } } },
      status: {},
    }));

  it('hands back what is right already', () => {
    const body = {
      metadata: { name: 'a' },
      spec: { containers: [{ name: 'a', resources: {} }] },
      status: { phase: 'Running' },
    };
    expect(decodeObject(body, pod).object).toBe(body);
  });
});

const samplesPath = resolve(import.meta.dirname, '../../../../shared/facts/kubernetes-samples-v1.35.tar.gz');

/** The files of a tar archive. */
function* filesOf(archive: Buffer): Generator<{ readonly name: string; readonly content: string }> {
  for (let at = 0; archive[at];) {
    const name = archive.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 136), 8);
    yield { name, content: archive.toString('utf8', at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

describe.skipIf(!existsSync(samplesPath))('the samples with every field set', () => {
  const definitionOf = new Map(catalog.names.map((name) => [name.split('.').slice(-3).join('.'), name]));
  // A skipped block is still read through.
  const archive = existsSync(samplesPath) ? gunzipSync(readFileSync(samplesPath)) : Buffer.alloc(0);
  const samples = [...filesOf(archive)]
    .filter(({ name }) => name.endsWith('.json'))
    .map(({ name, content }) => {
      const [group, version, kind] = /([a-z]+)(?:[a-z0-9.]*?)\.(v\d[a-z0-9]*)\.(\w+)\.json$/
        .exec(name.split('/').at(-1)!)!
        .slice(1);
      return { name, content, definition: definitionOf.get(`${group}.${version}.${kind}`) };
    })
    .filter(({ definition }) => definition !== undefined);

  it('is not a handful', () => expect(samples.length).toBeGreaterThan(60));

  it.each(samples)('$name decodes', ({ content, definition }) => {
    const { object, problems } = decodeJson(content, catalog.type(definition!)!);
    expect(problems).toEqual([]);
    expect(object).toEqual(JSON.parse(content) as JsonObject);
  });
});
