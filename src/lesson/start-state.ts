import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../api/index.ts';
import type { KubeClient } from '../client/index.ts';

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/** Creates what a lesson begins with. Throws what the API server refuses. */
export async function applyStart(manifests: string, client: KubeClient): Promise<void> {
  for (const document of parseAllDocuments(manifests)) {
    const object = document.toJS() as KubeObject | null;
    if (!object) continue;
    const { apiVersion, kind, metadata } = object;
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { resources } = await client.json<ResourceList>('GET', root);
    const resource = resources.find((candidate) => candidate.kind === kind && !candidate.name.includes('/'));
    if (!resource) throw new Error(`the cluster has no ${apiVersion} ${kind}`);
    const namespace = resource.namespaced ? (metadata.namespace ?? 'default') : undefined;
    await client.apply({ apiVersion, resource: resource.name }, namespace, metadata.name, object);
  }
}
