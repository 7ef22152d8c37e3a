import type { ReplicaSet, ReplicationController } from '../../api/generated/types.ts';
import type { ObjectKey } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { replicationControllers } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer, InformerHandler } from '../informers/informer.ts';
import { startReplicaController } from './replica-set.ts';

/**
 * Keeps as many pods running as each ReplicationController asks for: what the ReplicaSet controller does, seen through
 * glasses that make one of the other.
 * Upstream: pkg/controller/replication/conversion.go
 */
export function startReplicationControllerController(context: ComponentContext): void {
  startReplicaController(context, {
    definition: replicationControllers,
    cache: new ConvertedInformer(context.informers.informer(replicationControllers)),
    client: new ConvertedClient(context.client.resource(replicationControllers)),
  });
}

const converted = new WeakMap<ReplicationController, ReplicaSet>();

/** Its status may be changed; the rest is for reading. */
function asReplicaSet(controller: ReplicationController): ReplicaSet {
  let replicaSet = converted.get(controller);
  if (!replicaSet) {
    const { selector, ...spec } = controller.spec;
    replicaSet = { ...controller, spec: { ...spec, selector: { matchLabels: selector ?? {} } } } as ReplicaSet;
    converted.set(controller, replicaSet);
  }
  return replicaSet;
}

class ConvertedInformer implements Informer<ReplicaSet> {
  readonly #informer: Informer<ReplicationController>;

  constructor(informer: Informer<ReplicationController>) {
    this.#informer = informer;
  }

  get(key: ObjectKey): ReplicaSet | undefined {
    const controller = this.#informer.get(key);
    return controller && asReplicaSet(controller);
  }

  list(namespace?: string): readonly ReplicaSet[] {
    return this.#informer.list(namespace).map(asReplicaSet);
  }

  byIndex(indexName: string, value: string): readonly ReplicaSet[] {
    return this.#informer.byIndex(indexName, value).map(asReplicaSet);
  }

  addIndex(indexName: string, valuesOf: (object: ReplicaSet) => readonly string[]): void {
    this.#informer.addIndex(indexName, (controller) => valuesOf(asReplicaSet(controller)));
  }

  onChange({ added, updated, deleted }: InformerHandler<ReplicaSet>): void {
    this.#informer.onChange({
      added: (controller) => added?.(asReplicaSet(controller)),
      updated: (next, old) => updated?.(asReplicaSet(next), asReplicaSet(old)),
      deleted: (controller) => deleted?.(asReplicaSet(controller)),
    });
  }
}

/** A ReplicationController does not count the pods that are on their way out. */
function withStatus(controller: ReplicationController, status: ReplicaSet['status']): ReplicationController {
  const { terminatingReplicas: _, ...own } = status;
  return jsonEqual(own, controller.status) ? controller : { ...controller, status: own };
}

/** What the controller asks of a client: it reads, and writes the status. */
class ConvertedClient implements Pick<ResourceClient<ReplicaSet>, 'get' | 'modifyStatus'> {
  readonly #client: ResourceClient<ReplicationController>;

  constructor(client: ResourceClient<ReplicationController>) {
    this.#client = client;
  }

  get(namespace: string, name: string): ReplicaSet | undefined {
    const controller = this.#client.get(namespace, name);
    return controller && asReplicaSet(controller);
  }

  modifyStatus(namespace: string, name: string, change: (object: ReplicaSet) => ReplicaSet): ReplicaSet | undefined {
    const next = this.#client.modifyStatus(namespace, name, (controller) => {
      const before = asReplicaSet(controller);
      const after = change(before);
      return after === before ? controller : withStatus(controller, after.status);
    });
    return next && asReplicaSet(next);
  }
}
