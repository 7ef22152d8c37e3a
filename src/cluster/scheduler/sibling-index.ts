import type { ReplicaSet, Service } from '../../api/generated/types.ts';
import { controllerOf, keyOf } from '../../api/index.ts';
import { goJson } from '../../api/json.ts';
import { matchesLabels, queryFromLabels, queryFromLabelSelector } from '../../api/selectors/label-selector.ts';
import type { LabelQuery } from '../../api/selectors/label-selector.ts';
import type { Informer } from '../informers/informer.ts';
import type { PodQuery } from './match-index.ts';
import type { PodInfo } from './pod-info.ts';

/**
 * Which pods belong together by default: what all the services of a pod, and its ReplicaSet, select.
 * Upstream: pkg/scheduler/framework/plugins/helper/spread.go DefaultSelector
 */
export class SiblingIndex {
  readonly #replicaSets: Informer<ReplicaSet>;
  readonly #services = new Map<string, Map<string, LabelQuery>>();
  /** Queries by the selector object of a ReplicaSet, which all versions of it share. */
  readonly #compiled = new WeakMap<object, LabelQuery>();

  constructor(services: Informer<Service>, replicaSets: Informer<ReplicaSet>) {
    this.#replicaSets = replicaSets;
    services.onChange({
      added: (service) => this.#setService(service),
      updated: (service) => this.#setService(service),
      deleted: (service) => this.#services.get(service.metadata.namespace ?? '')?.delete(keyOf(service)),
    });
  }

  queryFor(pod: PodInfo): PodQuery | undefined {
    const requirements = [...this.#fromServices(pod), ...(this.#fromReplicaSet(pod) ?? [])];
    if (requirements.length === 0) return undefined;
    return {
      key: `siblings ${pod.namespace} ${goJson(requirements)}`,
      namespaces: new Set([pod.namespace]),
      selector: requirements,
      countsTerminating: false,
    };
  }

  #fromServices(pod: PodInfo): NonNullable<LabelQuery> {
    const byKey = new Map<string, NonNullable<LabelQuery>[number]>();
    for (const selector of this.#services.get(pod.namespace)?.values() ?? []) {
      if (!selector?.length || !matchesLabels(selector, pod.pod.metadata.labels)) continue;
      for (const requirement of selector) byKey.set(requirement.key, requirement);
    }
    return [...byKey.values()];
  }

  #fromReplicaSet(pod: PodInfo): LabelQuery {
    const controller = controllerOf(pod.pod);
    if (controller?.kind !== 'ReplicaSet') return undefined;
    const selector = this.#replicaSets.get(`${pod.namespace}/${controller.name}`)?.spec.selector;
    if (!selector) return undefined;
    let query = this.#compiled.get(selector);
    if (!query) this.#compiled.set(selector, (query = queryFromLabelSelector(selector)));
    return query;
  }

  #setService(service: Service): void {
    const { namespace = '' } = service.metadata;
    const services = this.#services.get(namespace) ?? new Map<string, LabelQuery>();
    this.#services.set(namespace, services);
    services.set(keyOf(service), queryFromLabels(service.spec.selector));
  }
}
