import type { ApiResponse } from '../api-request.ts';
import { parseVersion, tooLarge } from './list-options.ts';
import { respondObject, type Scope } from './scope.ts';

/** Upstream: apiserver/pkg/endpoints/handlers/get.go GetResource */
export function getObject(scope: Scope): ApiResponse {
  const { info, store, query, definition } = scope;
  const version = parseVersion(query.text('resourceVersion') ?? '', definition, 'list');
  if (version > store.collection.revision) throw tooLarge(version, store.collection.revision);
  return respondObject(scope, 200, store.get(info.namespace, info.name));
}
