import { ApiError } from '../../../api/index.ts';
import type { Invocation } from '../../command/invocation.ts';
import { isObject, objectAt, objectsAt, stringAt, stringMapAt, type JsonObject } from '../../resource/json.ts';
import { lastAppliedAnnotation } from '../../resource/last-applied.ts';
import type { ResourceClient, WriteOptions } from '../../resource/resource-client.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { nameOf, namespaceOf, resourceVersionOf } from '../../resource/unstructured.ts';

/**
 * Takes fields over that client-side apply managed, so that the first server-side apply can remove them.
 * Upstream: kubectl/pkg/cmd/apply/apply.go migrateToSSAIfNecessary, client-go/util/csaupgrade
 */
export async function upgradeManagedFields(
  invocation: Invocation,
  client: ResourceClient,
  info: ResourceInfo,
  manifest: JsonObject,
  options: WriteOptions,
): Promise<JsonObject> {
  let object = info.object!;
  try {
    object = await keepAnnotation(client, info, object, options);
  } catch (error) {
    invocation.warn(
      `failed to migrate kubectl.kubernetes.io/last-applied-configuration for Server-Side Apply. This is non-fatal and will be retried next time you apply. Error: ${(error as Error).message}`,
    );
    return object;
  }
  const patch = upgradePatch(object, options.fieldManager ?? '');
  if (!patch) return object;
  try {
    await client.patch(info.namespace, info.name, 'json', patch, { ...(options.isDryRun && { isDryRun: true }) });
    return await client.patch(info.namespace, info.name, 'apply', manifest, options);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    invocation.warn(
      `server rejected managed fields migration to Server-Side Apply. This is non-fatal and will be retried next time you apply. Error: ${error.message}`,
    );
    return object;
  }
}

/** Gives the annotation of client-side apply a manager of its own, or server-side apply would drop it. */
async function keepAnnotation(
  client: ResourceClient,
  info: ResourceInfo,
  object: JsonObject,
  options: WriteOptions,
): Promise<JsonObject> {
  const text = stringMapAt(object, 'metadata', 'annotations')[lastAppliedAnnotation];
  if (options.fieldManager !== 'kubectl' || text === undefined || ownersOf(object, 'Apply').length > 0) return object;
  const namespace = namespaceOf(object);
  const annotationOnly: JsonObject = {
    apiVersion: stringAt(object, 'apiVersion'),
    kind: stringAt(object, 'kind'),
    metadata: {
      name: nameOf(object),
      ...(namespace && { namespace }),
      annotations: { [lastAppliedAnnotation]: text },
    },
  };
  return client.patch(info.namespace, info.name, 'apply', annotationOnly, {
    ...options,
    fieldManager: 'kubectl-last-applied',
    isForced: false,
  });
}

/** The entries that manage the annotation. */
function ownersOf(object: JsonObject, operation: 'Apply' | 'Update'): JsonObject[] {
  return objectsAt(object, 'metadata', 'managedFields').filter(
    (entry) =>
      entry['operation'] === operation &&
      entry['subresource'] === undefined &&
      objectAt(entry, 'fieldsV1', 'f:metadata', 'f:annotations', `f:${lastAppliedAnnotation}`) !== undefined,
  );
}

/** Moves what client-side managers own to the applying one; undefined when there is nothing to move. */
function upgradePatch(object: JsonObject, manager: string): JsonObject[] | undefined {
  const entries = objectsAt(object, 'metadata', 'managedFields');
  const olds = ownersOf(object, 'Update');
  const target = entries.find((entry) => entry['manager'] === manager && entry['operation'] === 'Apply');
  if (olds.length === 0 || !target) return undefined;
  const merged = olds.reduce<JsonObject>(
    (fields, entry) => unite(fields, objectAt(entry, 'fieldsV1') ?? {}),
    objectAt(target, 'fieldsV1') ?? {},
  );
  const rest = entries
    .filter((entry) => !olds.includes(entry))
    .map((entry) => (entry === target ? { ...entry, fieldsV1: merged } : entry));
  return [
    { op: 'replace', path: '/metadata/managedFields', value: rest },
    { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersionOf(object) },
  ];
}

function unite(a: JsonObject, b: JsonObject): JsonObject {
  const all: JsonObject = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const own = all[key];
    all[key] = isObject(own) && isObject(value) ? unite(own, value) : value!;
  }
  return all;
}
