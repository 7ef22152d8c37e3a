/**
 * Tells which pods show a config map or a secret that has changed.
 * Upstream: pkg/kubelet/util/manager/watch_based_manager.go
 */
import type { KubeObject } from '../../../api/index.ts';
import type { Pod, Volume } from '../../../api/generated/types.ts';
import { configMaps, secrets } from '../../apiserver/registry/index.ts';
import type { Informer, InformerFactory } from '../../informers/informer.ts';

export class ConfigFeed {
  static readonly #feeds = new WeakMap<InformerFactory, ConfigFeed>();
  readonly #listeners = new Map<string, Set<() => void>>();

  private constructor(informers: InformerFactory) {
    this.#watch('configmaps', informers.informer(configMaps));
    this.#watch('secrets', informers.informer(secrets));
  }

  /** The feed over a set of informers: one for all kubelets. */
  static of(informers: InformerFactory): ConfigFeed {
    let feed = ConfigFeed.#feeds.get(informers);
    if (!feed) ConfigFeed.#feeds.set(informers, (feed = new ConfigFeed(informers)));
    return feed;
  }

  /** Calls back when something changes that one of `references` names. Gives back how to stop. */
  subscribe(references: readonly string[], listener: () => void): () => void {
    for (const reference of references) {
      let listeners = this.#listeners.get(reference);
      if (!listeners) this.#listeners.set(reference, (listeners = new Set()));
      listeners.add(listener);
    }
    return () => {
      for (const reference of references) {
        const listeners = this.#listeners.get(reference);
        listeners?.delete(listener);
        if (listeners?.size === 0) this.#listeners.delete(reference);
      }
    };
  }

  #watch<T extends KubeObject>(resource: string, informer: Informer<T>): void {
    const tell = ({ metadata }: T) => {
      const key = `${resource}/${metadata.namespace}/${metadata.name}`;
      for (const listener of this.#listeners.get(key) ?? []) listener();
    };
    informer.onChange({ added: tell, updated: tell, deleted: tell });
  }
}

/** `configmaps/default/settings`: everything that the pod's volumes show. */
export function referencesOf({ metadata, spec }: Pod): readonly string[] {
  return (spec.volumes ?? [])
    .flatMap((volume) => namesIn(volume))
    .map((name) => {
      const [resource, object] = name;
      return `${resource}/${metadata.namespace}/${object}`;
    });
}

function namesIn({ configMap, secret, projected }: Volume): readonly (readonly [string, string])[] {
  if (configMap) return [['configmaps', configMap.name ?? '']];
  if (secret) return [['secrets', secret.secretName ?? '']];
  return (projected?.sources ?? []).flatMap((source) => [
    ...(source.configMap ? [['configmaps', source.configMap.name ?? ''] as const] : []),
    ...(source.secret ? [['secrets', source.secret.name ?? ''] as const] : []),
  ]);
}
