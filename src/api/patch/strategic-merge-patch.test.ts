import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../json.ts';
import { createSchemaCatalog } from '../schema/schema-catalog.ts';
import type { TypeSchema } from '../schema/type-schema.ts';
import { createStrategicThreeWayPatch, createStrategicTwoWayPatch } from './strategic-diff.ts';
import { applyStrategicMergePatch } from './strategic-merge-patch.ts';

const catalog = createSchemaCatalog();
const typed = (name: string): TypeSchema => catalog.type(name)!;
const podSpec = typed('io.k8s.api.core.v1.PodSpec');
const deploymentSpec = typed('io.k8s.api.apps.v1.DeploymentSpec');
const objectMeta = typed('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');

const a = { name: 'a', image: 'nginx:1' };
const b = { name: 'b', image: 'redis:7' };

describe('applyStrategicMergePatch', () => {
  it.each<{ name: string; schema: TypeSchema; original: JsonObject; patch: JsonObject; expected: Json }>([
    {
      name: 'merges containers by name',
      schema: podSpec,
      original: { containers: [a, b] },
      patch: { containers: [{ name: 'b', image: 'redis:8' }] },
      expected: { containers: [a, { name: 'b', image: 'redis:8' }] },
    },
    {
      name: 'adds containers after those that are there',
      schema: podSpec,
      original: { containers: [a] },
      patch: { containers: [b] },
      expected: { containers: [b, a] },
    },
    {
      name: 'orders by $setElementOrder',
      schema: podSpec,
      original: { containers: [a] },
      patch: {
        '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }],
        containers: [b],
      },
      expected: { containers: [a, b] },
    },
    {
      name: 'lets what replaces an element stand where that stood',
      schema: podSpec,
      original: { containers: [a, { name: 'injected' }] },
      patch: {
        '$setElementOrder/containers': [{ name: 'b' }],
        containers: [b, { name: 'a', $patch: 'delete' }],
      },
      expected: { containers: [{ name: 'injected' }, b] },
    },
    {
      name: 'deletes an element',
      schema: podSpec,
      original: { containers: [a, b] },
      patch: { containers: [{ name: 'a', $patch: 'delete' }] },
      expected: { containers: [b] },
    },
    {
      name: 'replaces a list',
      schema: podSpec,
      original: { containers: [a, b] },
      patch: { containers: [{ name: 'c' }, { $patch: 'replace' }] },
      expected: { containers: [{ name: 'c' }] },
    },
    {
      name: 'replaces an object',
      schema: podSpec,
      original: { securityContext: { runAsUser: 1, fsGroup: 2 } },
      patch: { securityContext: { $patch: 'replace', fsGroup: 3 } },
      expected: { securityContext: { fsGroup: 3 } },
    },
    {
      name: 'empties an object',
      schema: podSpec,
      original: { securityContext: { runAsUser: 1 } },
      patch: { securityContext: { $patch: 'delete' } },
      expected: { securityContext: {} },
    },
    {
      name: 'retains keys',
      schema: deploymentSpec,
      original: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } },
      patch: { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
      expected: { strategy: { type: 'Recreate' } },
    },
    {
      name: 'replaces lists without a merge key',
      schema: podSpec,
      original: { tolerations: [{ key: 'a' }, { key: 'b' }] },
      patch: { tolerations: [{ key: 'c' }] },
      expected: { tolerations: [{ key: 'c' }] },
    },
    {
      name: 'merges lists of scalars',
      schema: objectMeta,
      original: { finalizers: ['x', 'y'] },
      patch: { finalizers: ['z'] },
      expected: { finalizers: ['z', 'x', 'y'] },
    },
    {
      name: 'deletes from lists of scalars',
      schema: objectMeta,
      original: { finalizers: ['x', 'y'] },
      patch: { '$deleteFromPrimitiveList/finalizers': ['x'] },
      expected: { finalizers: ['y'] },
    },
    {
      name: 'null removes a key',
      schema: objectMeta,
      original: { labels: { a: '1', b: '2' } },
      patch: { labels: { a: null } },
      expected: { labels: { b: '2' } },
    },
    {
      name: 'merges within elements',
      schema: podSpec,
      original: { containers: [{ ...a, env: [{ name: 'X', value: '1' }] }] },
      patch: { containers: [{ name: 'a', env: [{ name: 'Y', value: '2' }] }] },
      expected: {
        containers: [
          {
            ...a,
            env: [
              { name: 'Y', value: '2' },
              { name: 'X', value: '1' },
            ],
          },
        ],
      },
    },
  ])('$name', ({ schema, original, patch, expected }) => {
    expect(applyStrategicMergePatch(original, patch, schema)).toEqual(expected);
  });

  it.each<{ patch: JsonObject; message: string }>([
    { patch: { containers: [{ image: 'x' }] }, message: 'map: map[image:x] does not contain declared merge key: name' },
    {
      patch: { containers: [{ name: 'a', $patch: 'melt' }] },
      message: 'unknown patch type: melt in map: map[$patch:melt name:a]',
    },
    { patch: { containers: [{ $patch: 'merge' }] }, message: 'merging lists cannot yet be specified in the patch' },
    { patch: { '$setElementOrder/containers': 'x' }, message: 'expected a []interface {}, but received a string' },
    { patch: { $deleteFromPrimitiveList: ['x'] }, message: 'invalid patch format of primitive list' },
    {
      patch: { unknown: { x: 1 } },
      message: 'unable to find api field in struct PodSpec for the json field "unknown"',
    },
  ])('refuses $patch', ({ patch, message }) =>
    expect(() => applyStrategicMergePatch({ containers: [a], unknown: { x: 2 } }, patch, podSpec)).toThrow(message),
  );

  it('hands back what it does not change', () => {
    const original = { containers: [a, b], nodeSelector: { x: 'y' } };
    expect(
      applyStrategicMergePatch(original, { containers: [{ name: 'a', image: 'nginx:1' }] }, podSpec).nodeSelector,
    ).toBe(original.nodeSelector);
    expect(applyStrategicMergePatch(original, { nodeSelector: { x: 'y' }, hostname: null }, podSpec)).toBe(original);
  });
});

