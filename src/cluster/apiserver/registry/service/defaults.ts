import type { Service, ServicePort, ServiceSpec } from '../../../../api/generated/types.ts';
import { fill, isZero, mapShared, withField } from '../share.ts';
import { isExternallyAccessible } from './service-kinds.ts';

/** Upstream: SetDefaults_Service in pkg/apis/core/v1/defaults.go */
export function defaultService(service: Service): Service {
  if (!service.spec) return service;
  let spec = fill(service.spec, { sessionAffinity: 'None', type: 'ClusterIP' }, isZero);
  spec = defaultAffinity(spec);
  if (spec.ports) spec = withField(spec, 'ports', mapShared(spec.ports, defaultPort));
  if (isExternallyAccessible({ ...service, spec })) {
    spec = fill(spec, { externalTrafficPolicy: 'Cluster' }, isZero);
  }
  if (spec.type !== 'ExternalName' && types.has(spec.type!)) spec = fill(spec, { internalTrafficPolicy: 'Cluster' });
  if (spec.type === 'LoadBalancer') spec = fill(spec, { allocateLoadBalancerNodePorts: true });
  return defaultIngress(withField(service, 'spec', spec));
}

const types = new Set(['ClusterIP', 'NodePort', 'LoadBalancer']);
const affinitySeconds = 10_800;

function defaultAffinity(spec: ServiceSpec): ServiceSpec {
  if (spec.sessionAffinity === 'None') return withField(spec, 'sessionAffinityConfig', undefined as never);
  if (spec.sessionAffinity !== 'ClientIP' || spec.sessionAffinityConfig?.clientIP?.timeoutSeconds !== undefined) {
    return spec;
  }
  return { ...spec, sessionAffinityConfig: { clientIP: { timeoutSeconds: affinitySeconds } } };
}

function defaultPort(given: ServicePort): ServicePort {
  const port = fill(given, { protocol: 'TCP' }, isZero);
  return port.targetPort === undefined || port.targetPort === 0 || port.targetPort === ''
    ? { ...port, targetPort: port.port }
    : port;
}

function defaultIngress(service: Service): Service {
  const ingress = service.status?.loadBalancer?.ingress;
  if (service.spec.type !== 'LoadBalancer' || !ingress) return service;
  const filled = mapShared(ingress, (entry) => (entry.ip ? fill(entry, { ipMode: 'VIP' }) : entry));
  const loadBalancer = withField(service.status!.loadBalancer!, 'ingress', filled);
  return withField(service, 'status', withField(service.status!, 'loadBalancer', loadBalancer));
}
