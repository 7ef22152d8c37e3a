import type { Service } from '../../../../api/generated/types.ts';
import { duplicate, invalid, notSupported, required, type FieldError } from '../../../../api/index.ts';
import { parseIp, validateIp } from '../ip-validation.ts';
import { isHeadless } from './service-kinds.ts';

const families = ['IPv4', 'IPv6'];
const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** Upstream: ValidateServiceClusterIPsRelatedFields in pkg/apis/core/validation/validation.go */
export function validateClusterIps(errors: FieldError[], service: Service): void {
  const { type, clusterIP = '', clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = service.spec;
  if (type === 'ExternalName') return;
  const path = 'spec.clusterIPs';
  const before = errors.length;
  if (clusterIP) {
    if (clusterIPs.length === 0) errors.push(required(path));
    else if (clusterIPs[0] !== clusterIP) errors.push(invalid(path, clusterIPs, 'first value must match `clusterIP`'));
  } else if (clusterIPs.length > 0) {
    errors.push(invalid(path, clusterIPs, 'must be empty when `clusterIP` is not specified'));
  }
  const seen = new Set<string>();
  ipFamilies.forEach((family, at) => {
    if (!families.includes(family)) errors.push(notSupported(`spec.ipFamilies[${at}]`, family, families));
    if (seen.has(family)) errors.push(duplicate(`spec.ipFamilies[${at}]`, family));
    seen.add(family);
  });
  if (ipFamilyPolicy !== undefined && !policies.includes(ipFamilyPolicy)) {
    errors.push(notSupported('spec.ipFamilyPolicy', ipFamilyPolicy, policies));
  }
  const beforeAddresses = errors.length;
  validateAddresses(errors, clusterIPs, path);
  const areAddressesSound = errors.length === beforeAddresses;
  if (clusterIPs.length > 2) errors.push(invalid(path, clusterIPs, 'may only hold up to 2 values'));
  if (!areAddressesSound || errors.length < before) return;

  if (clusterIPs.length > 1 && new Set(clusterIPs.map(familyOf)).size !== clusterIPs.length) {
    errors.push(invalid(path, clusterIPs, 'may specify no more than one IP for each IP family'));
  }
  if (isHeadless(service)) return;
  clusterIPs.forEach((address, at) => {
    const family = ipFamilies[at];
    if (!family || !families.includes(family) || familyOf(address) === family) return;
    const detail = `expected an ${family} value as indicated by \`ipFamilies[${at}]\``;
    errors.push(invalid(`${path}[${at}]`, address, detail));
  });
}

function validateAddresses(errors: FieldError[], addresses: readonly string[], path: string): void {
  addresses.forEach((address, at) => {
    if (at > 0 || address !== 'None') validateIp(errors, address, `${path}[${at}]`);
    else if (addresses.length > 1) {
      errors.push(invalid(path, addresses, "'None' must be the first and only value"));
    }
  });
}

function familyOf(address: string): string | undefined {
  return parseIp(address)?.family;
}
