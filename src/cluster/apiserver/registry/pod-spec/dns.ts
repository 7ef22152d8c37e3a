import type { HostAlias, PodDNSConfig, PodSpec } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  checkDns1123SubdomainWithUnderscore,
  forbiddenField,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from '../../../../api/index.ts';
import { validateIp } from '../ip-validation.ts';
import { addInvalid } from '../label-validation.ts';

/** How a pod is called and whom it asks for names. Upstream: validatePodDNSConfig, validateDNSPolicy, … */
const policies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const maxNameservers = 3;
const maxSearchPaths = 32;
const maxSearchLength = 2048;

export function validateDnsPolicy(errors: FieldError[], policy: string | undefined, path: string): void {
  if (!policy) errors.push(required(path));
  else if (!policies.includes(policy)) errors.push(notSupported(path, policy, policies));
}

export function validateDnsConfig(
  errors: FieldError[],
  config: PodDNSConfig | undefined,
  policy: string | undefined,
  path: string,
): void {
  const nameservers = config?.nameservers ?? [];
  if (policy === 'None' && !config) {
    errors.push(required(path, 'must provide `dnsConfig` when `dnsPolicy` is None'));
    return;
  }
  if (policy === 'None' && nameservers.length === 0) {
    const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
    errors.push(required(`${path}.nameservers`, detail));
    return;
  }
  if (!config) return;
  if (nameservers.length > maxNameservers) {
    const detail = `must not have more than ${maxNameservers} nameservers`;
    errors.push(invalid(`${path}.nameservers`, nameservers, detail));
  }
  nameservers.forEach((server, at) => validateIp(errors, server, `${path}.nameservers[${at}]`));
  validateSearches(errors, config.searches ?? [], `${path}.searches`);
  config.options?.forEach(({ name }, at) => {
    if (!name) errors.push(required(`${path}.options[${at}]`, 'must not be empty'));
  });
}

function validateSearches(errors: FieldError[], searches: readonly string[], path: string): void {
  if (searches.length > maxSearchPaths) {
    errors.push(invalid(path, searches, `must not have more than ${maxSearchPaths} search paths`));
  }
  if (searches.join(' ').length > maxSearchLength) {
    const detail = `must not have more than ${maxSearchLength} characters (including spaces) in the search list`;
    errors.push(invalid(path, searches, detail));
  }
  searches.forEach((search, at) => {
    if (search === '.') return;
    const domain = search.replace(/\.$/, '');
    addInvalid(errors, `${path}[${at}]`, domain, checkDns1123SubdomainWithUnderscore(domain));
  });
}

export function validateHostAliases(
  errors: FieldError[],
  aliases: readonly HostAlias[] | undefined,
  path: string,
): void {
  aliases?.forEach(({ ip = '', hostnames }, at) => {
    validateIp(errors, ip, `${path}[${at}].ip`);
    hostnames?.forEach((name, index) => {
      addInvalid(errors, `${path}[${at}].hostnames[${index}]`, name, checkDns1123Subdomain(name));
    });
  });
}

export function validateHostname(errors: FieldError[], spec: PodSpec, path: string): void {
  if (spec.hostname) addInvalid(errors, `${path}.hostname`, spec.hostname, checkDns1123Label(spec.hostname));
  if (spec.subdomain) addInvalid(errors, `${path}.subdomain`, spec.subdomain, checkDns1123Label(spec.subdomain));
}

export function validateHostnameOverride(errors: FieldError[], spec: PodSpec, path: string): void {
  const { hostnameOverride } = spec;
  if (hostnameOverride === undefined) return;
  const overridePath = `${path}.hostnameOverride`;
  if (spec.setHostnameAsFQDN) {
    errors.push(forbiddenField(overridePath, 'may not be specified when setHostnameAsFQDN is true'));
  }
  if (spec.hostNetwork) errors.push(forbiddenField(overridePath, 'may not be specified when hostNetwork is true'));
  if (hostnameOverride.length > 64) errors.push(tooLong(overridePath, 64));
  addInvalid(errors, overridePath, hostnameOverride, checkDns1123Subdomain(hostnameOverride));
}
