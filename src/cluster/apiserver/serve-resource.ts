import type { KubeObject } from '../../api/index.ts';
import type { Binding, Eviction, Namespace, Pod, ServiceAccount } from '../../api/generated/types.ts';
import type { ApiResponse } from './api-request.ts';
import type { ApiServer } from './api-server.ts';
import { allVerbs, subresourceNames } from './discovery/served-resource.ts';
import { bindings } from './registry/index.ts';
import { readChangeOptions } from './request/query.ts';
import { readBody } from './request/read-body.ts';
import type { ResourceDefinition } from './resource-definition.ts';
import { success } from './response/respond.ts';
import { methodNotAllowed } from './response/server-errors.ts';
import { podLog } from './subresources/log.ts';
import { changeScale, getScale } from './subresources/scale.ts';
import { requestToken } from './subresources/token.ts';
import { checkName, createObject } from './verbs/create.ts';
import { deleteCollection, deleteObject } from './verbs/delete.ts';
import { getObject } from './verbs/get.ts';
import { listObjects } from './verbs/list.ts';
import { patchObject } from './verbs/patch.ts';
import { finish, managerOf, respondObject, type Scope } from './verbs/scope.ts';
import { updateObject } from './verbs/update.ts';
import { watchObjects } from './verbs/watch.ts';

/** Answers a request for a resource or a sub-resource; undefined when there is no such sub-resource. */
export function serveResource(scope: Scope, server: ApiServer): ApiResponse | undefined {
  const { info, definition } = scope;
  if (info.subresource !== '') {
    if (!subresourceNames(definition).includes(info.subresource)) return undefined;
    return serveSubresource(scope, server);
  }
  if (info.resource === bindings.resource && info.group === '' && info.verb === 'create') return bind(scope, server);
  const isServed = (definition.verbs ?? allVerbs).includes(info.verb);
  // Without a name there is nothing to get, with one nothing to create.
  const fits = isServed && (info.name === '') === ['create', 'list', 'deletecollection'].includes(info.verb);
  if (info.verb === 'watch' && isServed) return watchObjects(scope, server.alarm);
  if (!fits || isAcrossNamespaces(scope)) throw methodNotAllowed();
  return verbs[info.verb]!(scope);
}

const verbs: Readonly<Record<string, (scope: Scope) => ApiResponse>> = {
  get: getObject,
  list: listObjects,
  create: createObject,
  update: updateObject,
  patch: patchObject,
  delete: deleteObject,
  deletecollection: deleteCollection,
};

/** Only lists and watches reach across namespaces. */
function isAcrossNamespaces({ definition, info }: Scope): boolean {
  return definition.isNamespaced && info.namespace === '' && info.verb !== 'list';
}

type Served = Readonly<Record<string, (scope: Scope, server: ApiServer) => ApiResponse>>;

const subresources: Readonly<Record<string, Served>> = {
  status: { get: getObject, update: updateObject, patch: patchObject },
  ephemeralcontainers: { get: getObject, update: updateObject, patch: patchObject },
  approval: { get: getObject, update: updateObject, patch: patchObject },
  resize: { get: getObject, update: updateObject, patch: patchObject },
  scale: { get: getScale, update: changeScale, patch: changeScale },
  log: { get: (scope, server) => podLog(as<Pod>(scope), server.kubelets) },
  binding: { create: bind },
  eviction: { create: evict },
  finalize: { update: finalize },
  token: {
    create: (scope, server) => requestToken(as<ServiceAccount>(scope), server),
  },
};

function serveSubresource(scope: Scope, server: ApiServer): ApiResponse {
  const serve = subresources[scope.info.subresource]?.[scope.info.verb];
  if (!serve) throw methodNotAllowed();
  return serve(scope, server);
}

function as<T extends KubeObject>(scope: Scope): Scope<T> {
  return scope as unknown as Scope<T>;
}

const evictions: ResourceDefinition = {
  group: 'policy',
  version: 'v1',
  resource: 'evictions',
  kind: 'Eviction',
  singular: 'eviction',
  isNamespaced: true,
  schema: 'io.k8s.api.policy.v1.Eviction',
};

function bind(scope: Scope, server: ApiServer): ApiResponse {
  const { object, options } = readSmall<Binding>(scope, bindings as ResourceDefinition);
  server.bindPod(scope.info.namespace, scope.info.name || (object.metadata.name ?? ''), object, options);
  return finish(scope, 201, success(201));
}

function evict(scope: Scope, server: ApiServer): ApiResponse {
  const { object, options } = readSmall<Eviction>(scope, evictions);
  server.evictPod(scope.info.namespace, scope.info.name, object, options);
  return finish(scope, 201, success(201));
}

function finalize(scope: Scope, server: ApiServer): ApiResponse {
  const { object, options } = readSmall<Namespace>(scope, scope.definition);
  checkName(object, scope.info.name, '');
  return respondObject(scope, 200, server.finalizeNamespace(object, options));
}

/** A body that is an instruction rather than an object to keep. */
function readSmall<T extends KubeObject>(scope: Scope, definition: ResourceDefinition) {
  const body = readBody(scope.request);
  const { fieldManager, fieldValidation, isDryRun } = readChangeOptions(scope.query, 'CreateOptions');
  const warn = (text: string) => void scope.warnings.push(text);
  const object = scope.codec.decode(body, definition, { fieldValidation, warn }) as T;
  return { object, options: { context: scope.context, fieldManager: managerOf(scope, fieldManager), isDryRun, warn } };
}
