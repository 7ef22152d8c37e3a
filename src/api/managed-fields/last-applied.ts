/**
 * The annotation in which client-side `kubectl apply` keeps its last manifest.
 * Upstream: apimachinery/pkg/util/managedfields/internal/lastapplied.go, lastappliedmanager.go, lastappliedupdater.go
 */
import { goJson, isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { FieldSet } from '../meta.ts';
import type { TypeSchema } from '../schema/type-schema.ts';
import { compareObjects } from './compare-objects.ts';
import { fieldsOf } from './extract-fields.ts';
import { differenceOfSets } from './field-set.ts';
import { appliedProblem } from './validate-applied.ts';

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

function annotationsOf({ metadata }: JsonObject): JsonObject {
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  return isJsonObject(annotations) ? annotations : {};
}

/** The fields of the last manifest that the live object still has as the manifest said; undefined without one. */
export function lastAppliedFields(live: JsonObject, schema: TypeSchema): FieldSet | undefined {
  const manifest = parseManifest(annotationsOf(live)[lastAppliedAnnotation]);
  if (!manifest || manifest.apiVersion !== live.apiVersion || appliedProblem(manifest, schema)) return undefined;
  const { removed, changed } = compareObjects(manifest, live, schema);
  return [changed, removed].reduce(differenceOfSets, fieldsOf(manifest, schema));
}

function parseManifest(text: unknown): JsonObject | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    const manifest: unknown = JSON.parse(text);
    return isJsonObject(manifest) ? manifest : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The object with the manifest in its annotation. */
export function withLastApplied(object: JsonObject, manifest: JsonObject): JsonObject {
  const { [lastAppliedAnnotation]: _, ...annotations } = annotationsOf(manifest);
  const metadata = isJsonObject(manifest.metadata) ? manifest.metadata : {};
  const kept = { ...manifest, metadata: { ...metadata, ...(metadata.annotations !== undefined && { annotations }) } };
  return {
    ...object,
    metadata: {
      ...(isJsonObject(object.metadata) ? object.metadata : {}),
      annotations: { ...annotationsOf(object), [lastAppliedAnnotation]: `${goJson(kept)}\n` },
    },
  };
}
