import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createSchemaCatalog } from './schema-catalog.ts';
import type { FieldSchema, ObjectSchema, TypeSchema } from './type-schema.ts';

const catalog = createSchemaCatalog();

function field(type: string, name: string): FieldSchema {
  const found = catalog.type(type)?.fields.get(name);
  if (!found) throw new Error(`no ${type}.${name}`);
  return found;
}

describe('the catalog', () => {
  it('knows how container ports merge', () => {
    const ports = field('io.k8s.api.core.v1.Container', 'ports');
    expect(ports).toMatchObject({ patchStrategy: 'merge', patchMergeKey: 'containerPort' });
    expect(ports.schema).toMatchObject({ listType: 'map', mapKeys: ['containerPort', 'protocol'] });
    expect(field('io.k8s.api.core.v1.ContainerPort', 'protocol')).toMatchObject({
      default: 'TCP',
      schema: { type: 'string', enum: ['SCTP', 'TCP', 'UDP'] },
    });
  });

  it('tells quantities, times and numbers apart', () => {
    expect(field('io.k8s.api.core.v1.ResourceRequirements', 'limits').schema).toMatchObject({
      type: 'map',
      values: { type: 'quantity' },
    });
    expect(field('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta', 'creationTimestamp').schema).toEqual({
      type: 'time',
    });
    expect(field('io.k8s.api.coordination.v1.LeaseSpec', 'renewTime').schema).toEqual({ type: 'micro-time' });
    expect(field('io.k8s.api.apps.v1.DeploymentSpec', 'replicas').schema).toEqual({ type: 'int32' });
  });

  it('hands out one schema for one type', () =>
    expect(field('io.k8s.api.core.v1.Pod', 'spec').schema).toBe(catalog.type('io.k8s.api.core.v1.PodSpec')));

  it('resolves every reference', () => {
    for (const name of catalog.names) expect(catalog.type(name)!.fields.size).toBeGreaterThan(0);
  });
});

interface OfficialSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly items?: OfficialSchema;
  readonly additionalProperties?: OfficialSchema;
  readonly properties?: Readonly<Record<string, OfficialSchema>>;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-patch-strategy'?: string;
  readonly 'x-kubernetes-patch-merge-key'?: string;
}

const documentPath = resolve(import.meta.dirname, '../../../../shared/facts/kubernetes-openapi-v1.35.json.gz');

const wellKnown: Readonly<Record<string, string>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'micro-time',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'int-or-string',
};

/** Both sides in one notation. */
function official(schema: OfficialSchema): string {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1)!;
    return wellKnown[name] ?? name;
  }
  if (schema.type === 'array') return `[${official(schema.items!)}`;
  if (schema.type === 'object') return `{${official(schema.additionalProperties!)}`;
  if (schema.type === 'string') return schema.format === 'byte' ? 'bytes' : 'string';
  return schema.format ?? schema.type!;
}

function ours(schema: TypeSchema): string {
  if (schema.type === 'list') return `[${ours(schema.items)}`;
  if (schema.type === 'map') return `{${ours(schema.values)}`;
  return schema.type === 'object' || schema.type === 'any' ? schema.name : schema.type;
}

function describeOfficial(
  name: string,
  owner: OfficialSchema,
  property: OfficialSchema,
): Readonly<Record<string, unknown>> {
  return {
    type: official(property),
    isRequired: owner.required?.includes(name) ?? false,
    listType: property.type === 'array' ? (property['x-kubernetes-list-type'] ?? 'atomic') : undefined,
    mapKeys: property['x-kubernetes-list-map-keys'] ?? [],
    patchStrategy: property['x-kubernetes-patch-strategy'],
    patchMergeKey: property['x-kubernetes-patch-merge-key'],
    mapType: property['x-kubernetes-map-type'] === 'atomic',
  };
}

function describeOurs({
  schema,
  isRequired,
  patchStrategy,
  patchMergeKey,
}: FieldSchema): Readonly<Record<string, unknown>> {
  return {
    type: ours(schema),
    isRequired,
    listType: schema.type === 'list' ? schema.listType : undefined,
    mapKeys: schema.type === 'list' ? schema.mapKeys : [],
    patchStrategy,
    patchMergeKey,
    mapType: schema.type === 'map' && schema.isAtomic,
  };
}

describe.skipIf(!existsSync(documentPath))('against the official document', () => {
  // A skipped block is still read through.
  const text = existsSync(documentPath) ? gunzipSync(readFileSync(documentPath)).toString() : '{"definitions":{}}';
  const { definitions } = JSON.parse(text) as {
    definitions: Readonly<Record<string, OfficialSchema>>;
  };
  const stable = Object.keys(definitions).filter(
    (name) =>
      definitions[name]!.properties && !/\.v\d+(alpha|beta)\d+\./.test(name) && !name.endsWith('.GroupResource'),
  );

  it('has the same stable definitions', () => expect(catalog.names).toEqual(stable.toSorted()));

  it('has the same fields, of the same types, merging the same way', () => {
    const difference = stable.flatMap((name) => {
      const theirs = definitions[name]!;
      const mine = catalog.type(name) as ObjectSchema;
      const fields = new Set([...Object.keys(theirs.properties!), ...mine.fields.keys()]);
      return [...fields]
        .map((key) => {
          const expected = theirs.properties![key] && describeOfficial(key, theirs, theirs.properties![key]);
          const actual = mine.fields.get(key) && describeOurs(mine.fields.get(key)!);
          return { path: `${name}.${key}`, expected, actual };
        })
        .filter(({ expected, actual }) => JSON.stringify(expected) !== JSON.stringify(actual));
    });
    expect(difference).toEqual([]);
  });

  it('takes the same types as one value', () =>
    expect(stable.filter((name) => catalog.type(name)!.isAtomic)).toEqual(
      stable.filter((name) => definitions[name]!['x-kubernetes-map-type'] === 'atomic'),
    ));
});
