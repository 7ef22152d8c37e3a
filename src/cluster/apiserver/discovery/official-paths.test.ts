import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createCluster } from '../../cluster.ts';
import { TestClient } from '../test-client.ts';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const documentPath = resolve(import.meta.dirname, '../../../../../shared/facts/kubernetes-openapi-v1.35.json.gz');

/** `/apis/apps/v1`, `/api/v1` */
const groupVersionOf = (path: string): string => /^(?:\/api\/[^/]+|\/apis\/[^/]+\/[^/]+)/.exec(path)?.[0] ?? '';
/** Kinds of a served group that are not there yet. */
const missing = /\/(?:mutating|validating)webhookconfigurations(?:$|\/)/;
/** Old watch paths, the lists of group versions, and what goes on to another server. */
const isLeftOut = (path: string): boolean => /\/watch\/|\/$|\/proxy(?:$|\/)/.test(path) || missing.test(path);

describe.skipIf(!existsSync(documentPath))('the official document', () => {
  const read = (): Document => JSON.parse(gunzipSync(readFileSync(documentPath)).toString()) as Document;

  it('has the paths and the verbs of each group version that is served, and no others', () => {
    const official = read().paths;
    const served = new TestClient(createCluster({ seed: 1, nodes: [] })).get<Document>('/openapi/v2').body.paths;
    const versions = new Set(Object.keys(served).map(groupVersionOf));
    const wanted = Object.keys(official).filter((path) => versions.has(groupVersionOf(path)) && !isLeftOut(path));
    expect(Object.keys(served).toSorted()).toEqual(wanted.toSorted());
    const verbsOf = (methods: object): readonly string[] =>
      Object.keys(methods)
        .filter((verb) => verb !== 'parameters')
        .toSorted();
    for (const path of wanted) expect([path, verbsOf(served[path]!)]).toEqual([path, verbsOf(official[path]!)]);
  });
});
