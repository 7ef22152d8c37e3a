import type { CustomResourceDefinition } from '../../../api/generated/types.ts';
import { ApiError } from '../../../api/index.ts';
import { rfc3339 } from '../../../api/time.ts';
import { cleanupFinalizer } from '../../apiserver/custom-resources/cleanup-finalizer.ts';
import { customResourceDefinitions } from '../../apiserver/registry/index.ts';
import { isConditionTrue, withCondition } from '../../apiserver/custom-resources/conditions.ts';
import type { ResourceDefinition } from '../../apiserver/resource-definition.ts';
import type { ResourceClient } from '../../informers/api-client.ts';
import type { ComponentContext } from '../../informers/component-context.ts';
import type { WorkQueue } from '../../informers/work-queue.ts';

/** How often it is looked whether all objects are gone. */
const pollMs = 5_000;

/**
 * Deletes the objects of a custom resource whose definition is being deleted, and then lets the definition go.
 * Upstream: apiextensions-apiserver/pkg/controller/finalizer/crd_finalizer.go
 */
export function startCustomResourceFinalizer(context: ComponentContext): void {
  const finalizer = new CustomResourceFinalizer(context);
  const look = (crd: CustomResourceDefinition): void => {
    if (isLeaving(crd)) finalizer.enqueue(crd.metadata.name);
  };
  context.informers.informer(customResourceDefinitions).onChange({
    added: look,
    updated: (crd, old) => {
      // A change of the one condition is its own doing.
      if (!isLeaving(old)) look(crd);
    },
  });
}

function isLeaving({ metadata }: CustomResourceDefinition): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers?.includes(cleanupFinalizer) ?? false);
}

class CustomResourceFinalizer {
  readonly #context: ComponentContext;
  readonly #client: ResourceClient<CustomResourceDefinition>;
  readonly #queue: WorkQueue;

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#client = context.client.resource(customResourceDefinitions);
    this.#queue = context.queue({ reconcile: (name) => this.#reconcile(name), workers: 5 });
  }

  enqueue(name: string): void {
    this.#queue.add(name);
  }

  #reconcile(name: string): void {
    const crd = this.#client.get('', name);
    if (!crd || !isLeaving(crd)) return;
    const definition = this.#definitionOf(crd);
    if (!definition || !isConditionTrue(crd, 'Established')) {
      this.#release(crd, 'NeverEstablished', 'resource was never established');
      return;
    }
    this.#mark(crd, 'InstanceDeletionInProgress', 'CustomResource deletion is in progress');
    const problem = this.#deleteAll(definition);
    if (problem !== undefined) {
      this.#mark(crd, 'InstanceDeletionFailed', `could not issue all deletes: ${problem}`);
      this.#queue.addRateLimited(name);
      return;
    }
    if (this.#context.client.resource(definition).list().length > 0) this.#queue.addAfter(name, pollMs);
    else this.#release(crd, 'InstanceDeletionCompleted', 'removed all instances');
  }

  #definitionOf({ spec }: CustomResourceDefinition): ResourceDefinition | undefined {
    const { group, names } = spec;
    const all = this.#context.client.definitions();
    return all.find((definition) => definition.group === group && definition.resource === names.plural);
  }

  #deleteAll(definition: ResourceDefinition): string | undefined {
    const api = this.#context.client.resource(definition);
    for (const { metadata } of api.list()) {
      if (metadata.deletionTimestamp !== undefined) continue;
      try {
        api.delete(metadata.namespace ?? '', metadata.name);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.reason !== 'NotFound') return error.message;
      }
    }
    return undefined;
  }

  #mark({ metadata }: CustomResourceDefinition, reason: string, message: string): void {
    const condition = { type: 'Terminating', status: 'True', reason, message };
    const now = rfc3339(this.#context.clock.nowMs);
    this.#client.modifyStatus('', metadata.name, (fresh) => withCondition(fresh, condition, now));
  }

  #release({ metadata }: CustomResourceDefinition, reason: string, message: string): void {
    const condition = { type: 'Terminating', status: 'False', reason, message };
    const now = rfc3339(this.#context.clock.nowMs);
    this.#client.modifyStatus('', metadata.name, (fresh) => {
      const finalizers = fresh.metadata.finalizers?.filter((name) => name !== cleanupFinalizer) ?? [];
      return withCondition({ ...fresh, metadata: { ...fresh.metadata, finalizers } }, condition, now);
    });
  }
}
