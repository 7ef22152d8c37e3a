import type { Pod, Service } from '../../../api/generated/types.ts';
import { keyOf } from '../../../api/index.ts';
import type { ObjectKey } from '../../../api/index.ts';
import { jsonEqual } from '../../../api/json.ts';
import { matchesLabels, queryFromLabels } from '../../../api/selectors/label-selector.ts';
import { pods, services } from '../../apiserver/registry/index.ts';
import type { ComponentContext } from '../../informers/component-context.ts';
import type { Informer } from '../../informers/informer.ts';
import { isPodReady, isPodTerminal } from '../pod-state.ts';
import { ServiceSelectors } from './service-selectors.ts';

/** What has changed about the pods of a service since it was last looked at. */
export interface PodNews {
  /** Everything has to be looked at again: the service itself is new or has changed. */
  readonly isAll: boolean;
  readonly keys: ReadonlySet<ObjectKey>;
}

/**
 * Follows services and pods, and remembers for each service which pods are news. That keeps the work in proportion to
 * what changes: one pod that becomes ready concerns one entry in one slice, whatever the size of the service.
 * Upstream: endpointslice/util/controller_utils.go GetServicesToUpdate
 */
export class ServiceFollower {
  readonly #services: Informer<Service>;
  readonly #pods: Informer<Pod>;
  readonly #selectors = new ServiceSelectors();
  readonly #news = new Map<ObjectKey, { isAll: boolean; readonly keys: Set<ObjectKey> }>();
  readonly #queue: (key: ObjectKey) => void;

  constructor(context: ComponentContext, queue: (key: ObjectKey) => void) {
    this.#queue = queue;
    this.#services = context.informers.informer(services);
    this.#pods = context.informers.informer(pods);
    const serviceChanged = (service: Service): void => {
      this.#selectors.set(service);
      this.markAll(keyOf(service));
    };
    this.#services.onChange({
      added: serviceChanged,
      updated: (next, old) => {
        if (!isSameService(next, old)) serviceChanged(next);
      },
      deleted: (service) => {
        this.#selectors.delete(keyOf(service));
        this.#queue(keyOf(service));
      },
    });
    this.#pods.onChange({
      added: (pod) => this.#podChanged(pod),
      updated: (next, old) => {
        const isMoved = !jsonEqual(next.metadata.labels, old.metadata.labels);
        if (isMoved) this.#podChanged(old);
        if (isMoved || !isSameEndpoint(next, old)) this.#podChanged(next);
      },
      deleted: (pod) => this.#podChanged(pod),
    });
  }

  /** Looks at all pods of the service the next time. */
  markAll(key: ObjectKey): void {
    this.#newsOf(key).isAll = true;
    this.#queue(key);
  }

  /** Hands out the news and forgets them. */
  take(key: ObjectKey): PodNews {
    const news = this.#newsOf(key);
    this.#news.delete(key);
    return news;
  }

  /** All pods that the service selects now. */
  selected(service: Service): readonly Pod[] {
    const query = queryFromLabels(service.spec.selector);
    return this.#pods.list(service.metadata.namespace).filter((pod) => matchesLabels(query, pod.metadata.labels));
  }

  #podChanged(pod: Pod): void {
    for (const key of this.#selectors.servicesOf(pod)) {
      this.#newsOf(key).keys.add(keyOf(pod));
      this.#queue(key);
    }
  }

  #newsOf(key: ObjectKey): { isAll: boolean; readonly keys: Set<ObjectKey> } {
    let news = this.#news.get(key);
    if (!news) this.#news.set(key, (news = { isAll: false, keys: new Set() }));
    return news;
  }
}

function isSameService(a: Service, b: Service): boolean {
  return (
    a.metadata.uid === b.metadata.uid &&
    a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
    jsonEqual(a.metadata.labels, b.metadata.labels) &&
    jsonEqual(a.spec, b.spec)
  );
}

function isSameEndpoint(a: Pod, b: Pod): boolean {
  return (
    a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
    isPodReady(a) === isPodReady(b) &&
    isPodTerminal(a) === isPodTerminal(b) &&
    a.status.podIP === b.status.podIP &&
    a.spec.nodeName === b.spec.nodeName &&
    jsonEqual(a.status.podIPs, b.status.podIPs)
  );
}
