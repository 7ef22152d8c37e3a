import type { Namespace, ServiceAccount } from '../../api/generated/types.ts';
import { ApiError } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { namespaces, serviceAccounts } from '../apiserver/registry/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';

const name = 'default';

/**
 * Gives each namespace the ServiceAccount that pods run as when they say nothing.
 * Upstream: pkg/controller/serviceaccount/serviceaccounts_controller.go
 */
export function startServiceAccountController(context: ComponentContext): void {
  const namespaceCache = context.informers.informer(namespaces);
  const cache = context.informers.informer(serviceAccounts);
  const client = context.client.resource<ServiceAccount>(serviceAccounts);
  const queue = context.queue({ reconcile });
  const add = ({ metadata }: Namespace): void => queue.add(metadata.name);
  namespaceCache.onChange({ added: add, updated: add });
  cache.onChange({
    deleted: ({ metadata }) => {
      if (metadata.name === name) queue.add(metadata.namespace ?? '');
    },
  });

  function reconcile(namespace: ObjectKey): void {
    if (namespaceCache.get(namespace)?.status?.phase === 'Terminating') return;
    if (!namespaceCache.get(namespace) || cache.get(`${namespace}/${name}`)) return;
    try {
      client.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
    } catch (error) {
      // Somebody was faster, or the namespace is going: either way there is nothing to do.
      if (!(error instanceof ApiError) || !['AlreadyExists', 'Forbidden', 'NotFound'].includes(error.reason))
        throw error;
    }
  }
}
