import { badRequest, invalid, throwIfInvalid, rfc3339 } from '../../../api/index.ts';
import type { Pod, ServiceAccount, TokenRequest } from '../../../api/generated/types.ts';
import type { ApiResponse } from '../api-request.ts';
import type { ServiceAccountTokens } from '../auth/service-account-tokens.ts';
import { readChangeOptions } from '../request/query.ts';
import { readBody } from '../request/read-body.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import type { ResourceStore } from '../rest/resource-store.ts';
import { finish, type Scope } from '../verbs/scope.ts';

const tokenRequests: ResourceDefinition<TokenRequest> = {
  group: 'authentication.k8s.io',
  version: 'v1',
  resource: 'tokenrequests',
  kind: 'TokenRequest',
  singular: 'tokenrequest',
  isNamespaced: true,
  schema: 'io.k8s.api.authentication.v1.TokenRequest',
};

const defaultAudience = 'https://kubernetes.default.svc.cluster.local';
const minSeconds = 600;
const maxSeconds = 2 ** 32;

/** Upstream: pkg/registry/core/serviceaccount/storage/token.go */
export function requestToken(
  scope: Scope<ServiceAccount>,
  tokens: ServiceAccountTokens,
  pods: ResourceStore<Pod>,
): ApiResponse {
  const { info, context } = scope;
  const { fieldValidation } = readChangeOptions(scope.query, 'CreateOptions');
  const warn = (text: string) => void scope.warnings.push(text);
  const request = scope.codec.decode(readBody(scope.request), tokenRequests, { fieldValidation, warn });
  const account = scope.store.get(info.namespace, info.name);
  const { name, uid } = account.metadata;
  if (request.metadata.name && request.metadata.name !== name) {
    throw badRequest(
      `service account name from the request body (${request.metadata.name}) does not match the name in the URL (${name})`,
    );
  }
  const expirationSeconds = request.spec?.expirationSeconds ?? 3600;
  const audiences = request.spec?.audiences?.length ? request.spec.audiences : [defaultAudience];
  checkExpiration(expirationSeconds);
  const issuedSeconds = Math.floor(context.nowMs / 1000);
  const expiresSeconds = issuedSeconds + expirationSeconds;
  const pod = boundPod(request, info.namespace, pods);
  const claims = {
    namespace: info.namespace,
    serviceAccount: { name, uid },
    audiences,
    issuedSeconds,
    expiresSeconds,
    ...(pod && { pod }),
  };
  // The id follows from what is asked, so that asking changes nothing in the cluster.
  const token = tokens.issue(claims, `${uid.slice(0, 24)}${expiresSeconds.toString(16).padStart(12, '0')}`);
  const status = { token, expirationTimestamp: rfc3339(expiresSeconds * 1000) };
  const metadata = { name, namespace: info.namespace, creationTimestamp: context.now };
  const spec = { ...request.spec, audiences, expirationSeconds };
  return finish(scope, 201, { kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1', metadata, spec, status });
}

function checkExpiration(seconds: number): void {
  const of = { group: 'authentication.k8s.io', kind: 'TokenRequest' };
  const field = 'spec.expirationSeconds';
  if (seconds < minSeconds)
    throwIfInvalid(of, '', [invalid(field, seconds, 'may not specify a duration less than 10 minutes')]);
  if (seconds > maxSeconds)
    throwIfInvalid(of, '', [invalid(field, seconds, 'may not specify a duration larger than 2^32 seconds')]);
}

function boundPod(
  request: TokenRequest,
  namespace: string,
  pods: ResourceStore<Pod>,
): { name: string; uid: string } | undefined {
  const bound = request.spec?.boundObjectRef;
  if (!bound) return undefined;
  if (bound.kind !== 'Pod')
    throw badRequest(
      `cannot bind token for serviceaccount to type ${bound.apiVersion ?? ''}, Kind=${bound.kind ?? ''}`,
    );
  const { name, uid } = pods.get(namespace, bound.name ?? '').metadata;
  return { name, uid };
}
