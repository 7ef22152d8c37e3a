import type { Service, ServiceSpec } from '../../../../api/generated/types.ts';
import { invalid, jsonEqual, type FieldError } from '../../../../api/index.ts';
import { parseIp } from '../ip-validation.ts';
import { withField } from '../share.ts';
import { validateClusterIps } from './cluster-ip-validation.ts';

/**
 * Which families of addresses a Service gets. This cluster has IPv4 only, as kind does by default.
 * Upstream: initIPFamilyFields in pkg/registry/core/service/storage/alloc.go
 */
const configured = ['IPv4'];

export function withIpFamilies(
  service: Service,
  old: Service | undefined,
): { readonly service: Service; readonly errors: readonly FieldError[] } {
  if (service.spec.type === 'ExternalName' || (old && isUnchangedDualStack(service, old))) {
    return { service, errors: [] };
  }
  let spec = withField(service.spec, 'ipFamilyPolicy', policyOf(service, old));
  const errors: FieldError[] = [];
  validateClusterIps(errors, { ...service, spec });
  if (errors.length > 0) return { service, errors };

  spec = old ? withoutReleased(errors, spec, old) : spec;
  validatePolicy(errors, spec);
  spec = inferFamilies(errors, spec);
  if (errors.length === 0) spec = completeFamilies(errors, spec);
  return { service: withField(service, 'spec', spec), errors };
}

const policyPath = 'spec.ipFamilyPolicy';

function policyOf({ spec }: Service, old: Service | undefined): string {
  if (spec.ipFamilyPolicy !== undefined) return spec.ipFamilyPolicy;
  if (old?.spec.ipFamilyPolicy !== undefined) return old.spec.ipFamilyPolicy;
  return isHeadlessWithoutSelector(spec) ? 'RequireDualStack' : 'SingleStack';
}

function isHeadlessWithoutSelector({ clusterIP, selector }: ServiceSpec): boolean {
  return clusterIP === 'None' && Object.keys(selector ?? {}).length === 0;
}

function isUnchangedDualStack({ spec }: Service, old: Service): boolean {
  return (
    spec.type === old.spec.type &&
    spec.ipFamilyPolicy === 'PreferDualStack' &&
    (old.spec.ipFamilyPolicy ?? 'PreferDualStack') === 'PreferDualStack' &&
    jsonEqual(spec.clusterIPs, old.spec.clusterIPs) &&
    jsonEqual(spec.ipFamilies, old.spec.ipFamilies)
  );
}

function withoutReleased(errors: FieldError[], given: ServiceSpec, { spec: old }: Service): ServiceSpec {
  let spec = given;
  for (const field of ['clusterIPs', 'ipFamilies'] as const) {
    const values = spec[field] ?? [];
    if (spec.ipFamilyPolicy === 'SingleStack') {
      if (values.length > 1 && jsonEqual(values, old[field])) spec = withField(spec, field, values.slice(0, 1));
    } else if (values.length > 0 && values.length < (old[field]?.length ?? 0)) {
      const what = field === 'clusterIPs' ? 'secondary cluster IP' : 'secondary IP family';
      errors.push(invalid(policyPath, spec.ipFamilyPolicy, `must be 'SingleStack' to release the ${what}`));
    }
  }
  return spec;
}

function validatePolicy(errors: FieldError[], spec: ServiceSpec): void {
  if (spec.ipFamilyPolicy !== 'SingleStack') return;
  const refuse = (what: string): void => {
    const detail = `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`;
    errors.push(invalid(policyPath, spec.ipFamilyPolicy, detail));
  };
  if (spec.clusterIPs?.length === 2) refuse('cluster IPs');
  if (spec.ipFamilies?.length === 2) refuse('IP families');
}

function inferFamilies(errors: FieldError[], spec: ServiceSpec): ServiceSpec {
  const families = [...(spec.ipFamilies ?? [])];
  for (const [at, address] of (spec.clusterIPs ?? []).entries()) {
    if (address === 'None') break;
    if (at < families.length) continue;
    const family = parseIp(address)?.family ?? 'unknown';
    if (configured.includes(family)) families.push(family);
    else {
      const detail = `${family} is not configured on this cluster`;
      errors.push(invalid(`spec.clusterIPs[${at}]`, spec.clusterIPs, detail));
    }
  }
  return families.length > (spec.ipFamilies?.length ?? 0) ? withField(spec, 'ipFamilies', families) : spec;
}

function completeFamilies(errors: FieldError[], spec: ServiceSpec): ServiceSpec {
  const families = spec.ipFamilies ?? [];
  if (isHeadlessWithoutSelector(spec)) {
    // Nobody routes to it, so it may have families that the cluster does not know.
    const first = families.length > 0 ? families : configured;
    if (first.length > 1 || spec.ipFamilyPolicy === 'SingleStack') return withField(spec, 'ipFamilies', first);
    return withField(spec, 'ipFamilies', [first[0]!, first[0] === 'IPv4' ? 'IPv6' : 'IPv4']);
  }
  if (spec.ipFamilyPolicy === 'RequireDualStack') {
    const detail = 'this cluster is not configured for dual-stack services';
    errors.push(invalid(policyPath, spec.ipFamilyPolicy, detail));
  }
  families.forEach((family, at) => {
    if (configured.includes(family)) return;
    errors.push(invalid(`spec.ipFamilies[${at}]`, family, 'not configured on this cluster'));
  });
  return families.length > 0 ? spec : withField(spec, 'ipFamilies', configured);
}