describe('createStrategicThreeWayPatch', () => {
  it.each<{ name: string; original: JsonObject; modified: JsonObject; current: JsonObject; expected: Json }>([
    {
      name: 'changes an image',
      original: { containers: [a] },
      modified: { containers: [{ ...a, image: 'nginx:2' }] },
      current: { containers: [{ ...a, imagePullPolicy: 'Always' }], dnsPolicy: 'ClusterFirst' },
      expected: { '$setElementOrder/containers': [{ name: 'a' }], containers: [{ name: 'a', image: 'nginx:2' }] },
    },
    {
      name: 'is empty when nothing changed',
      original: { containers: [a] },
      modified: { containers: [a] },
      current: { containers: [{ ...a, imagePullPolicy: 'Always' }] },
      expected: {},
    },
    {
      name: 'removes a container of the last manifest and leaves one that was injected',
      original: { containers: [a, b] },
      modified: { containers: [a] },
      current: { containers: [a, b, { name: 'sidecar' }] },
      expected: { '$setElementOrder/containers': [{ name: 'a' }], containers: [{ name: 'b', $patch: 'delete' }] },
    },
    {
      name: 'removes a key',
      original: { nodeSelector: { x: '1', y: '2' } },
      modified: { nodeSelector: { x: '1' } },
      current: { nodeSelector: { x: '1', y: '2', z: '3' } },
      expected: { nodeSelector: { y: null } },
    },
  ])('$name', ({ original, modified, current, expected }) =>
    expect(createStrategicThreeWayPatch(original, modified, current, podSpec)).toEqual(expected),
  );

  it('replaces a strategy that others defaulted', () =>
    expect(
      createStrategicThreeWayPatch(
        { strategy: { type: 'RollingUpdate' } },
        { strategy: { type: 'Recreate' } },
        { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } } },
        deploymentSpec,
      ),
    ).toEqual({ strategy: { $retainKeys: ['type'], type: 'Recreate' } }));
});

const names = ['a', 'b', 'c', 'd'];

const anyContainer = (name: string): fc.Arbitrary<JsonObject> =>
  fc.record(
    {
      name: fc.constant(name),
      image: fc.constantFrom('x:1', 'x:2'),
      command: fc.array(fc.constantFrom('run', 'stop')),
      env: fc.uniqueArray(fc.record({ name: fc.constantFrom('A', 'B', 'C'), value: fc.constantFrom('1', '2') }), {
        selector: (item) => item.name,
        minLength: 1,
      }),
      securityContext: fc.record(
        { runAsUser: fc.integer({ min: 0, max: 2 }), privileged: fc.boolean() },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['name'] },
  ) as fc.Arbitrary<JsonObject>;

const anyPodSpec = fc
  .record(
    {
      containers: fc.shuffledSubarray(names, { minLength: 1 }).chain((some) => fc.tuple(...some.map(anyContainer))),
      nodeSelector: fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.constantFrom('1', '2')),
      tolerations: fc.array(fc.record({ key: fc.constantFrom('k', 'l') })),
      hostname: fc.constantFrom('h', 'i'),
      imagePullSecrets: fc.shuffledSubarray(names, { minLength: 1 }).map((some) => some.map((name) => ({ name }))),
    },
    { requiredKeys: ['containers'] },
  )
  .map((spec) => spec as JsonObject);

describe('properties', () => {
  it('a two-way patch applied to the original gives the modified object', () =>
    fc.assert(
      fc.property(anyPodSpec, anyPodSpec, (original, modified) => {
        const patch = createStrategicTwoWayPatch(original, modified, podSpec);
        expect(applyStrategicMergePatch(original, patch, podSpec)).toEqual(modified);
      }),
    ));

  it('a three-way patch applied to what was applied before gives the modified object', () =>
    fc.assert(
      fc.property(anyPodSpec, anyPodSpec, (original, modified) => {
        const patch = createStrategicThreeWayPatch(original, modified, original, podSpec);
        expect(applyStrategicMergePatch(original, patch, podSpec)).toEqual(modified);
      }),
    ));

  it('a three-way patch changes nothing the second time', () =>
    fc.assert(
      fc.property(anyPodSpec, anyPodSpec, (modified, current) => {
        const once = applyStrategicMergePatch(
          current,
          createStrategicThreeWayPatch({}, modified, current, podSpec),
          podSpec,
        );
        const again = createStrategicThreeWayPatch(modified, modified, once, podSpec);
        expect(applyStrategicMergePatch(once, again, podSpec)).toEqual(once);
      }),
    ));
});
