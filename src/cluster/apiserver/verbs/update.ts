import type { KubeObject } from '../../../api/index.ts';
import type { ApiResponse } from '../api-request.ts';
import { readChangeOptions } from '../request/query.ts';
import { readBody } from '../request/read-body.ts';
import { checkName } from './create.ts';
import { managerOf, respondObject, type Scope } from './scope.ts';

/** Upstream: apiserver/pkg/endpoints/handlers/update.go */
export function updateObject(scope: Scope): ApiResponse {
  const { info, definition, context } = scope;
  const body = readBody(scope.request);
  const { fieldManager, fieldValidation, isDryRun } = readChangeOptions(scope.query, 'UpdateOptions');
  const warn = (text: string) => void scope.warnings.push(text);
  const given = scope.codec.decode<KubeObject>(body, definition, { fieldValidation, warn });
  checkName(given, info.name, info.namespace);
  const options = {
    context,
    fieldManager: managerOf(scope, fieldManager),
    isDryRun,
    warn,
    subresource: info.subresource,
  };
  const { object, isNew } = scope.store.update(info.namespace, info.name, () => given, options);
  return respondObject(scope, isNew ? 201 : 200, object);
}
