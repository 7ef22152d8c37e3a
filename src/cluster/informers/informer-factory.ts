import type { KubeObject, TracePlace } from '../../api/index.ts';
import type { RandomStream, VirtualClock } from '../../kernel/index.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import type { ResourceDefinition } from '../apiserver/resource-definition.ts';
import type { Trace } from '../trace.ts';
import type { InformerFactory } from './informer.ts';
import { SharedInformer } from './shared-informer.ts';
import { WatchDelivery, type Connection } from './watch-delivery.ts';

export interface InformerFactoryParts {
  readonly clock: VirtualClock;
  readonly random: RandomStream;
  readonly trace: Trace;
  readonly apiServer: ApiServer;
}

interface AnyInformer {
  readonly informer: SharedInformer<KubeObject>;
}

/**
 * One watch of each resource for a whole component: the controller manager, the scheduler, or all kubelets together.
 * Upstream: client-go/informers/factory.go
 * Differs: all kubelets share one watch and its cache; upstream each kubelet watches the pods of its own node.
 */
export class SharedInformerFactory implements InformerFactory {
  readonly #component: string;
  readonly #placeOf: (object: KubeObject) => TracePlace | undefined;
  readonly #parts: InformerFactoryParts;
  readonly #informers = new Map<string, AnyInformer>();
  readonly #random: RandomStream;
  readonly #connection: Connection = { latestDueMs: 0 };

  /** @param placeOf where in the picture a message about this object arrives; undefined when nobody gets it */
  constructor(component: string, placeOf: (object: KubeObject) => TracePlace | undefined, parts: InformerFactoryParts) {
    this.#component = component;
    this.#placeOf = placeOf;
    this.#parts = parts;
    this.#random = parts.random.fork(`informers/${component}`);
  }

  informer<T extends KubeObject>(definition: ResourceDefinition<T>): SharedInformer<T> {
    const name = `${definition.group}/${definition.resource}`;
    let known = this.#informers.get(name);
    if (!known) {
      known = { informer: this.#start(definition) as unknown as SharedInformer<KubeObject> };
      this.#informers.set(name, known);
    }
    return known.informer as unknown as SharedInformer<T>;
  }

  #start<T extends KubeObject>(definition: ResourceDefinition<T>): SharedInformer<T> {
    const { clock, trace, apiServer } = this.#parts;
    const { collection } = apiServer.storeFor(definition);
    const label = { component: this.#component, action: 'list', subject: definition.resource };
    const replay = (run: () => void) => void clock.schedule(0, label, run);
    const informer = new SharedInformer<T>(collection.list().objects, replay);
    const delivery = new WatchDelivery<T>(
      { component: this.#component, resource: definition.resource, placeOf: this.#placeOf },
      { clock, trace, random: this.#random, connection: this.#connection },
      (event) => informer.deliver(event),
    );
    collection.watch((event) => delivery.send(event));
    return informer;
  }
}
