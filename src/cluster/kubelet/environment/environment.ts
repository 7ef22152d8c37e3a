/**
 * The environment variables of a container, in the order in which later ones win.
 * Upstream: pkg/kubelet/kubelet_pods.go makeEnvironmentVariables
 */
import { decodeUtf8 } from '../../../kernel/index.ts';
import { decodeBase64 } from '../../../shell/codec/base64.ts';
import type { Container, EnvFromSource, EnvVarSource, Pod } from '../../../api/generated/types.ts';
import { ConfigError, type ConfigSource } from './config-source.ts';
import { expand } from './expand.ts';
import { fieldValue, resourceValue, type PodAddresses } from './field-value.ts';
import { serviceVariables } from './service-variables.ts';

export interface EnvironmentInput {
  readonly pod: Pod;
  readonly container: Container;
  readonly addresses: PodAddresses;
  readonly config: ConfigSource;
  readonly allocatable: Readonly<Record<string, string>>;
}

/** Throws ConfigError when something that it refers to is missing. */
export function environmentOf(input: EnvironmentInput): Map<string, string> {
  const { pod, container, config } = input;
  const namespace = pod.metadata.namespace ?? '';
  const variables = new Map<string, string>();
  for (const source of container.envFrom ?? []) {
    for (const [name, value] of valuesFrom(source, namespace, config))
      variables.set((source.prefix ?? '') + name, value);
  }
  const services = new Map(serviceVariables(visibleServices(pod, config)));
  // A variable may refer to those before it, and to the services'.
  const known = new Map([...services, ...variables]);
  for (const { name, value, valueFrom } of container.env ?? []) {
    const resolved = valueFrom ? valueOf(valueFrom, input) : expand(value ?? '', known);
    if (resolved === undefined) continue;
    variables.set(name, resolved);
    known.set(name, resolved);
  }
  for (const [name, value] of services) if (!variables.has(name)) variables.set(name, value);
  return variables;
}

/** Those of the pod's own namespace, and always the API server's. */
function visibleServices(pod: Pod, config: ConfigSource) {
  const namespace = pod.metadata.namespace ?? '';
  const api = config.apiService ? [config.apiService] : [];
  if (pod.spec.enableServiceLinks === false) return api;
  const own = config.services(namespace);
  return namespace === 'default' ? own : [...own.filter((service) => service.metadata.name !== 'kubernetes'), ...api];
}

function valuesFrom(
  source: EnvFromSource,
  namespace: string,
  config: ConfigSource,
): readonly (readonly [string, string])[] {
  if (source.configMapRef) {
    const { name = '', optional = false } = source.configMapRef;
    return Object.entries(config.configMap(namespace, name, optional)?.data ?? {});
  }
  if (source.secretRef) {
    const { name = '', optional = false } = source.secretRef;
    const data = config.secret(namespace, name, optional)?.data ?? {};
    return Object.entries(data).map(([key, value]) => [key, textOf(value)] as const);
  }
  return [];
}

/** Undefined leaves the variable out. */
function valueOf(
  source: EnvVarSource,
  { pod, container, addresses, config, allocatable }: EnvironmentInput,
): string | undefined {
  const namespace = pod.metadata.namespace ?? '';
  if (source.fieldRef) return fieldValue(pod, source.fieldRef.fieldPath, addresses);
  if (source.resourceFieldRef) return resourceValue(pod, container, source.resourceFieldRef, allocatable);
  if (source.configMapKeyRef) {
    const { name = '', key, optional = false } = source.configMapKeyRef;
    const value = config.configMap(namespace, name, optional)?.data?.[key];
    if (value === undefined && !optional)
      throw new ConfigError(`couldn't find key ${key} in ConfigMap ${namespace}/${name}`);
    return value;
  }
  if (source.secretKeyRef) {
    const { name = '', key, optional = false } = source.secretKeyRef;
    const value = config.secret(namespace, name, optional)?.data?.[key];
    if (value === undefined && !optional)
      throw new ConfigError(`couldn't find key ${key} in Secret ${namespace}/${name}`);
    return value === undefined ? undefined : textOf(value);
  }
  return undefined;
}

function textOf(base64: string): string {
  return decodeUtf8(decodeBase64(base64) ?? new Uint8Array(0));
}
