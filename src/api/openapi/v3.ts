/**
 * OpenAPI v3, a document for each group version: what `kubectl explain`, validation and server-side apply are told.
 * Upstream: kube-openapi/pkg/handler3, apiserver/pkg/server/routes/openapi.go
 * Differs: operations carry no descriptions; fields that are objects are described by their type.
 */
import type { JsonObject } from '../json.ts';
import type { Descriptions } from '../schema/descriptions.ts';
import { kubernetesVersion } from '../version.ts';
import { groupVersionPath } from './api-resource.ts';
import type { ApiResource, GroupVersion } from './api-resource.ts';
import { definitionsOf } from './definitions.ts';
import type { DefinitionSource } from './definitions.ts';
import { operationJsonV3, parameterJson, pathsOf } from './paths.ts';

export interface OpenApiSource extends DefinitionSource {
  /** Of the group itself and of what it refers to; without them the document is complete but silent. */
  readonly descriptions?: Descriptions;
}

/** The body of `/openapi/v3/apis/apps/v1`. `resources` are those of this group version. */
export function openApiV3Document(
  groupVersion: GroupVersion,
  resources: readonly ApiResource[],
  { catalog, custom, descriptions = {} }: OpenApiSource,
): JsonObject {
  const dialect = { version: 3, descriptions } as const;
  const tag = tagOf(groupVersion);
  const paths = resources.flatMap(pathsOf).map(({ path, parameters, operations }) => [
    path,
    {
      ...Object.fromEntries(operations.map((operation) => [operation.method, operationJsonV3(operation, tag)])),
      parameters: [...parameters, 'pretty'].map((name) => parameterJson(name, 3)),
    },
  ]);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: kubernetesVersion.gitVersion },
    paths: Object.fromEntries(paths.toSorted(([a], [b]) => ((a as string) < (b as string) ? -1 : 1))) as JsonObject,
    components: {
      schemas: definitionsOf(resources, { catalog, custom }, dialect),
      securitySchemes: {
        BearerToken: {
          description: 'Bearer Token authentication',
          in: 'header',
          name: 'authorization',
          type: 'apiKey',
        },
      },
    },
  };
}

/** `apps_v1` */
export function tagOf({ group, version }: GroupVersion): string {
  return `${group ? group.replace(/\.k8s\.io$/, '').replaceAll('.', '') : 'core'}_${version}`;
}

/** The body of `/openapi/v3`. Clients keep a document for as long as its hash stays the same. */
export function openApiV3Index(
  documents: readonly { readonly groupVersion: GroupVersion; readonly hash: string }[],
): JsonObject {
  const entries = documents.map(({ groupVersion, hash }) => {
    const path = groupVersionPath(groupVersion).slice(1);
    return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }];
  });
  return { paths: Object.fromEntries(entries) as JsonObject };
}
