import { ApiError, forbidden, type KubeObject, type TracePlace } from '../../api/index.ts';
import type { Pod } from '../../api/generated/types.ts';
import type { CodePart } from '../../kernel/index.ts';
import { cryptography } from '../pki/cryptography.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Trace } from '../trace.ts';
import type { ApiRequest, ApiResponse, RemoteSession } from './api-request.ts';
import type { ApiServer } from './api-server.ts';
import { Authenticator, hasCredentials } from './auth/authenticate.ts';
import { attributesOf, type Authorizer } from './auth/authorize.ts';
import { impersonate } from './auth/impersonate.ts';
import type { ObjectCodec } from './codec/object-codec.ts';
import type { Discovery } from './discovery/discovery.ts';
import { isIssuerPage, issuerPage } from './discovery/issuer-pages.ts';
import type { OpenApiPages } from './discovery/open-api-pages.ts';
import { subresourceNames } from './discovery/served-resource.ts';
import { serverPage } from './discovery/server-pages.ts';
import { negotiate } from './request/accept.ts';
import { Query } from './request/query.ts';
import { readBody } from './request/read-body.ts';
import { readChangeOptions } from './request/query.ts';
import { RequestMetrics } from './request/request-metrics.ts';
import { requestInfoOf, type RequestInfo } from './request/request-info.ts';
import type { ResourceDefinition, UserInfo } from './resource-definition.ts';
import { pageNotFound, respondError } from './response/respond.ts';
import { internalError, methodNotAllowed, unauthorizedRequest } from './response/server-errors.ts';
import type { ObjectStore } from './rest/object-store.ts';
import { keyIn } from './rest/resource-store.ts';
import type { ReviewContext, VirtualResource } from './reviews/virtual-resource.ts';
import { serveResource } from './serve-resource.ts';
import { connectToPod } from './subresources/connect.ts';
import { tracedRequest } from './traced-request.ts';
import { finish, type Scope } from './verbs/scope.ts';
import { speaksYaml, yamlPart } from './yaml/yaml-part.ts';

export interface PipelineParts {
  readonly server: ApiServer;
  readonly trace: Trace;
  readonly metrics: Metrics;
  readonly codec: ObjectCodec;
  readonly discovery: Discovery;
  readonly openApi: OpenApiPages;
  readonly authorize: Authorizer;
  readonly virtualResources: readonly VirtualResource[];
  /** The store that serves a resource. */
  readonly find: (info: RequestInfo) => ObjectStore | undefined;
  /** Gets what went wrong inside the simulator itself. */
  readonly reportBug: (error: unknown, request: ApiRequest) => void;
}

/**
 * What happens to every request: route, authenticate, authorize; the rest is up to the resource.
 * Upstream: apiserver/pkg/server/config.go DefaultBuildHandlerChain
 */
