import type { ContainerResizePolicy, ResourceClaim, ResourceRequirements } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  duplicate,
  forbiddenField,
  invalid,
  notFoundField,
  notSupported,
  parseQuantity,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import {
  hugePagesProblem,
  isHugePages,
  isOvercommitAllowed,
  validateContainerResourceName,
  validateQuantityValue,
} from '../resource-quantities.ts';

/** Requests and limits. Upstream: validateResourceRequirements */
type NameCheck = (errors: FieldError[], name: string, path: string) => void;

export function validateResources(
  errors: FieldError[],
  resources: ResourceRequirements | undefined,
  path: string,
  claimNames: ReadonlySet<string>,
  checkName: NameCheck = validateContainerResourceName,
): void {
  if (!resources) return;
  const { limits = {}, requests = {}, claims } = resources;
  for (const name in limits) validateAmount(errors, name, limits[name]!, `${path}.limits[${name}]`, checkName);
  for (const name in requests) {
    validateAmount(errors, name, requests[name]!, `${path}.requests[${name}]`, checkName);
    validateRequest(errors, name, requests[name]!, limits[name], path);
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory')) {
    errors.push(forbiddenField(path, 'HugePages require cpu or memory'));
  }
  if (claims) validateClaims(errors, claims, `${path}.claims`, claimNames);
}

function validateAmount(errors: FieldError[], name: string, amount: string, path: string, checkName: NameCheck): void {
  checkName(errors, name, path);
  validateQuantityValue(errors, name, amount, path);
  if (!isHugePages(name)) return;
  const problem = hugePagesProblem(name, amount);
  if (problem) errors.push(invalid(path, amount, problem));
}

function validateRequest(
  errors: FieldError[],
  name: string,
  request: string,
  limit: string | undefined,
  path: string,
): void {
  const mayDiffer = isOvercommitAllowed(name);
  if (limit === undefined) {
    if (!mayDiffer) errors.push(required(`${path}.limits`, 'Limit must be set for non overcommitable resources'));
    return;
  }
  const excess = parseQuantity(request).nano - parseQuantity(limit).nano;
  if (excess !== 0n && !mayDiffer) {
    errors.push(invalid(`${path}.requests`, request, `must be equal to ${name} limit of ${limit}`));
  } else if (excess > 0n) {
    errors.push(invalid(`${path}.requests`, request, `must be less than or equal to ${name} limit of ${limit}`));
  }
}

function validateClaims(
  errors: FieldError[],
  claims: readonly ResourceClaim[],
  path: string,
  claimNames: ReadonlySet<string>,
): void {
  const seen = new Set<string>();
  claims.forEach(({ name = '', request }, at) => {
    const itemPath = `${path}[${at}]`;
    if (!name) errors.push(required(itemPath));
    else if (seen.has(name)) errors.push(duplicate(itemPath, name));
    else {
      if (request) addInvalid(errors, `${itemPath}.request`, request, checkDns1123Label(request));
      const key = request ? `${name}/${request}` : name;
      if (seen.has(key)) errors.push(duplicate(itemPath, key));
      else if (!request) {
        for (const other of seen) if (other.startsWith(`${name}/`)) errors.push(duplicate(itemPath, name));
      }
      seen.add(key);
    }
    if (!name || claimNames.has(name)) return;
    const known = claimNames.size === 0 ? ' which is empty' : `: ${[...claimNames].toSorted().join(', ')}`;
    const error = notFoundField(itemPath, name);
    errors.push({ ...error, body: `${error.body}: must be one of the names in pod.spec.resourceClaims${known}` });
  });
}

const resizable = ['cpu', 'memory'];
const resizePolicies = ['NotRequired', 'RestartContainer'];

export function validateResizePolicies(
  errors: FieldError[],
  policies: readonly ContainerResizePolicy[] | undefined,
  path: string,
  podRestartPolicy: string | undefined,
): void {
  const seen = new Set<string>();
  policies?.forEach(({ resourceName = '', restartPolicy = '' }, at) => {
    if (seen.has(resourceName)) errors.push(duplicate(`${path}[${at}]`, resourceName));
    seen.add(resourceName);
    if (!resourceName) errors.push(required(path));
    else if (!resizable.includes(resourceName)) errors.push(notSupported(path, resourceName, resizable));
    if (!restartPolicy) errors.push(required(path));
    else if (!resizePolicies.includes(restartPolicy)) errors.push(notSupported(path, restartPolicy, resizePolicies));
    if (podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      const detail = "must be 'NotRequired' when `restartPolicy` is 'Never'";
      errors.push(invalid(path, restartPolicy, detail));
    }
  });
}
