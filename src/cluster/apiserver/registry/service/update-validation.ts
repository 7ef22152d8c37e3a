import type { LoadBalancerIngress, Service } from '../../../../api/generated/types.ts';
import {
  checkDns1123Subdomain,
  forbiddenField,
  invalid,
  jsonEqual,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { parseIp, validateIp } from '../ip-validation.ts';
import { addInvalid } from '../label-validation.ts';
import { isHeadless, needsHealthCheck } from './service-kinds.ts';

/** Addresses stay once they are given. Upstream: ValidateServiceUpdate */
export function validateServiceUpdate(next: Service, old: Service): readonly FieldError[] {
  if (next.spec === old.spec) return [];
  const errors: FieldError[] = [];
  validateClusterIpsUpdate(errors, next, old);
  validateFamiliesUpdate(errors, next, old);
  if (next.spec.type === 'LoadBalancer' && old.spec.type === 'LoadBalancer') {
    if (next.spec.loadBalancerClass !== old.spec.loadBalancerClass) {
      errors.push(invalid('spec.loadBalancerClass', next.spec.loadBalancerClass ?? null, 'may not change once set'));
    }
  }
  if (needsHealthCheck(old) && needsHealthCheck(next)) {
    if (next.spec.healthCheckNodePort !== old.spec.healthCheckNodePort) {
      errors.push(forbiddenField('spec.healthCheckNodePort', 'field is immutable'));
    }
  }
  return errors;
}

function hasAddresses({ spec }: Service): boolean {
  return spec.type !== 'ExternalName';
}

function validateClusterIpsUpdate(errors: FieldError[], next: Service, old: Service): void {
  if (!hasAddresses(next) || !hasAddresses(old) || (isHeadless(next) && isHeadless(old))) return;
  const after = next.spec.clusterIPs ?? [];
  const before = old.spec.clusterIPs ?? [];
  const refuse = (at: number, detail: string): void => {
    errors.push(invalid(`spec.clusterIPs[${at}]`, next.spec.clusterIPs ?? null, detail));
  };
  if (after.length === before.length) {
    before.forEach((address, at) => {
      if (address !== after[at]) refuse(at, 'may not change once set');
    });
    return;
  }
  if (after.length === 0) refuse(0, 'primary clusterIP can not be unset');
  else if (before.length > 0 && after[0] !== before[0]) refuse(0, 'may not change once set');
  if (before.length > after.length && after.length === 1) requireSingleStack(errors, next, 'secondary clusterIP');
}

function validateFamiliesUpdate(errors: FieldError[], next: Service, old: Service): void {
  if (!hasAddresses(next) || !hasAddresses(old) || isHeadless(next) || isHeadless(old)) return;
  const after = next.spec.ipFamilies ?? [];
  const before = old.spec.ipFamilies ?? [];
  const path = 'spec.ipFamilies[0]';
  if (after.length === before.length) {
    before.forEach((family, at) => {
      if (family !== after[at]) errors.push(invalid(path, after, 'may not change once set'));
    });
    return;
  }
  if (before.length > after.length && !next.spec.clusterIPs?.length) {
    errors.push(invalid(path, next.spec.ipFamilies ?? null, 'primary ipFamily can not be unset'));
  }
  if (after.length > 0 && before.length > 0 && after[0] !== before[0]) {
    errors.push(invalid(path, next.spec.clusterIPs ?? null, 'may not change once set'));
  }
  if (before.length > after.length && after.length === 1) requireSingleStack(errors, next, 'secondary ipFamily');
}

function requireSingleStack(errors: FieldError[], { spec }: Service, what: string): void {
  if (spec.ipFamilyPolicy === 'SingleStack') return;
  const detail = `must be set to 'SingleStack' when releasing the ${what}`;
  errors.push(invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy ?? null, detail));
}

/** Upstream: ValidateLoadBalancerStatus */
export function validateServiceStatus(next: Service, old: Service): readonly FieldError[] {
  const errors: FieldError[] = [];
  const path = 'status.loadBalancer.ingress';
  const ingress = next.status?.loadBalancer?.ingress ?? [];
  if (jsonEqual(ingress, old.status?.loadBalancer?.ingress ?? [])) return [];
  if (next.spec.type !== 'LoadBalancer' && ingress.length > 0) {
    return [forbiddenField(path, "may only be used when `spec.type` is 'LoadBalancer'")];
  }
  ingress.forEach((entry, at) => validateIngress(errors, entry, `${path}[${at}]`));
  return errors;
}

const ipModes = ['Proxy', 'VIP'];

function validateIngress(errors: FieldError[], { ip, ipMode, hostname }: LoadBalancerIngress, path: string): void {
  if (ip) validateIp(errors, ip, `${path}.ip`);
  if (ipMode === undefined) {
    if (ip) errors.push(required(`${path}.ipMode`, 'must be specified when `ip` is set'));
  } else if (!ip) errors.push(forbiddenField(`${path}.ipMode`, 'may not be specified when `ip` is not set'));
  else if (!ipModes.includes(ipMode)) errors.push(notSupported(`${path}.ipMode`, ipMode, ipModes));
  if (!hostname) return;
  addInvalid(errors, `${path}.hostname`, hostname, checkDns1123Subdomain(hostname));
  if (parseIp(hostname)) {
    errors.push(invalid(`${path}.hostname`, hostname, 'must be a DNS name, not an IP address'));
  }
}
