import type { Service, ServicePort, SessionAffinityConfig } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  checkPortNumber,
  checkQualifiedName,
  duplicate,
  forbiddenField,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { duplicateAs } from '../internal-form/shown.ts';
import { parseIp, validateCidr, validateEndpointIp, validateIp } from '../ip-validation.ts';
import { addInvalid, validateLabels } from '../label-validation.ts';
import { validatePortNumberOrName, validateProtocol } from '../pod-spec/container-ports.ts';
import { validateClusterIps } from './cluster-ip-validation.ts';
import { isExternallyAccessible, isHeadless, needsHealthCheck } from './service-kinds.ts';

/** Upstream: validateService in pkg/apis/core/validation/validation.go */
export function validateService(service: Service): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { spec } = service;
  const ports = spec.ports ?? [];
  validateTopologyAnnotations(errors, service.metadata.annotations);
  if (ports.length === 0 && !isHeadless(service) && spec.type !== 'ExternalName') errors.push(required('spec.ports'));
  validateType(errors, service);
  const names = new Set<string>();
  ports.forEach((port, at) => validatePort(errors, port, `spec.ports[${at}]`, names, ports.length > 1));
  validateLabels(errors, spec.selector, 'spec.selector');
  validateAffinity(errors, spec.sessionAffinity, spec.sessionAffinityConfig);
  validateClusterIps(errors, service);
  spec.externalIPs?.forEach((address, at) => {
    const path = `spec.externalIPs[${at}]`;
    if (parseIp(address)) validateEndpointIp(errors, address, path);
    else validateIp(errors, address, path);
  });
  if (!spec.type) errors.push(required('spec.type'));
  else if (!types.includes(spec.type)) errors.push(notSupported('spec.type', spec.type, types));
  validateNodePorts(errors, service);
  validateDuplicatePorts(errors, ports);
  validateSourceRanges(errors, service);
  validateLoadBalancerFields(errors, service);
  validateExternalTraffic(errors, service);
  validateTrafficPolicies(errors, service);
  return errors;
}

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const topologyMode = 'service.kubernetes.io/topology-mode';
const topologyHints = 'service.kubernetes.io/topology-aware-hints';

function validateTopologyAnnotations(
  errors: FieldError[],
  annotations: Readonly<Record<string, string>> | undefined,
): void {
  const mode = annotations?.[topologyMode];
  const hints = annotations?.[topologyHints];
  if (mode === undefined || hints === undefined || mode === hints) return;
  const detail = `must match annotations[${topologyHints}] when both are specified`;
  errors.push(invalid(`metadata.annotations[${topologyMode}]`, mode, detail));
}

function validateType(errors: FieldError[], service: Service): void {
  const { type, clusterIPs = [], ipFamilies = [], ipFamilyPolicy, externalName = '' } = service.spec;
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(service)) {
    errors.push(invalid('spec.clusterIPs[0]', clusterIPs[0], `may not be set to 'None' for ${type} services`));
  }
  if (type !== 'ExternalName') return;
  const refuse = (field: string): void => {
    errors.push(forbiddenField(`spec.${field}`, 'may not be set for ExternalName services'));
  };
  if (clusterIPs.length > 0) refuse('clusterIPs');
  if (ipFamilies.length > 0) refuse('ipFamilies');
  if (ipFamilyPolicy !== undefined) refuse('ipFamilyPolicy');
  const name = externalName.replace(/\.$/, '');
  if (name) addInvalid(errors, 'spec.externalName', name, checkDns1123Subdomain(name));
  else errors.push(required('spec.externalName'));
}

function validatePort(
  errors: FieldError[],
  port: ServicePort,
  path: string,
  names: Set<string>,
  needsName: boolean,
): void {
  if (port.name) {
    addInvalid(errors, `${path}.name`, port.name, checkDns1123Label(port.name));
    if (names.has(port.name)) errors.push(duplicate(`${path}.name`, port.name));
    names.add(port.name);
  } else if (needsName) errors.push(required(`${path}.name`));
  addInvalid(errors, `${path}.port`, port.port ?? 0, checkPortNumber(port.port ?? 0));
  validateProtocol(errors, port.protocol, `${path}.protocol`);
  validatePortNumberOrName(errors, port.targetPort, `${path}.targetPort`);
  if (port.appProtocol !== undefined) {
    addInvalid(errors, `${path}.appProtocol`, port.appProtocol, checkQualifiedName(port.appProtocol));
  }
}

const affinities = ['ClientIP', 'None'];
const maxAffinitySeconds = 86_400;

