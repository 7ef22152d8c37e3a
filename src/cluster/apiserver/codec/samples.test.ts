import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSchemaCatalog } from '../../../api/index.ts';
import { FieldLedger } from '../managed-fields/field-ledger.ts';
import { resources, unstoredResources, versionViews } from '../registry/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { ObjectCodec } from './object-codec.ts';

const archive = resolve(import.meta.dirname, '../../../../../shared/facts/kubernetes-samples-v1.35.tar.gz');
const folder = 'kubernetes-samples-v1.35';
/** Other repositories keep the samples of their own groups. */
const foreign = ['apiextensions.k8s.io', 'apiregistration.k8s.io'];
const definitions = (
  [
    ...resources,
    ...[...versionViews, ...unstoredResources].map(({ definition }) => definition),
  ] as readonly ResourceDefinition[]
).filter(({ group }) => !foreign.includes(group));

/** The object of each kind in which every field is set. */
function readSamples(): ReadonlyMap<string, string> {
  const names = execFileSync('tar', ['tzf', archive], { encoding: 'utf8' }).split('\n');
  const wanted = new Set(definitions.map(fileOf));
  const found = names.filter((name) => wanted.has(name));
  const text = execFileSync('tar', ['xzOf', archive, ...found], { encoding: 'utf8', maxBuffer: 1e9 });
  const objects = text.split(/(?<=^\})\s*(?=\{)/m);
  return new Map(found.map((name, at) => [name, objects[at]!]));
}

function fileOf({ group, version, kind }: ResourceDefinition): string {
  return `${folder}/${group || 'core'}.${version}.${kind}.json`;
}

describe.skipIf(!existsSync(archive))('the official samples', () => {
  const samples = existsSync(archive) ? readSamples() : new Map<string, string>();
  const codec = new ObjectCodec(createSchemaCatalog(), definitions, new FieldLedger());

  it.each(definitions.map((definition): [string, ResourceDefinition] => [fileOf(definition), definition]))(
    '%s has no field that is not known',
    (file, definition) => {
      const text = samples.get(file);
      expect(text).toBeDefined();
      const body = { mediaType: 'application/json' as const, text: text! };
      const warnings: string[] = [];
      const object = codec.decode(body, definition, {
        fieldValidation: 'Warn',
        warn: (warning) => warnings.push(warning),
      });
      expect(warnings).toEqual([]);
      expect(JSON.parse(text!)).toMatchObject({ kind: object.kind, apiVersion: object.apiVersion });
    },
  );
});
