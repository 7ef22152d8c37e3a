import {
  apiErrorOfPatch,
  applyJsonPatch,
  applyMergePatch,
  badRequest,
  formatLabelQuery,
  isJsonObject,
  PatchError,
  queryFromLabelSelector,
  throwIfInvalid,
  invalid,
  type JsonObject,
  type KubeObject,
} from '../../../api/index.ts';
import { DecodeError } from '../../../api/decode/decode-error.ts';
import type { Scale } from '../../../api/generated/types.ts';
import type { ApiResponse } from '../api-request.ts';
import { unsupportedMediaType } from '../request/accept.ts';
import { readChangeOptions } from '../request/query.ts';
import { readBody, readText } from '../request/read-body.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { internalError } from '../response/server-errors.ts';
import { checkName } from '../verbs/create.ts';
import { parsePatch } from '../verbs/patch.ts';
import { finish, managerOf, type Scope } from '../verbs/scope.ts';

/** What the body of a scale request is. */
const scales: ResourceDefinition<Scale> = {
  group: 'autoscaling',
  version: 'v1',
  resource: 'scales',
  kind: 'Scale',
  singular: 'scale',
  isNamespaced: true,
  schema: 'io.k8s.api.autoscaling.v1.Scale',
};

const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];

/**
 * How many replicas, in the same words for every kind that has them.
 * Upstream: pkg/registry/apps/deployment/storage/storage.go (ScaleREST) and its likes
 */
export function getScale(scope: Scope): ApiResponse {
  return finish(scope, 200, scaleOf(scope.definition, scope.store.get(scope.info.namespace, scope.info.name)));
}

export function changeScale(scope: Scope): ApiResponse {
  const { info, definition, context, store } = scope;
  const isPatch = info.verb === 'patch';
  const options = readChangeOptions(scope.query, isPatch ? 'PatchOptions' : 'UpdateOptions');
  const change = isPatch ? patched(scope) : replaced(scope, options.fieldValidation);
  const { object } = store.update(
    info.namespace,
    info.name,
    (stored) => {
      const scale = change(scaleOf(definition, stored!));
      checkName(scale, info.name, info.namespace);
      const replicas = scale.spec?.replicas ?? 0;
      if (replicas < 0) {
        throwIfInvalid({ group: 'autoscaling', kind: 'Scale' }, scale.metadata.name, [
          invalid('spec.replicas', replicas, 'must be greater than or equal to 0'),
        ]);
      }
      return withReplicas(definition, stored!, scale, replicas);
    },
    {
      context,
      fieldManager: managerOf(scope, options.fieldManager),
      isDryRun: options.isDryRun,
      trackedSubresource: 'scale',
    },
  );
  return finish(scope, 200, scaleOf(definition, object));
}

function replaced(scope: Scope, fieldValidation: 'Ignore' | 'Warn' | 'Strict'): (scale: Scale) => Scale {
  const warn = (text: string) => void scope.warnings.push(text);
  const given = scope.codec.decode(readBody(scope.request), scales, { fieldValidation, warn });
  return () => given;
}

function patched(scope: Scope): (scale: Scale) => Scale {
  const contentType = scope.request.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  if (!patchTypes.includes(contentType)) throw unsupportedMediaType(patchTypes);
  const value = parsePatch(readText(scope.request), 'merge');
  return (scale) => {
    try {
      const current = scale as unknown as JsonObject;
      // A Scale has no lists: a strategic merge is a merge.
      const next = contentType === patchTypes[0] ? applyJsonPatch(current, value) : applyMergePatch(current, value);
      return scope.codec.fromValue(next, scales, []);
    } catch (error) {
      if (error instanceof PatchError) throw apiErrorOfPatch(error);
      if (error instanceof DecodeError) throw badRequest(error.message);
      throw error;
    }
  };
}

function scaleOf(definition: ResourceDefinition, object: KubeObject): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const path = definition.scale!.specReplicas;
  if (definition.custom && valueAt(object, path) === undefined) {
    throw internalError(`the spec replicas field ${JSON.stringify(path)} does not exist`);
  }
  const selector = selectorOf(definition, object);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace && { namespace }), uid, resourceVersion, creationTimestamp },
    spec: { replicas: numberAt(object, path) },
    status: { replicas: numberAt(object, definition.scale!.statusReplicas), ...(selector && { selector }) },
  };
}

/** Built-in kinds have a selector object in their spec; custom ones a text in their status. */
function selectorOf(definition: ResourceDefinition, object: KubeObject): string {
  const text = valueAt(object, definition.scale!.labelSelector);
  if (typeof text === 'string') return text;
  if (definition.custom) return '';
  const selector = valueAt(object, '.spec.selector');
  return isJsonObject(selector) ? formatLabelQuery(queryFromLabelSelector(selector)) : '';
}

function withReplicas(definition: ResourceDefinition, object: KubeObject, scale: Scale, replicas: number): KubeObject {
  const path = definition.scale!.specReplicas.split('.').filter(Boolean);
  const { uid, resourceVersion } = scale.metadata;
  const changed = setAt(object as unknown as JsonObject, path, replicas) as unknown as KubeObject;
  // An empty version stands for "whatever it is now".
  const metadata = { ...changed.metadata, uid: uid || object.metadata.uid, resourceVersion: resourceVersion ?? '' };
  return { ...changed, metadata };
}

function setAt(object: JsonObject, [head, ...rest]: readonly string[], value: number): JsonObject {
  if (head === undefined) throw badRequest('the path of replicas is empty');
  const child = object[head];
  return { ...object, [head]: rest.length === 0 ? value : setAt(isJsonObject(child) ? child : {}, rest, value) };
}

function valueAt(object: unknown, path: string): unknown {
  let value = object;
  for (const part of path.split('.').filter(Boolean)) value = isJsonObject(value) ? value[part] : undefined;
  return value;
}

function numberAt(object: unknown, path: string): number {
  const value = valueAt(object, path);
  return typeof value === 'number' ? value : 0;
}
