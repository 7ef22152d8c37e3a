import type { Namespace } from '../../api/generated/types.ts';
import type { ObjectKey } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { parseRfc3339 } from '../../api/time.ts';
import { namespaces } from '../apiserver/registry/index.ts';
import type { ApiClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { deletionConditions } from './namespace/deletion-conditions.ts';
import { deleteContent } from './namespace/delete-content.ts';

const finalizer = 'kubernetes';
/** How long changes elsewhere get to arrive before the content of a namespace is deleted. */
const graceMs = 5_000;

/**
 * Empties the namespaces that are being deleted, and lets them go once nothing is left in them.
 * Upstream: pkg/controller/namespace
 */
export function startNamespaceController(context: ComponentContext): void {
  new NamespaceController(context).start();
}

class NamespaceController {
  readonly #context: ComponentContext;
  readonly #client: ApiClient;
  readonly #cache: Informer<Namespace>;
  readonly #queue: WorkQueue;

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#client = context.client;
    this.#cache = context.informers.informer(namespaces);
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key), workers: 10 });
  }

  start(): void {
    const changed = ({ metadata }: Namespace): void => {
      if (metadata.deletionTimestamp) this.#queue.addAfter(metadata.name, graceMs);
    };
    this.#cache.onChange({ added: changed, updated: changed });
  }

  #reconcile(name: ObjectKey): void {
    const stored = this.#client.resource(namespaces).get('', name);
    if (!stored?.metadata.deletionTimestamp) return;
    let namespace: Namespace | undefined = stored;
    if (stored.status?.phase !== 'Terminating') {
      namespace = this.#writeStatus(name, { ...stored.status, phase: 'Terminating' });
    }
    if (!namespace?.spec?.finalizers?.includes(finalizer)) return;
    const deletedMs = parseRfc3339(stored.metadata.deletionTimestamp) ?? 0;
    const remains = deleteContent(this.#client, name);
    const conditions = deletionConditions(namespace.status?.conditions ?? [], remains, this.#context.clock.nowMs);
    namespace = this.#writeStatus(name, { ...namespace.status, conditions });
    if (remains.total > 0) {
      // Half of what it may still take, and a second.
      const leftMs = deletedMs + remains.graceSeconds * 1000 - this.#context.clock.nowMs;
      this.#queue.addAfter(name, Math.max(0, leftMs) / 2 + 1_000);
      return;
    }
    if (!namespace) return;
    const finalizers = namespace.spec?.finalizers?.filter((other) => other !== finalizer);
    this.#client.finalizeNamespace({ ...namespace, spec: { ...namespace.spec, finalizers } });
  }

  #writeStatus(name: string, status: Namespace['status']): Namespace | undefined {
    return this.#client
      .resource(namespaces)
      .modifyStatus('', name, (fresh) => (jsonEqual(fresh.status, status) ? fresh : { ...fresh, status }));
  }
}
