import {
  applyJsonPatch,
  applyMergePatch,
  applyStrategicMergePatch,
  decodeObject,
  goQuote,
  type Json,
  type JsonObject as ApiJsonObject,
} from '../../../api/index.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { JsonObject } from '../../resource/json.ts';
import { patchSchemaOf } from '../../resource/patch-schema.ts';
import { groupVersionKindOf } from '../../resource/unstructured.ts';

/** Changes an object that was made from flags as `--overrides` says. Upstream: kubectl/pkg/cmd/util/override_options.go */
export function overrideObject(object: JsonObject, overrides: string, type: string): JsonObject {
  if (overrides === '') return object;
  const patched = patch(object as ApiJsonObject, overrides, type || 'merge') as JsonObject;
  const kind = groupVersionKindOf(patched);
  const schema = patchSchemaOf(kind);
  if (!schema) {
    throw new CommandError(
      `no kind ${goQuote(kind.kind)} is registered for version ${goQuote(String(patched['apiVersion']))} in scheme "pkg/scheme/scheme.go:28"`,
    );
  }
  return decodeObject(patched, schema).object as JsonObject;
}

function patch(object: ApiJsonObject, overrides: string, type: string): Json {
  switch (type) {
    case 'json':
      return applyJsonPatch(object, parsed(overrides, 'json'));
    case 'merge':
      return applyMergePatch(object, parsed(overrides, 'Invalid JSON Patch'));
    case 'strategic':
      return applyStrategicMergePatch(
        object,
        parsed(overrides, 'invalid JSON document') as ApiJsonObject,
        patchSchemaOf({ group: '', version: 'v1', kind: 'Pod' })!,
      );
    default:
      throw new CommandError(`invalid override type: ${type}`);
  }
}

function parsed(text: string, problem: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new CommandError(problem);
  }
}
