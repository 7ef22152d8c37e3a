import { badRequest, rfc3339 } from '../../../api/index.ts';
import type { ServiceAccount, TokenRequest } from '../../../api/generated/types.ts';
import type { ApiResponse } from '../api-request.ts';
import type { ApiServer } from '../api-server.ts';
import { readChangeOptions } from '../request/query.ts';
import { readBody } from '../request/read-body.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
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

/** Upstream: pkg/registry/core/serviceaccount/storage/token.go */
export function requestToken(scope: Scope<ServiceAccount>, server: ApiServer): ApiResponse {
  const { info, context } = scope;
  const { fieldValidation } = readChangeOptions(scope.query, 'CreateOptions');
  const warn = (text: string) => void scope.warnings.push(text);
  const request = scope.codec.decode(readBody(scope.request), tokenRequests, { fieldValidation, warn });
  const { name } = scope.store.get(info.namespace, info.name).metadata;
  if (request.metadata.name && request.metadata.name !== name) {
    throw badRequest(
      `service account name from the request body (${request.metadata.name}) does not match the name in the URL (${name})`,
    );
  }
  const issued = server.requestToken(info.namespace, name, request.spec);
  const { token, audiences, expirationSeconds, expiresSeconds } = issued;
  const status = { token, expirationTimestamp: rfc3339(expiresSeconds * 1000) };
  const metadata = { name, namespace: info.namespace, creationTimestamp: context.now };
  const spec = { ...request.spec, audiences, expirationSeconds };
  return finish(scope, 201, { kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1', metadata, spec, status });
}
