import type { Service, ServicePort, ServiceSpec } from '../../../../api/generated/types.ts';
import { jsonEqual } from '../../../../api/index.ts';
import { mapShared, withField } from '../share.ts';
import { needsClusterIp, needsHealthCheck, needsNodePorts } from './service-kinds.ts';

/**
 * What clients may leave out although the Service has it: an update that does not mention an address keeps it, and one
 * that changes the type gives back what the new type has no use for.
 * Upstream: normalizeClusterIPs, patchAllocatedValues, dropTypeDependentFields in pkg/registry/core/service
 */
export function keepAllocated(next: Service, old: Service): Service {
  let spec = next.spec;
  if (needsClusterIp(old) && needsClusterIp(next)) {
    if (!spec.clusterIP) spec = withField(spec, 'clusterIP', old.spec.clusterIP!);
    if (!spec.clusterIPs?.length && spec.clusterIP === old.spec.clusterIP) {
      spec = withField(spec, 'clusterIPs', old.spec.clusterIPs!);
    }
  }
  if (needsNodePorts(old) && needsNodePorts(next)) spec = keepNodePorts(spec, old.spec);
  if (needsHealthCheck(old) && needsHealthCheck(next) && !spec.healthCheckNodePort) {
    spec = withField(spec, 'healthCheckNodePort', old.spec.healthCheckNodePort!);
  }
  return withField(next, 'spec', spec);
}

/** Ports that have the same name as before have the same node port, unless another has taken it. */
function keepNodePorts(next: ServiceSpec, old: ServiceSpec): ServiceSpec {
  if (!next.ports?.some(({ nodePort }) => !nodePort)) return next;
  const before = new Map((old.ports ?? []).map(({ name = '', nodePort = 0 }) => [name, nodePort]));
  const used = new Set(next.ports.map(({ nodePort }) => nodePort ?? 0));
  used.delete(0);
  const ports = mapShared(next.ports, (port): ServicePort => {
    if (port.nodePort) return port;
    const nodePort = before.get(port.name ?? '') ?? 0;
    if (nodePort === 0 || used.has(nodePort)) return port;
    used.add(nodePort);
    return { ...port, nodePort };
  });
  return withField(next, 'ports', ports);
}

/** `clusterIP` and the first of `clusterIPs` are the same; old clients know only the former. */
export function agreeOnClusterIps(next: Service, old: Service | undefined): Service {
  const { clusterIP = '', clusterIPs = [] } = next.spec;
  const set = (addresses: readonly string[] | undefined): Service =>
    withField(next, 'spec', withField(next.spec, 'clusterIPs', addresses!));
  if (!old) return clusterIP && clusterIPs.length === 0 ? set([clusterIP]) : next;

  const before = old.spec.clusterIP ?? '';
  if (before === clusterIP) {
    const wasLost = clusterIPs.length === 0 && (old.spec.clusterIPs?.length ?? 0) > 0;
    return wasLost ? set(old.spec.clusterIPs) : next;
  }
  if (!jsonEqual(clusterIPs, old.spec.clusterIPs ?? [])) return next;
  return set(clusterIP ? [clusterIP] : undefined);
}

/** Takes away what belonged to the old type and was not asked for. */
export function dropTypeDependent(next: Service, old: Service): Service {
  let spec = next.spec;
  if (needsClusterIp(old) && !needsClusterIp(next)) {
    if (jsonEqual(spec.clusterIPs, old.spec.clusterIPs) && (spec.clusterIP ?? '') === (old.spec.clusterIP ?? '')) {
      spec = drop(drop(spec, 'clusterIP'), 'clusterIPs');
    }
    if (jsonEqual(spec.ipFamilies, old.spec.ipFamilies)) spec = drop(spec, 'ipFamilies');
    if (spec.ipFamilyPolicy === old.spec.ipFamilyPolicy) spec = drop(spec, 'ipFamilyPolicy');
  }
  if (needsNodePorts(old) && !needsNodePorts(next) && hasSameNodePorts(spec, old.spec)) {
    const ports = mapShared(spec.ports ?? [], (port) =>
      port.nodePort ? withField(port, 'nodePort', undefined!) : port,
    );
    if (spec.ports) spec = withField(spec, 'ports', ports);
  }
  if (needsHealthCheck(old) && !needsHealthCheck(next) && spec.healthCheckNodePort === old.spec.healthCheckNodePort) {
    spec = drop(spec, 'healthCheckNodePort');
  }
  if (
    old.spec.type === 'LoadBalancer' &&
    spec.type !== 'LoadBalancer' &&
    spec.allocateLoadBalancerNodePorts === old.spec.allocateLoadBalancerNodePorts
  ) {
    spec = drop(spec, 'allocateLoadBalancerNodePorts');
  }
  if (
    old.spec.type === 'LoadBalancer' &&
    spec.type !== 'LoadBalancer' &&
    spec.loadBalancerClass === old.spec.loadBalancerClass
  ) {
    spec = drop(spec, 'loadBalancerClass');
  }
  // The old type set it by default; the new one may not have it.
  const isExternal = needsNodePorts(next) || (spec.externalIPs?.length ?? 0) > 0;
  if (needsNodePorts(old) && !isExternal && spec.externalTrafficPolicy === old.spec.externalTrafficPolicy) {
    spec = drop(spec, 'externalTrafficPolicy');
  }
  return withField(next, 'spec', spec);
}

function drop<K extends keyof ServiceSpec>(spec: ServiceSpec, field: K): ServiceSpec {
  return withField(spec, field, undefined as ServiceSpec[K]);
}

function hasSameNodePorts(next: ServiceSpec, old: ServiceSpec): boolean {
  const portsOf = ({ ports = [] }: ServiceSpec): readonly number[] =>
    ports
      .map(({ nodePort = 0 }) => nodePort)
      .filter((port) => port > 0)
      .toSorted((a, b) => a - b);
  return jsonEqual(portsOf(next), portsOf(old));
}
