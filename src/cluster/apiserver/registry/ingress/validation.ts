import type { HTTPIngressPath, IngressBackend, IngressRule, IngressSpec } from '../../../../api/generated/types.ts';
import {
  checkDns1035Label,
  checkDns1123Subdomain,
  checkPortName,
  checkPortNumber,
  checkWildcardDns1123Subdomain,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { parseIp } from '../ip-validation.ts';
import { addInvalid } from '../label-validation.ts';
import { validateReference } from './references.ts';

/** Upstream: ValidateIngressSpec in pkg/apis/networking/validation/validation.go */
export function validateIngressSpec(errors: FieldError[], spec: IngressSpec, path: string): void {
  const { rules = [], defaultBackend, tls = [], ingressClassName } = spec;
  if (rules.length === 0 && !defaultBackend) {
    errors.push(invalid(path, spec.rules ?? null, 'either `defaultBackend` or `rules` must be specified'));
  }
  if (defaultBackend) validateBackend(errors, defaultBackend, `${path}.defaultBackend`);
  rules.forEach((rule, at) => {
    validateRule(errors, rule, `${path}.rules[${at}]`);
  });
  tls.forEach(({ hosts = [], secretName }, at) => {
    const itemPath = `${path}.tls[${at}]`;
    hosts.forEach((host, index) => {
      addInvalid(errors, `${itemPath}.hosts[${index}]`, host, checkHost(host));
    });
    if (secretName) addInvalid(errors, `${itemPath}.secretName`, secretName, checkDns1123Subdomain(secretName));
  });
  if (ingressClassName !== undefined) {
    addInvalid(errors, `${path}.ingressClassName`, ingressClassName, checkDns1123Subdomain(ingressClassName));
  }
}

function checkHost(host: string): readonly string[] {
  return host.includes('*') ? checkWildcardDns1123Subdomain(host) : checkDns1123Subdomain(host);
}

function validateRule(errors: FieldError[], { host, http }: IngressRule, path: string): void {
  if (host) {
    if (parseIp(host)) errors.push(invalid(`${path}.host`, host, 'must be a DNS name, not an IP address'));
    addInvalid(errors, `${path}.host`, host, checkHost(host));
  }
  if (!http) return;
  const { paths = [] } = http;
  if (paths.length === 0) errors.push(required(`${path}.http.paths`));
  paths.forEach((item, at) => {
    validatePath(errors, item, `${path}.http.paths[${at}]`);
  });
}

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];
const forbiddenParts = ['//', '/./', '/../', '%2f', '%2F'];
const forbiddenEnds = ['/..', '/.'];

function validatePath(errors: FieldError[], item: HTTPIngressPath, path: string): void {
  const { path: url = '', pathType, backend } = item;
  if (pathType === undefined) {
    errors.push(required(`${path}.pathType`, 'pathType must be specified'));
    return;
  }
  const isLiteral = pathType === 'Exact' || pathType === 'Prefix';
  if (!pathTypes.includes(pathType)) errors.push(notSupported(`${path}.pathType`, pathType, pathTypes));
  else if ((isLiteral || url) && !url.startsWith('/')) {
    errors.push(invalid(`${path}.path`, url, 'must be an absolute path'));
  }
  if (isLiteral) {
    for (const part of forbiddenParts) {
      if (url.includes(part)) errors.push(invalid(`${path}.path`, url, `must not contain '${part}'`));
    }
    for (const end of forbiddenEnds) {
      if (url.endsWith(end)) errors.push(invalid(`${path}.path`, url, `cannot end with '${end}'`));
    }
  }
  validateBackend(errors, backend ?? {}, `${path}.backend`);
}

function validateBackend(errors: FieldError[], { resource, service }: IngressBackend, path: string): void {
  if (resource && service) {
    errors.push(invalid(path, '', 'cannot set both resource and service backends'));
  } else if (resource) {
    validateReference(errors, resource, `${path}.resource`);
  } else if (service) {
    const { name, port = {} } = service;
    if (!name) errors.push(required(`${path}.service.name`));
    else addInvalid(errors, `${path}.service.name`, name, checkDns1035Label(name));
    if (port.name && port.number) errors.push(invalid(path, '', 'cannot set both port name & port number'));
    else if (port.name) addInvalid(errors, `${path}.service.port.name`, port.name, checkPortName(port.name));
    else if (port.number) addInvalid(errors, `${path}.service.port.number`, port.number, checkPortNumber(port.number));
    else errors.push(required(path, 'port name or number is required'));
  } else {
    errors.push(invalid(path, '', 'resource or service backend is required'));
  }
}
