/**
 * Tells every kubelet about its own pods. All kubelets share one set of informers; a change is handed to the one
 * kubelet that it concerns, so its cost does not grow with the number of nodes.
 * Upstream: pkg/kubelet/config/apiserver.go (a watch with the field selector spec.nodeName)
 */
import type { Pod } from '../../api/generated/types.ts';
import { pods } from '../apiserver/registry/index.ts';
import type { Informer, InformerFactory } from '../informers/informer.ts';

export interface PodSink {
  podChanged(pod: Pod): void;
  podRemoved(pod: Pod): void;
}

const byNode = 'spec.nodeName';

export class PodFeed {
  static readonly #feeds = new WeakMap<InformerFactory, PodFeed>();
  readonly #informer: Informer<Pod>;
  readonly #sinks = new Map<string, PodSink>();

  private constructor(informers: InformerFactory) {
    this.#informer = informers.informer(pods);
    this.#informer.addIndex(byNode, (pod) => (pod.spec.nodeName ? [pod.spec.nodeName] : []));
    this.#informer.onChange({
      added: (pod) => this.#sinkOf(pod)?.podChanged(pod),
      updated: (pod) => this.#sinkOf(pod)?.podChanged(pod),
      deleted: (pod) => this.#sinkOf(pod)?.podRemoved(pod),
    });
  }

  /** The feed over a set of informers: one for all kubelets. */
  static of(informers: InformerFactory): PodFeed {
    let feed = PodFeed.#feeds.get(informers);
    if (!feed) PodFeed.#feeds.set(informers, (feed = new PodFeed(informers)));
    return feed;
  }

  /** From now on the node's pods go to `sink`. */
  subscribe(nodeName: string, sink: PodSink): void {
    this.#sinks.set(nodeName, sink);
  }

  unsubscribe(nodeName: string): void {
    this.#sinks.delete(nodeName);
  }

  podsOf(nodeName: string): readonly Pod[] {
    return this.#informer.byIndex(byNode, nodeName);
  }

  #sinkOf(pod: Pod): PodSink | undefined {
    return pod.spec.nodeName ? this.#sinks.get(pod.spec.nodeName) : undefined;
  }
}