export class RequestPipeline {
  readonly #parts: PipelineParts;
  readonly #authenticator: Authenticator;
  readonly #metrics: RequestMetrics;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
    this.#authenticator = new Authenticator(parts.server.tokens, parts.server.authority);
    this.#metrics = new RequestMetrics(parts.metrics);
  }

  handle(request: ApiRequest): ApiResponse {
    const info = requestInfoOf(request);
    return this.#metrics.count(request, info, this.#isServed(info), this.#handle(request, info));
  }

  #handle(request: ApiRequest, info: RequestInfo): ApiResponse {
    const warnings: string[] = [];
    try {
      const user = this.#admitCaller(request, info);
      if (!info.isResource) return this.#page(request) ?? pageNotFound;
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      const serve = () => this.#serve(request, info, user, warnings);
      return isRead ? serve() : this.#traced(request, info, serve);
    } catch (error) {
      if (error instanceof ApiError) return respondError(request, error, warnings);
      this.#parts.reportBug(error, request);
      return respondError(request, internalError(error instanceof Error ? error.message : String(error)), warnings);
    }
  }

  /** What has to be here before a request is handled: a write needs the rules of its kind, a Table the columns. */
  codeFor(request: ApiRequest): readonly CodePart[] {
    const info = requestInfoOf(request);
    return [
      ...(speaksYaml(request) ? [yamlPart] : []),
      ...(takesCryptography(request, info) ? [cryptography] : []),
      ...this.#codeForResource(request, info),
    ];
  }

  #codeForResource(request: ApiRequest, info: RequestInfo): readonly CodePart[] {
    const definition = info.isResource ? this.#parts.find(info)?.definition : undefined;
    if (!definition) return [];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && !request.headers.get('accept')?.includes('as=Table')) return [];
    const { rules, code = [] } = definition;
    return rules ? [rules.part, ...code] : code;
  }

  /** Opens exec, attach or port-forward. Throws ApiError. */
  connect(request: ApiRequest): RemoteSession {
    const info = requestInfoOf(request);
    const user = this.#admitCaller(request, info);
    const store = this.#parts.find(info);
    const isConnect = ['exec', 'attach', 'portforward'].includes(info.subresource);
    if (!store || store.definition.resource !== 'pods' || info.name === '' || !isConnect) {
      throw new ApiError(404, 'NotFound', 'the server could not find the requested resource', {});
    }
    this.#requireCreate(user, info);
    const scope = this.#scope(request, info, user, store, []) as unknown as Scope<Pod>;
    return this.#traced(request, info, () => connectToPod(scope, this.#parts.server.kubelets));
  }

  #admitCaller(request: ApiRequest, info: RequestInfo): UserInfo {
    const { server, authorize } = this.#parts;
    const caller = this.#authenticator.userOf(request, server.nowMs);
    const user = impersonate(caller, request, authorize);
    const attributes = attributesOf(info, request);
    const decision = authorize(user, attributes);
    if (!decision.isAllowed) throw unauthorizedRequest(user, attributes, decision);
    return user;
  }

  #isServed(info: RequestInfo): boolean {
    const definition =
      this.#parts.find(info)?.definition ??
      this.#parts.virtualResources.find((each) => isFor(each.definition, info))?.definition;
    if (!definition) return false;
    return info.subresource === '' || subresourceNames(definition).includes(info.subresource);
  }

  /**
   * A connection is opened with GET over WebSocket and with POST over SPDY; either way it takes the right to create.
   * Upstream: ensureAuthorizedForVerb in pkg/registry/core/pod/rest
   */
  #requireCreate(user: UserInfo, info: RequestInfo): void {
    if (info.verb === 'create') return;
    const decision = this.#parts.authorize(user, { ...info, verb: 'create' });
    if (!decision.isAllowed) throw forbidden(info, info.name, decision.reason);
  }

  #page(request: ApiRequest): ApiResponse | undefined {
    const { discovery, openApi } = this.#parts;
    const page =
      discovery.answer(request) ??
      serverPage(request, discovery.groupVersions, this.#parts.metrics) ??
      openApi.answer(request) ??
      issuerPage(request, this.#parts.server.tokens);
    if (page && request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed();
    return page;
  }

  #serve(request: ApiRequest, info: RequestInfo, user: UserInfo, warnings: string[]): ApiResponse {
    const review = this.#parts.virtualResources.find(({ definition }) => isFor(definition, info));
    if (review) return this.#answer(review, request, info, user, warnings);
    const store = this.#parts.find(info);
    if (!store || !isPlaced(store.definition, info)) return pageNotFound;
    const scope = this.#scope(request, info, user, store, warnings);
    return serveResource(scope, this.#parts.server) ?? pageNotFound;
  }

  #answer(
    { definition, answer }: VirtualResource,
    request: ApiRequest,
    info: RequestInfo,
    user: UserInfo,
    warnings: string[],
  ): ApiResponse {
    if (info.verb !== 'create') throw methodNotAllowed();
    const { server, codec, authorize } = this.#parts;
    const query = new Query(request);
    const { fieldValidation } = readChangeOptions(query, 'CreateOptions');
    const warn = (text: string) => void warnings.push(text);
    const object = codec.decode<KubeObject>(readBody(request), definition, { fieldValidation, warn });
    const userOf = (token: string) => server.tokens.userOf(token, server.nowMs);
    const context = server.contextFor(user);
    const rulesFor: ReviewContext['rulesFor'] = (whose, namespace) => server.rules.rulesFor(whose, namespace);
    const answered = answer(object, { ...context, namespace: info.namespace, authorize, rulesFor, userOf });
    const metadata = {
      ...answered.metadata,
      creationTimestamp: info.resource.startsWith('selfsubjectreview') ? context.now : null,
    };
    const format = negotiate(request.headers.get('accept'));
    return finish({ request, format, warnings } as unknown as Scope, 201, { ...answered, metadata });
  }

  #scope(request: ApiRequest, info: RequestInfo, user: UserInfo, store: ObjectStore, warnings: string[]): Scope {
    const { server, codec } = this.#parts;
    const { definition } = store;
    if (definition.deprecation) warnings.push(definition.deprecation);
    return {
      request,
      // The path of a namespace itself names it twice.
      info: definition.isNamespaced ? info : { ...info, namespace: '' },
      query: new Query(request),
      definition,
      store,
      codec,
      context: server.contextFor(user),
      format: negotiate(request.headers.get('accept')),
      warnings,
    };
  }

  /** Shows the request as a message from its client. */
  #traced<R>(request: ApiRequest, info: RequestInfo, run: () => R): R {
    const { trace, server } = this.#parts;
    const { namespace, name, resource, subresource } = info;
    const subject = `${resource}/${keyIn(resource === 'namespaces' ? '' : namespace, name)}${subresource && `/${subresource}`}`;
    const place: TracePlace = { type: 'client', name: (request.headers.get('user-agent') ?? '').split('/')[0]! };
    return tracedRequest(trace, { place, nowMs: server.nowMs, verb: info.verb, subject }, run);
  }
}

/** Whether keys and signatures have to do with a request. */
function takesCryptography(request: ApiRequest, { resource, subresource }: RequestInfo): boolean {
  return hasCredentials(request) || subresource === 'token' || resource === 'tokenreviews' || isIssuerPage(request);
}

function isFor({ group, version, resource }: ResourceDefinition, info: RequestInfo): boolean {
  return resource === info.resource && group === info.group && version === info.version;
}

/** Whether the path has a namespace where the resource needs one, and none where it has none. */
function isPlaced({ isNamespaced, resource }: ResourceDefinition, { namespace, name }: RequestInfo): boolean {
  if (isNamespaced) return namespace !== '' || name === '';
  return namespace === '' || resource === 'namespaces';
}
