import type { KubeObject, TracePlace } from '../api/index.ts';
import type { RandomStream, VirtualClock } from '../kernel/index.ts';
import type { ApiServer } from './apiserver/api-server.ts';
import type { UserInfo } from './apiserver/resource-definition.ts';
import { ApiEventRecorder, type EventSource } from './informers/api-event-recorder.ts';
import { ClockWorkQueue } from './informers/clock-work-queue.ts';
import type { ComponentContext } from './informers/component-context.ts';
import { InProcessClient } from './informers/in-process-client.ts';
import { SharedInformerFactory } from './informers/informer-factory.ts';
import type { Metrics } from './metrics/metrics.ts';
import { WorkQueues } from './metrics/work-queue-metrics.ts';
import type { Trace } from './trace.ts';

export interface ContextParts {
  readonly clock: VirtualClock;
  readonly random: RandomStream;
  readonly trace: Trace;
  readonly metrics: Metrics;
  readonly apiServer: ApiServer;
}

const authenticated = 'system:authenticated';

/** Gives every component its clock, chance, client, informers and event recorder. */
export class ComponentContexts {
  readonly #parts: ContextParts;
  readonly #workQueues: WorkQueues;
  readonly #factories = new Map<string, SharedInformerFactory>();

  constructor(parts: ContextParts) {
    this.#parts = parts;
    this.#workQueues = new WorkQueues(parts.metrics);
  }

  /** @param component `controller/deployment`; @param user whom it speaks as, a service account as a rule */
  controller(component: string, user: UserInfo): ComponentContext {
    const name = component.slice(component.indexOf('/') + 1);
    return this.#context(component, {
      place: { type: 'controller', name },
      user,
      fieldManager: 'kube-controller-manager',
      process: 'kube-controller-manager',
      source: { component: eventSources[name] ?? `${name.replaceAll('-', '')}-controller` },
    });
  }

  /** @param component a part of the API server: `crd-naming` */
  apiServer(component: string): ComponentContext {
    return this.#context(`apiserver/${component}`, {
      place: { type: 'apiserver', name: '' },
      user: { name: 'system:apiserver', groups: ['system:masters', authenticated] },
      fieldManager: 'kube-apiserver',
      process: 'kube-apiserver',
      source: { component: 'kube-apiserver' },
    });
  }

  scheduler(): ComponentContext {
    return this.#context('scheduler', {
      place: { type: 'scheduler', name: '' },
      user: { name: 'system:kube-scheduler', groups: [authenticated] },
      fieldManager: 'kube-scheduler',
      process: 'kube-scheduler',
      source: { component: 'default-scheduler' },
    });
  }

  /** All kubelets share one set of informers. */
  kubelet(nodeName: string): ComponentContext {
    return this.#context(`kubelet/${nodeName}`, {
      place: { type: 'kubelet', name: nodeName },
      user: { name: `system:node:${nodeName}`, groups: ['system:nodes', authenticated] },
      fieldManager: 'kubelet',
      process: 'kubelet',
      source: { component: 'kubelet', host: nodeName },
    });
  }

  /** The informers of one process of the control plane. */
  informers(process: string): SharedInformerFactory {
    let factory = this.#factories.get(process);
    if (!factory) {
      factory = new SharedInformerFactory(process, placeOf[process] ?? (() => undefined), this.#parts);
      this.#factories.set(process, factory);
    }
    return factory;
  }

  #context(component: string, identity: Identity): ComponentContext {
    const { clock, trace, apiServer } = this.#parts;
    const random = this.#parts.random.fork(component);
    const client = new InProcessClient(apiServer, identity, trace);
    return {
      component,
      place: identity.place,
      clock,
      random,
      trace,
      client,
      informers: this.informers(identity.process),
      events: new ApiEventRecorder(client, identity.source, {
        clock,
        random: random.fork('events'),
        now: () => apiServer.now,
      }),
      queue: (options) => {
        const queue = new ClockWorkQueue({ ...options, clock, random, trace, component });
        const name = component.slice(component.indexOf('/') + 1);
        queue.report(this.#workQueues.follow(name, () => queue.length));
        return queue;
      },
    };
  }
}

interface Identity {
  readonly place: TracePlace;
  readonly user: UserInfo;
  readonly fieldManager: string;
  readonly process: string;
  readonly source: EventSource;
}

/** Where upstream's event sources are not the controller's name without hyphens. */
const eventSources: Readonly<Record<string, string>> = {
  'ephemeral-volume': 'ephemeral_volume',
  'local-path': 'rancher.io/local-path_local-path-provisioner',
  'endpoint-slice': 'endpoint-slice-controller',
  'endpoint-slice-mirroring': 'endpoint-slice-mirroring-controller',
  'node-lifecycle': 'node-controller',
  'taint-eviction': 'taint-eviction-controller',
};

/** Whom a watch message reaches, in the picture. */
const placeOf: Readonly<Record<string, (object: KubeObject) => TracePlace | undefined>> = {
  'kube-controller-manager': () => ({ type: 'controller', name: '' }),
  'kube-scheduler': () => ({ type: 'scheduler', name: '' }),
  kubelet: (object) => {
    const nodeName = (object as { readonly spec?: { readonly nodeName?: string } }).spec?.nodeName;
    return nodeName && object.kind === 'Pod' ? { type: 'kubelet', name: nodeName } : undefined;
  },
};
