import { applyJsonPatch, type Json } from '../../api/index.ts';
import { CommandError } from '../errors/command-error.ts';
import { cloneJson, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from '../resource/json.ts';
import { groupVersionKindOf, nameOf, namespaceOf } from '../resource/unstructured.ts';
import { patchSchemaOf } from '../resource/patch-schema.ts';
import { parseDocuments } from '../yaml/split-documents.ts';
import { idText, type Kustomized } from './kustomized.ts';
import { mergePatch } from './merge.ts';
import { isSelected } from './selection.ts';

/** Applies one entry of `patches`. Upstream: kustomize/api/internal/builtins/PatchTransformer.go */
export function applyPatch(resources: Kustomized[], patch: JsonObject, text: string): Kustomized[] {
  const target = objectAt(patch, 'target');
  const documents = parseDocuments(text).filter((each) => each !== null);
  const operations = documents.length === 1 && Array.isArray(documents[0]) ? documents[0] : undefined;
  if (operations) {
    if (!target) throw new CommandError(`must specify a target for JSON patch ${asGo(operations)}`);
    for (const resource of resources.filter((each) => isSelected(each, target))) {
      resource.become(applyJsonPatch(resource.object as Json, operations) as JsonObject);
    }
    return resources;
  }
  let all = resources;
  for (const document of documents) {
    if (!isObject(document)) throw new CommandError('unable to parse SM or JSON patch from [patch: ' + text + ']');
    const targets = target ? all.filter((each) => isSelected(each, target)) : [named(all, document)];
    const options = objectAt(patch, 'options');
    const removed = targets.filter((each) => !applyMerge(each, document, target !== undefined, options));
    all = all.filter((each) => !removed.includes(each));
  }
  return all;
}

/** The one object that a patch itself names. */
function named(resources: readonly Kustomized[], patch: JsonObject): Kustomized {
  const { group, version, kind } = groupVersionKindOf(patch);
  const found = resources.find(
    (each) =>
      each.type.group === group &&
      (version === '' || each.type.version === version) &&
      each.wasOfKind(kind) &&
      each.wasCalled(nameOf(patch)) &&
      each.wasIn(namespaceOf(patch)),
  );
  if (found) return found;
  const id = idText(patch);
  throw new CommandError(
    `no resource matches strategic merge patch "${id}": no matches for Id ${id}; failed to find unique target for patch ${id}`,
  );
}

/** False when the patch deletes the object. */
function applyMerge(
  resource: Kustomized,
  patch: JsonObject,
  hasTarget: boolean,
  options: JsonObject | undefined,
): boolean {
  const before = resource.object;
  const merged = mergePatch(before, cloneJson(patch), patchSchemaOf(resource.type));
  if (!merged) return false;
  const metadata: JsonObject = { ...objectAt(merged, 'metadata') };
  // Whom a patch is for does not change what it is called, unless that is asked for.
  if (!hasTarget || options?.['allowNameChange'] !== true) metadata['name'] = resource.name;
  if (resource.namespace !== '') metadata['namespace'] = resource.namespace;
  const keepsKind = !hasTarget || options?.['allowKindChange'] !== true;
  const kind = keepsKind ? { apiVersion: before['apiVersion']!, kind: before['kind']! } : {};
  resource.become({ ...merged, ...kind, metadata });
  return true;
}

function asGo(operations: JsonValue[]): string {
  return `[${operations.map((each) => `{Op:${stringAt(each, 'op')} Path:${stringAt(each, 'path')}}`).join(' ')}]`;
}
