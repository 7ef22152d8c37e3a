import { ApiError, badRequest, type KubeObject } from '../../../api/index.ts';
import type { ApiResponse } from '../api-request.ts';
import { readChangeOptions } from '../request/query.ts';
import { readBody } from '../request/read-body.ts';
import type { WriteOptions } from '../rest/write-options.ts';
import { managerOf, respondObject, type Scope } from './scope.ts';

/** Upstream: apiserver/pkg/endpoints/handlers/create.go */
export function createObject(scope: Scope): ApiResponse {
  const { info, definition } = scope;
  const body = readBody(scope.request);
  const { fieldManager, fieldValidation, isDryRun } = readChangeOptions(scope.query, 'CreateOptions');
  const warn = (text: string) => void scope.warnings.push(text);
  const object = scope.codec.decode<KubeObject>(body, definition, { fieldValidation, warn });
  const version = object.metadata.resourceVersion;
  if (version && version !== '0')
    throw new ApiError(500, '', 'resourceVersion should not be set on objects to be created');
  const options: WriteOptions = {
    context: scope.context,
    fieldManager: managerOf(scope, fieldManager),
    isDryRun,
    warn,
  };
  return respondObject(scope, 201, scope.store.create(info.namespace, object, options));
}

/** Upstream: checkName in apiserver/pkg/endpoints/handlers/rest.go */
export function checkName(object: KubeObject, name: string, namespace: string): void {
  const { name: own, namespace: ownNamespace } = object.metadata;
  if (!own) {
    throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  }
  if (own !== name) throw badRequest(`the name of the object (${own}) does not match the name on the URL (${name})`);
  if (namespace && ownNamespace && ownNamespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
}
