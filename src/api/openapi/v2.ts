/**
 * OpenAPI v2, one document for everything.
 * Upstream: kube-openapi/pkg/handler
 */
import type { JsonObject } from '../json.ts';
import { kubernetesVersion } from '../version.ts';
import type { ApiResource } from './api-resource.ts';
import { definitionsOf } from './definitions.ts';
import { operationJsonV2, parameterJson, pathsOf } from './paths.ts';
import { tagOf } from './v3.ts';
import type { OpenApiSource } from './v3.ts';

/** The body of `/openapi/v2`. */
export function openApiV2Document(
  resources: readonly ApiResource[],
  { catalog, custom, descriptions = {} }: OpenApiSource,
): JsonObject {
  const paths = resources.flatMap((resource) =>
    pathsOf(resource).map(({ path, parameters, operations }) => [
      path,
      {
        ...Object.fromEntries(
          operations.map((operation) => [operation.method, operationJsonV2(operation, tagOf(resource))]),
        ),
        parameters: [...parameters, 'pretty'].map((name) => parameterJson(name, 2)),
      },
    ]),
  );
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: kubernetesVersion.gitVersion },
    paths: Object.fromEntries(paths.toSorted(([a], [b]) => ((a as string) < (b as string) ? -1 : 1))) as JsonObject,
    definitions: definitionsOf(resources, { catalog, custom }, { version: 2, descriptions }),
    securityDefinitions: {
      BearerToken: { description: 'Bearer Token authentication', in: 'header', name: 'authorization', type: 'apiKey' },
    },
    security: [{ BearerToken: [] }],
  };
}
