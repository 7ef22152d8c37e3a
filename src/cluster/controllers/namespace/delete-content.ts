import type { Pod } from '../../../api/generated/types.ts';
import { ApiError, groupResourceName } from '../../../api/index.ts';
import type { KubeObject } from '../../../api/index.ts';
import { pods } from '../../apiserver/registry/index.ts';
import type { ResourceDefinition } from '../../apiserver/resource-definition.ts';
import type { ApiClient } from '../../informers/api-client.ts';

/** What is still there after everything in a namespace has been told to go. */
export interface Remains {
  readonly total: number;
  /** By resource: `pods.`, `deployments.apps`. */
  readonly byResource: ReadonlyMap<string, number>;
  readonly byFinalizer: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
  /** For how long they may take their time, counted from the deletion of the namespace. */
  readonly graceSeconds: number;
}

/** What objects that wait for a finalizer are given. */
const finalizerGraceSeconds = 15;

/**
 * Deletes all that is in a namespace: the pods first, so that what they use is there until they have ended.
 * Upstream: pkg/controller/namespace/deletion/namespaced_resources_deleter.go
 */
export function deleteContent(client: ApiClient, namespace: string): Remains {
  const counted = new Count();
  deleteAll(client, pods as unknown as ResourceDefinition, namespace, counted);
  if (counted.total > 0) {
    counted.graceSeconds = client
      .resource<Pod>(pods)
      .list(namespace)
      .filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed')
      .reduce((most, { spec }) => Math.max(most, spec.terminationGracePeriodSeconds ?? 0), 0);
    return counted;
  }
  for (const definition of client.definitions()) {
    if (definition.isNamespaced && definition.resource !== 'pods') deleteAll(client, definition, namespace, counted);
  }
  return counted;
}

class Count implements Remains {
  total = 0;
  graceSeconds = 0;
  readonly byResource = new Map<string, number>();
  readonly byFinalizer = new Map<string, number>();
  readonly problems: string[] = [];

  add({ group, resource }: ResourceDefinition, objects: readonly KubeObject[]): void {
    if (objects.length === 0) return;
    this.total += objects.length;
    this.byResource.set(`${resource}.${group}`, objects.length);
    for (const { metadata } of objects) {
      for (const finalizer of metadata.finalizers ?? []) {
        this.byFinalizer.set(finalizer, (this.byFinalizer.get(finalizer) ?? 0) + 1);
        this.graceSeconds = Math.max(this.graceSeconds, finalizerGraceSeconds);
      }
    }
  }
}

function deleteAll(client: ApiClient, definition: ResourceDefinition, namespace: string, counted: Count): void {
  const api = client.resource(definition);
  for (const { metadata } of api.list(namespace)) {
    if (metadata.deletionTimestamp) continue;
    try {
      api.delete(namespace, metadata.name, { propagationPolicy: 'Background' });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.reason !== 'NotFound') counted.problems.push(`${groupResourceName(definition)}: ${error.message}`);
    }
  }
  counted.add(definition, api.list(namespace));
}
