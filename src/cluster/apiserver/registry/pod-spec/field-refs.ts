import type { ObjectFieldSelector, ResourceFieldSelector } from '../../../../api/generated/types.ts';
import {
  canonicalQuantity,
  checkQualifiedName,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';

/** The downward API: which fields of a pod its containers may be told. */
export const volumeFieldPaths = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];
export const envFieldPaths = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** What the API calls by name at all; which of them suit depends on where they are asked for. */
const knownFieldPaths = new Set([
  ...volumeFieldPaths,
  ...envFieldPaths,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]);

export function validateFieldRef(
  errors: FieldError[],
  reference: ObjectFieldSelector,
  allowed: readonly string[],
  path: string,
): void {
  const { apiVersion, fieldPath } = reference;
  if (!apiVersion) {
    errors.push(required(`${path}.apiVersion`));
    return;
  }
  if (!fieldPath) {
    errors.push(required(`${path}.fieldPath`));
    return;
  }
  const refuse = (why: string): void => {
    errors.push(invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${why}`));
  };
  if (apiVersion !== 'v1') return refuse(`unsupported pod version: ${apiVersion}`);

  const subscripted = splitSubscript(fieldPath);
  if (subscripted) {
    const { field, key } = subscripted;
    if (field === 'metadata.annotations')
      addInvalid(errors, path, key.toLowerCase(), checkQualifiedName(key.toLowerCase()));
    else if (field === 'metadata.labels') addInvalid(errors, path, key, checkQualifiedName(key));
    else refuse(`field label does not support subscript: ${fieldPath}`);
    return;
  }
  // Clients older than v1 called the node `spec.host`.
  const field = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
  if (!knownFieldPaths.has(field)) return refuse(`field label not supported: ${fieldPath}`);
  if (!allowed.includes(field)) errors.push(notSupported(`${path}.fieldPath`, field, allowed));
}

/** `metadata.labels['app']` */
export function splitSubscript(fieldPath: string): { readonly field: string; readonly key: string } | undefined {
  if (!fieldPath.endsWith("']")) return undefined;
  const at = fieldPath.indexOf("['");
  return at > 0 ? { field: fieldPath.slice(0, at), key: fieldPath.slice(at + 2, -2) } : undefined;
}

const resources = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const hugePages = /^(?:requests|limits)\.hugepages-/;

export function validateResourceFieldRef(
  errors: FieldError[],
  reference: ResourceFieldSelector,
  path: string,
  { isVolume }: { readonly isVolume: boolean },
): void {
  const resource = reference.resource ?? '';
  if (isVolume && !reference.containerName) errors.push(required(`${path}.containerName`));
  else if (!resource) errors.push(required(`${path}.resource`));
  else if (!resources.includes(resource) && !hugePages.test(resource)) {
    errors.push(notSupported(`${path}.resource`, resource, resources));
  }
  validateDivisor(errors, resource, reference.divisor, `${path}.divisor`);
}

const cpuDivisors = ['1m', '1'];
const byteDivisors = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

function validateDivisor(errors: FieldError[], resource: string, divisor: string | undefined, path: string): void {
  if (divisor === undefined) return;
  const text = canonicalQuantity(String(divisor));
  if (text === '0') return;
  const bytesOf = (what: string): void => {
    if (byteDivisors.includes(text)) return;
    const detail = `only divisor's values ${byteDivisors.join(', ')} are supported with the ${what} resource`;
    errors.push(invalid(path, resource, detail));
  };
  if (resource.endsWith('.cpu') && resources.includes(resource)) {
    if (!cpuDivisors.includes(text)) {
      errors.push(invalid(path, resource, "only divisor's values 1m and 1 are supported with the cpu resource"));
    }
  } else if (resource.endsWith('.memory')) bytesOf('memory');
  else if (resource.endsWith('.ephemeral-storage')) bytesOf('local ephemeral storage');
  else if (hugePages.test(resource)) bytesOf('hugepages');
}
