/**
 * The downward API: a pod's own fields and resources as text.
 * Upstream: pkg/fieldpath/fieldpath.go, pkg/api/v1/resource/helpers.go, pkg/kubelet/kubelet_pods.go podFieldSelectorRuntimeValue
 */
import { goQuote } from '../../../api/json.ts';
import { parseQuantity, quantityMilliValue, quantityValue } from '../../../api/quantity.ts';
import type { Container, Pod, ResourceFieldSelector } from '../../../api/generated/types.ts';
import { ConfigError } from './config-source.ts';

/** What the kubelet knows of the pod before the API does. */
export interface PodAddresses {
  readonly podIP: string;
  readonly hostIP: string;
}

export function fieldValue(pod: Pod, path: string, { podIP, hostIP }: PodAddresses): string {
  const { metadata, spec } = pod;
  const [, map, key] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? [];
  if (map !== undefined) return (map === 'labels' ? metadata.labels : metadata.annotations)?.[key!] ?? '';
  switch (path) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid;
    case 'metadata.labels':
      return formatMap(metadata.labels);
    case 'metadata.annotations':
      return formatMap(metadata.annotations);
    case 'spec.nodeName':
      return spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return hostIP;
    case 'status.podIP':
    case 'status.podIPs':
      return podIP;
    default:
      throw new ConfigError(`unsupported fieldPath: ${path}`);
  }
}

function formatMap(map: Readonly<Record<string, string>> = {}): string {
  return Object.keys(map)
    .sort()
    .map((key) => `${key}=${goQuote(map[key]!)}`)
    .join('\n');
}

/** A request or limit in whole units of the divisor, rounded up. What has no limit has the node's. */
export function resourceValue(
  pod: Pod,
  container: Container,
  { containerName, resource, divisor }: ResourceFieldSelector,
  allocatable: Readonly<Record<string, string>>,
): string {
  const source = containerName ? containerNamed(pod, containerName) : container;
  const [, list, name] = /^(requests|limits)\.(.+)$/.exec(resource) ?? [];
  if (list === undefined || name === undefined) throw new ConfigError(`unsupported container resource : ${resource}`);
  const limit = source.resources?.limits?.[name];
  const amount = list === 'limits' ? (limit ?? allocatable[name]) : (source.resources?.requests?.[name] ?? limit);
  const unit = divisor === undefined || divisor === '0' ? '1' : divisor;
  if (amount === undefined) return '0';
  if (name === 'cpu') {
    return String(Math.ceil(quantityMilliValue(parseQuantity(amount)) / quantityMilliValue(parseQuantity(unit))));
  }
  return String(Math.ceil(quantityValue(parseQuantity(amount)) / quantityValue(parseQuantity(unit))));
}

function containerNamed(pod: Pod, name: string): Container {
  const found = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].find((each) => each.name === name);
  if (!found) throw new ConfigError(`container ${name} not found`);
  return found;
}
