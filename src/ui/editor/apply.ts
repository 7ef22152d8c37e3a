import type { Document } from 'yaml';
import type { KubeObject } from '../../api/index.ts';
import type { KubeApi } from '../../client/index.ts';
import { RequestFailed, requestJson } from '../stores/api-request.ts';
import { groupPath } from '../stores/kinds.ts';
import type { Problem } from './diagnose.ts';
import { nodeAt, type Manifest, type Path } from './manifest.ts';

export interface Applied {
  /** `deployment.apps/web serverside-applied` in our words: one line for each object. */
  readonly done: readonly string[];
  readonly problems: readonly Problem[];
}

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/** Applies every document on the server's side, and puts what it refuses at the line it is about. */
export async function applyManifest(manifest: Manifest, api: KubeApi): Promise<Applied> {
  const done: string[] = [];
  const problems: Problem[] = [];
  for (const document of manifest.documents) {
    const object = document.toJS() as Partial<KubeObject> | null;
    if (!object || typeof object !== 'object') continue;
    try {
      const applied = await applyObject(object, api);
      done.push(`${applied.kind} ${applied.metadata.name}`);
    } catch (error) {
      problems.push(...problemsOf(error, document));
    }
  }
  return { done, problems };
}

async function applyObject(object: Partial<KubeObject>, api: KubeApi): Promise<KubeObject> {
  const { apiVersion, kind, metadata } = object;
  if (!apiVersion || !kind) throw new RequestFailed(400, { message: 'apiVersion and kind must be set' });
  if (!metadata?.name) throw new RequestFailed(400, { message: 'metadata.name must be set' });
  const group = groupPath(apiVersion);
  const { resources } = await requestJson<ResourceList>(api, group);
  const resource = resources.find((candidate) => candidate.kind === kind && !candidate.name.includes('/'));
  if (!resource) throw new RequestFailed(404, { message: `the cluster has no ${apiVersion} ${kind}` });
  const scope = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
  const query = 'fieldManager=drydock-editor&force=true&fieldValidation=Strict';
  // What was copied from the cluster carries fields that only the server may set.
  const { managedFields: _, resourceVersion: __, uid: ___, creationTimestamp: ____, ...ownMetadata } = metadata;
  return requestJson<KubeObject>(
    api,
    `${group}${scope}/${resource.name}/${encodeURIComponent(metadata.name)}?${query}`,
    {
      method: 'PATCH',
      contentType: 'application/apply-patch+yaml',
      body: { ...object, metadata: ownMetadata },
    },
  );
}

function problemsOf(error: unknown, document: Document.Parsed): readonly Problem[] {
  const causes = error instanceof RequestFailed ? (error.status.details?.causes ?? []) : [];
  const placed = causes.flatMap(({ field, message }) =>
    field ? [problemAt(document, pathOf(field), `${field}: ${message ?? ''}`)] : [],
  );
  if (placed.length > 0) return placed;
  const message = error instanceof Error ? error.message : String(error);
  const unknown = [...message.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)].map(([whole, field]) =>
    problemAt(document, pathOf(field!), whole),
  );
  return unknown.length > 0 ? unknown : [problemAt(document, ['kind'], message)];
}

/** `spec.template.spec.containers[0].image` as a path. */
export const pathOf = (field: string): Path =>
  [...field.matchAll(/\[(\d+)\]|\[([^\]]+)\]|([^.[\]]+)/g)].map(([, index, key, name]) =>
    index !== undefined ? Number(index) : (key ?? name)!,
  );

function problemAt(document: Document.Parsed, path: Path, message: string): Problem {
  const [from, to] = nodeAt(document, path)?.range ?? [document.range[0], document.range[0] + 1];
  return { from, to: Math.max(from + 1, to), message, severity: 'error' };
}
