import type { Service, ServicePort, ServiceSpec } from '../../../../api/generated/types.ts';
import { ApiError, invalid, type FieldError } from '../../../../api/index.ts';
import type { Allocated, ServiceAllocator } from '../../resource-definition.ts';
import { withField } from '../share.ts';
import { withIpFamilies } from './ip-families.ts';
import { agreeOnClusterIps, keepAllocated } from './linked-fields.ts';
import { isHeadless, needsHealthCheck, needsNodePorts } from './service-kinds.ts';

/**
 * Gives a Service its addresses and node ports.
 * Upstream: pkg/registry/core/service/storage/alloc.go
 */
export function allocateService(
  given: Service,
  old: Service | undefined,
  allocator: ServiceAllocator,
): Allocated<Service> {
  const kept = old ? keepAllocated(given, old) : given;
  const { service, errors: familyErrors } = withIpFamilies(agreeOnClusterIps(kept, old), old);
  if (familyErrors.length > 0) return { object: service, errors: familyErrors };
  const errors: FieldError[] = [];
  let spec = service.spec;
  if (needsAddress(service, old)) spec = allocateAddresses(errors, spec, allocator);
  if (errors.length === 0 && needsNodePorts(service)) spec = allocateNodePorts(errors, spec, old?.spec, allocator);
  if (errors.length === 0 && needsHealthCheck(service) && !(old && needsHealthCheck(old))) {
    spec = allocateHealthCheck(spec, allocator);
  }
  return { object: withField(service, 'spec', spec), errors };
}

function needsAddress(service: Service, old: Service | undefined): boolean {
  if (service.spec.type === 'ExternalName' || isHeadless(service)) return false;
  return !old || old.spec.type === 'ExternalName';
}

function allocateAddresses(errors: FieldError[], spec: ServiceSpec, allocator: ServiceAllocator): ServiceSpec {
  const addresses = (spec.ipFamilies ?? []).map((_, at): string => {
    const asked = spec.clusterIPs?.[at] || undefined;
    const answer = allocator.clusterIP(asked);
    if ('address' in answer) return answer.address;
    if (asked === undefined) throw internalError(`failed to allocate a serviceIP: ${answer.refusal}`);
    const detail = `failed to allocate IP ${asked}: ${answer.refusal}`;
    errors.push(invalid('spec.clusterIPs', spec.clusterIPs, detail));
    return '';
  });
  return { ...spec, clusterIP: addresses[0]!, clusterIPs: addresses };
}

/** Ports of the same number share a node port: TCP and UDP of one service. */
function allocateNodePorts(
  errors: FieldError[],
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  allocator: ServiceAllocator,
): ServiceSpec {
  const mayAllocate = spec.type === 'NodePort' || spec.allocateLoadBalancerNodePorts !== false;
  const held = new Set(old?.ports?.map(({ nodePort }) => nodePort).filter(Boolean));
  const byPort = new Map<number, number>();
  const taken = new Set<number>();
  const asked = (port: number): number | undefined =>
    spec.ports?.find((other) => other.port === port && other.nodePort)?.nodePort;

  const ports = (spec.ports ?? []).map((port, at): ServicePort => {
    if (!port.nodePort && !mayAllocate) return port;
    const wanted = port.nodePort || (old ? undefined : (byPort.get(port.port) ?? asked(port.port)));
    if (wanted !== undefined && (held.has(wanted) || taken.has(wanted))) return withField(port, 'nodePort', wanted);
    const answer = freePort(allocator, wanted, taken);
    if ('refusal' in answer) {
      if (wanted === undefined) throw internalError(`failed to allocate a nodePort: ${answer.refusal}`);
      errors.push(invalid(`spec.ports[${at}].nodePort`, wanted, answer.refusal));
      return port;
    }
    taken.add(answer.port);
    byPort.set(port.port, answer.port);
    return withField(port, 'nodePort', answer.port);
  });
  return spec.ports ? { ...spec, ports } : spec;
}

const freePortTries = 100;

/** The allocator knows stored Services only; what this one has just been given must not be given to it twice. */
function freePort(
  allocator: ServiceAllocator,
  wanted: number | undefined,
  taken: ReadonlySet<number>,
): { readonly port: number } | { readonly refusal: string } {
  for (let attempt = 0; attempt < freePortTries; attempt++) {
    const answer = allocator.nodePort(wanted);
    if ('refusal' in answer || !taken.has(answer.port)) return answer;
  }
  return { refusal: 'range is full' };
}

function allocateHealthCheck(spec: ServiceSpec, allocator: ServiceAllocator): ServiceSpec {
  const taken = new Set(spec.ports?.map(({ nodePort = 0 }) => nodePort));
  const asked = spec.healthCheckNodePort || undefined;
  const answer = freePort(allocator, asked, taken);
  if ('port' in answer) return withField(spec, 'healthCheckNodePort', answer.port);
  const what = asked === undefined ? 'a HealthCheck NodePort 0' : `requested HealthCheck NodePort ${asked}`;
  throw internalError(`failed to allocate ${what}: ${answer.refusal}`);
}

function internalError(message: string): ApiError {
  const details = { causes: [{ message }] };
  return new ApiError(500, 'InternalError', `Internal error occurred: ${message}`, details);
}
