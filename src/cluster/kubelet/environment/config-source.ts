import type { ConfigMap, Secret, Service } from '../../../api/generated/types.ts';
import { configMaps, secrets, services } from '../../apiserver/registry/index.ts';
import type { Informer, InformerFactory } from '../../informers/informer.ts';

/**
 * A pod's configuration is missing or wrong: its container waits with CreateContainerConfigError, its volume is not mounted.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A volume cannot be had; the message is the whole event. */
export class MountError extends ConfigError {}

/**
 * What pods are configured from.
 * Upstream: pkg/kubelet/configmap, pkg/kubelet/secret
 * Differs: the kubelets share one cache of all config maps and secrets; upstream watches only those that the node's pods name.
 */
export class ConfigSource {
  readonly #configMaps: Informer<ConfigMap>;
  readonly #secrets: Informer<Secret>;
  readonly #services: Informer<Service>;

  constructor(informers: InformerFactory) {
    this.#configMaps = informers.informer(configMaps);
    this.#secrets = informers.informer(secrets);
    this.#services = informers.informer(services);
  }

  /** Undefined when it is missing and may be; throws ConfigError when it may not. */
  configMap(namespace: string, name: string, isOptional: boolean): ConfigMap | undefined {
    const found = this.#configMaps.get(`${namespace}/${name}`);
    if (!found && !isOptional) throw new ConfigError(`configmap "${name}" not found`);
    return found;
  }

  secret(namespace: string, name: string, isOptional: boolean): Secret | undefined {
    const found = this.#secrets.get(`${namespace}/${name}`);
    if (!found && !isOptional) throw new ConfigError(`secret "${name}" not found`);
    return found;
  }

  /** The service that leads to the API server. */
  get apiService(): Service | undefined {
    return this.#services.get('default/kubernetes');
  }

  services(namespace: string): readonly Service[] {
    return this.#services.list(namespace);
  }
}
