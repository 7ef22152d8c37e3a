import type {
  DeviceClaim,
  DeviceConstraint,
  DeviceRequest,
  DeviceSelector,
  DeviceToleration,
  ExactDeviceRequest,
  OpaqueDeviceConfiguration,
} from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  checkLabelValue,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid, validateLabelName } from '../label-validation.ts';
import { byteLength } from '../meta-validation.ts';
import { validateCsiDriverName } from '../pod-spec/volume-disks.ts';
import { validateItems, validateLabelOf, validateSet } from './lists.ts';
import { validateFullyQualifiedName } from './qualified-names.ts';

export const maxSelectors = 32;
export const maxConfigurations = 32;
const maxRequests = 32;
const maxConstraints = 32;
const maxAlternatives = 8;
const maxTolerations = 16;
const maxExpressionBytes = 10 * 1024;

/** `gpu`, and `gpu/large` for one of several alternatives. */
type RequestNames = ReadonlySet<string>;

/**
 * What a pod asks for in the way of devices.
 * Upstream: validateDeviceClaim in pkg/apis/resource/validation/validation.go
 * Differs: whether the CEL expression of a device selector compiles is not checked.
 */
export function validateDeviceClaim(errors: FieldError[], claim: DeviceClaim = {}, path: string): void {
  const { requests = [], constraints = [], config = [] } = claim;
  const names = requestNamesOf(requests);
  validateSet(errors, requests, `${path}.requests`, maxRequests, {
    check: (request, at) => validateRequest(errors, request, at),
    keyOf: ({ name }) => name,
    key: 'name',
  });
  validateItems(errors, constraints, `${path}.constraints`, maxConstraints, (constraint, at) =>
    validateConstraint(errors, constraint, at, names),
  );
  validateItems(errors, config, `${path}.config`, maxConfigurations, (item, at) => {
    validateNames(errors, item.requests, `${at}.requests`, names);
    validateConfiguration(errors, item, at);
  });
}

function requestNamesOf(requests: readonly DeviceRequest[]): RequestNames {
  return new Set(
    requests.flatMap(({ name, firstAvailable = [] }) => [name, ...firstAvailable.map((one) => `${name}/${one.name}`)]),
  );
}

const oneRequired = 'exactly one of `exactly` or `firstAvailable` is required';

function validateRequest(errors: FieldError[], request: DeviceRequest, path: string): void {
  const { name, exactly, firstAvailable = [] } = request;
  validateLabelOf(errors, name, `${path}.name`);
  if (!exactly && firstAvailable.length === 0) errors.push(required(path, oneRequired));
  else if (exactly && firstAvailable.length > 0) {
    errors.push(invalid(path, null, `${oneRequired}, but multiple fields are set`));
  } else if (exactly) validateExact(errors, exactly, `${path}.exactly`);
  else {
    validateSet(errors, firstAvailable, `${path}.firstAvailable`, maxAlternatives, {
      check: (alternative, at) => {
        validateLabelOf(errors, alternative.name, `${at}.name`);
        validateExact(errors, alternative, at);
      },
      keyOf: (alternative) => alternative.name,
      key: 'name',
    });
  }
}

function validateExact(errors: FieldError[], request: ExactDeviceRequest, path: string): void {
  const { deviceClassName, selectors = [], allocationMode = '', count = 0, tolerations = [] } = request;
  const classPath = `${path}.deviceClassName`;
  if (!deviceClassName) errors.push(required(classPath));
  else addInvalid(errors, classPath, deviceClassName, checkDns1123Subdomain(deviceClassName));
  validateSelectors(errors, selectors, `${path}.selectors`);
  if (allocationMode === 'All') {
    if (count !== 0) errors.push(invalid(`${path}.count`, count, "must not be specified when allocationMode is 'All'"));
  } else if (allocationMode === 'ExactCount') {
    if (count <= 0) errors.push(invalid(`${path}.count`, count, 'must be greater than zero'));
  } else errors.push(notSupported(`${path}.allocationMode`, allocationMode, ['All', 'ExactCount']));
  validateItems(errors, tolerations, `${path}.tolerations`, maxTolerations, (toleration, at) =>
    validateToleration(errors, toleration, at),
  );
}

const effects = ['NoExecute', 'NoSchedule'];

function validateToleration(errors: FieldError[], toleration: DeviceToleration, path: string): void {
  const { key, operator = '', value = '', effect } = toleration;
  if (key) validateLabelName(errors, key, `${path}.key`);
  if (operator === 'Exists') {
    if (value) errors.push(invalid(`${path}.value`, value, 'must be empty for operator `Exists`'));
  } else if (operator === 'Equal') addInvalid(errors, `${path}.value`, value, checkLabelValue(value));
  else if (operator === '') errors.push(required(`${path}.operator`));
  else errors.push(notSupported(`${path}.operator`, operator, ['Equal', 'Exists']));
  if (effect && !effects.includes(effect)) errors.push(notSupported(`${path}.effect`, effect, effects));
}

export function validateSelectors(errors: FieldError[], selectors: readonly DeviceSelector[], path: string): void {
  validateItems(errors, selectors, path, maxSelectors, ({ cel }, at) => {
    if (!cel) errors.push(required(`${at}.cel`));
    else if (byteLength(cel.expression ?? '') > maxExpressionBytes) {
      errors.push(tooLong(`${at}.cel.expression`, maxExpressionBytes));
    }
  });
}

function validateConstraint(
  errors: FieldError[],
  { requests, matchAttribute, distinctAttribute }: DeviceConstraint,
  path: string,
  names: RequestNames,
): void {
  validateNames(errors, requests, `${path}.requests`, names);
  if (matchAttribute !== undefined) validateFullyQualifiedName(errors, matchAttribute, `${path}.matchAttribute`);
  else if (distinctAttribute === undefined) errors.push(required(`${path}.matchAttribute`));
}

const unknownName =
  "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

function validateNames(
  errors: FieldError[],
  given: readonly string[] | undefined,
  path: string,
  names: RequestNames,
): void {
  const check = (name: string, at: string): void => {
    const segments = name.split('/');
    if (segments.length <= 2) {
      for (const segment of segments) addInvalid(errors, at, segment, checkDns1123Label(segment));
    }
    if (!names.has(name)) errors.push(invalid(at, name, unknownName));
  };
  validateSet(errors, given ?? [], path, maxRequests, { check, keyOf: (name) => name });
}

export function validateConfiguration(
  errors: FieldError[],
  { opaque }: { readonly opaque?: OpaqueDeviceConfiguration },
  path: string,
): void {
  if (!opaque) {
    errors.push(required(`${path}.opaque`));
    return;
  }
  validateCsiDriverName(errors, opaque.driver ?? '', `${path}.opaque.driver`);
  const { parameters } = opaque;
  if (parameters === undefined || parameters === null) errors.push(required(`${path}.opaque.parameters`));
  else if (typeof parameters !== 'object' || Array.isArray(parameters)) {
    errors.push(invalid(`${path}.opaque.parameters`, '<value omitted>', 'must be a valid JSON object'));
  } else if (byteLength(JSON.stringify(parameters)) > maxExpressionBytes) {
    errors.push(tooLong(`${path}.opaque.parameters`, maxExpressionBytes));
  }
}
