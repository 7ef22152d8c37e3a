import type { KubeList, KubeObject } from '../../../api/index.ts';
import type { ApiBodyResponse, ApiRequest } from '../api-request.ts';
import type { ObjectCodec } from '../codec/object-codec.ts';
import type { OutputFormat } from '../request/accept.ts';
import type { Query } from '../request/query.ts';
import type { RequestInfo } from '../request/request-info.ts';
import type { RequestContext, ResourceDefinition } from '../resource-definition.ts';
import { respond } from '../response/respond.ts';
import { readIncludeObject, transformList, transformObject, type TransformOptions } from '../response/transform.ts';
import type { ObjectStore } from '../rest/object-store.ts';

/** One request for a resource, with what all verbs need to answer it. */
export interface Scope<T extends KubeObject = KubeObject> {
  readonly request: ApiRequest;
  readonly info: RequestInfo;
  readonly query: Query;
  readonly definition: ResourceDefinition<T>;
  readonly store: ObjectStore<T>;
  readonly codec: ObjectCodec;
  readonly context: RequestContext;
  readonly format: OutputFormat;
  /** Texts for `Warning:` headers; they go out with refusals too. */
  readonly warnings: string[];
}

/** Who owns the fields that a request changes: what it says, or the first word of the user agent. */
export function managerOf(scope: Scope, fieldManager: string): string {
  return fieldManager || prefixOf(scope.request.headers.get('user-agent') ?? '') || 'unknown';
}

/** Upstream: prefixFromUserAgent in handlers/create.go */
function prefixOf(userAgent: string): string {
  return [...userAgent.split('/')[0]!].slice(0, 128).join('');
}

export function respondObject(scope: Scope, status: number, object: KubeObject): ApiBodyResponse {
  return finish(scope, status, transformObject(scope.codec.outgoing(object), transformOptions(scope)));
}

export function respondList(scope: Scope, list: KubeList<KubeObject>): ApiBodyResponse {
  return finish(scope, 200, transformList(list, transformOptions(scope)));
}

export function finish(scope: Scope, status: number, body: object): ApiBodyResponse {
  return respond(scope.request, status, body, { mediaType: scope.format.mediaType, warnings: scope.warnings });
}

export function transformOptions({ definition, format, context, query }: Scope): TransformOptions {
  const includeObject = format.as === 'Table' ? readIncludeObject(query.text('includeObject')) : 'None';
  return { definition, format, nowMs: context.nowMs, includeObject };
}
