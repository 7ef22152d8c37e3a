import { conflict } from '../../../api/index.ts';
import type { Namespace } from '../../../api/generated/types.ts';
import type { ResourceStore } from '../rest/resource-store.ts';
import type { WriteOptions } from '../rest/write-options.ts';

/**
 * Takes over `spec.finalizers` and nothing else. With the last of them a namespace that is being deleted goes.
 * Upstream: pkg/registry/core/namespace/storage (FinalizeREST), strategy.go namespaceFinalizeStrategy
 */
export function finalizeNamespace(store: ResourceStore<Namespace>, given: Namespace, options: WriteOptions): Namespace {
  const { name, resourceVersion } = given.metadata;
  const stored = store.get('', name);
  if (resourceVersion && resourceVersion !== stored.metadata.resourceVersion) {
    const why = 'the object has been modified; please apply your changes to the latest version and try again';
    throw conflict(store.definition, name, why);
  }
  const spec = { ...stored.spec, finalizers: given.spec?.finalizers ?? [] };
  return store.replace(stored, { ...stored, spec }, options);
}