function validateAffinity(
  errors: FieldError[],
  affinity: string | undefined,
  config: SessionAffinityConfig | undefined,
): void {
  const path = 'spec.sessionAffinityConfig';
  if (!affinity) errors.push(required('spec.sessionAffinity'));
  else if (!affinities.includes(affinity)) errors.push(notSupported('spec.sessionAffinity', affinity, affinities));
  if (affinity === 'None' && config) {
    errors.push(forbiddenField(path, 'must not be set when session affinity is None'));
  }
  if (affinity !== 'ClientIP') return;
  const why = 'when session affinity type is ClientIP';
  const seconds = config?.clientIP?.timeoutSeconds;
  if (!config) errors.push(required(path, why));
  else if (!config.clientIP) errors.push(required(`${path}.clientIP`, why));
  else if (seconds === undefined) errors.push(required(`${path}.clientIP.timeoutSeconds`, why));
  else if (seconds <= 0 || seconds > maxAffinitySeconds) {
    const detail = `must be greater than 0 and less than ${maxAffinitySeconds}`;
    errors.push(invalid(`${path}.clientIP.timeoutSeconds`, seconds, detail));
  }
}

function validateNodePorts(errors: FieldError[], { spec }: Service): void {
  const seen = new Set<string>();
  if (spec.type === 'ClusterIP') {
    spec.ports?.forEach(({ nodePort }, at) => {
      if (!nodePort) return;
      errors.push(forbiddenField(`spec.ports[${at}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
    });
  }
  spec.ports?.forEach(({ protocol, nodePort }, at) => {
    if (!nodePort) return;
    const key = `${protocol}/${nodePort}`;
    if (seen.has(key)) errors.push(duplicate(`spec.ports[${at}].nodePort`, nodePort));
    seen.add(key);
  });
}

function validateDuplicatePorts(errors: FieldError[], ports: readonly ServicePort[]): void {
  const seen = new Set<string>();
  ports.forEach(({ protocol, port }, at) => {
    const key = `${protocol}/${port}`;
    if (seen.has(key)) errors.push(duplicateAs(`spec.ports[${at}]`, { protocol, port }, 'ServicePort'));
    seen.add(key);
  });
}

const sourceRanges = 'service.beta.kubernetes.io/load-balancer-source-ranges';

function validateSourceRanges(errors: FieldError[], { metadata, spec }: Service): void {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const isLoadBalancer = spec.type === 'LoadBalancer';
  const refuse = (path: string): void => {
    errors.push(forbiddenField(path, "may only be used when `type` is 'LoadBalancer'"));
  };
  if (ranges.length > 0) {
    const path = 'spec.LoadBalancerSourceRanges';
    if (!isLoadBalancer) refuse(path);
    ranges.forEach((range, at) => validateCidr(errors, range.trim(), `${path}[${at}]`));
    return;
  }
  const annotation = metadata.annotations?.[sourceRanges];
  if (annotation === undefined) return;
  const path = `metadata.annotations[${sourceRanges}]`;
  if (!isLoadBalancer) refuse(path);
  if (annotation.trim() === '') return;
  for (const range of annotation.split(',')) validateCidr(errors, range.trim(), path);
}

function validateLoadBalancerFields(errors: FieldError[], { spec }: Service): void {
  const { allocateLoadBalancerNodePorts, loadBalancerClass } = spec;
  if (spec.type === 'LoadBalancer') {
    if (allocateLoadBalancerNodePorts === undefined) errors.push(required('allocateLoadBalancerNodePorts'));
    if (loadBalancerClass !== undefined) {
      addInvalid(errors, 'spec.loadBalancerClass', loadBalancerClass, checkQualifiedName(loadBalancerClass));
    }
    return;
  }
  const detail = "may only be used when `type` is 'LoadBalancer'";
  if (allocateLoadBalancerNodePorts !== undefined) {
    errors.push(forbiddenField('spec.allocateLoadBalancerNodePorts', detail));
  }
  if (loadBalancerClass !== undefined) errors.push(forbiddenField('spec.loadBalancerClass', detail));
}

const trafficPolicies = ['Cluster', 'Local'];

function validateExternalTraffic(errors: FieldError[], service: Service): void {
  const { externalTrafficPolicy: policy = '', healthCheckNodePort: port = 0 } = service.spec;
  const policyPath = 'spec.externalTrafficPolicy';
  if (!isExternallyAccessible(service)) {
    if (policy) errors.push(invalid(policyPath, policy, 'may only be set for externally-accessible services'));
  } else if (!policy) errors.push(required(policyPath));
  else if (!trafficPolicies.includes(policy)) errors.push(notSupported(policyPath, policy, trafficPolicies));

  const portPath = 'spec.healthCheckNodePort';
  if (needsHealthCheck(service)) {
    if (port === 0) errors.push(required(portPath));
    else addInvalid(errors, portPath, port, checkPortNumber(port));
  } else if (port !== 0) {
    const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid(portPath, port, detail));
  }
}

const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

function validateTrafficPolicies(errors: FieldError[], { spec }: Service): void {
  const { type, internalTrafficPolicy: policy, trafficDistribution: distribution } = spec;
  const path = 'spec.internalTrafficPolicy';
  if (policy === undefined) {
    if (type !== undefined && type !== 'ExternalName' && types.includes(type)) errors.push(required(path));
  } else if (!trafficPolicies.includes(policy)) errors.push(notSupported(path, policy, trafficPolicies));
  if (distribution !== undefined && !distributions.includes(distribution)) {
    errors.push(notSupported('spec.trafficDistribution', distribution, distributions));
  }
}
