import type { Device, DeviceAttribute, ResourcePool, ResourceSliceSpec } from '../../../../api/generated/types.ts';
import { checkDns1123Subdomain, invalid, required, tooLong, type FieldError } from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import { byteLength } from '../meta-validation.ts';
import { validateCsiDriverName } from '../pod-spec/volume-disks.ts';
import { validateLabelOf, validateSet } from './lists.ts';
import { validateQualifiedName } from './qualified-names.ts';

const maxDevices = 128;
const maxAdvancedDevices = 64;
const maxCounterSets = 8;
const maxProperties = 32;
const maxPoolName = 253;
const maxAttributeBytes = 64;
const semanticVersion =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$/;

/** Upstream: validateResourceSliceSpec in pkg/apis/resource/validation/validation.go */
export function validateSlice(spec: ResourceSliceSpec): readonly FieldError[] {
  const errors: FieldError[] = [];
  validateCsiDriverName(errors, spec.driver ?? '', 'spec.driver');
  validatePool(errors, spec.pool, 'spec.pool');
  validatePlace(errors, spec);
  const { devices = [], sharedCounters = [] } = spec;
  if (spec.devices && spec.sharedCounters) {
    errors.push(invalid('spec', '', 'only one of `sharedCounters` or `devices` is allowed'));
  }
  const isAdvanced = devices.some(({ taints, consumesCounters }) => taints?.length || consumesCounters?.length);
  validateSet(errors, devices, 'spec.devices', isAdvanced ? maxAdvancedDevices : maxDevices, {
    check: (device, path) => validateDevice(errors, device, path, spec.perDeviceNodeSelection === true),
    keyOf: ({ name }) => name,
    key: 'name',
  });
  validateSet(errors, sharedCounters, 'spec.sharedCounters', maxCounterSets, {
    check: ({ name, counters }, path) => {
      validateLabelOf(errors, name, `${path}.name`);
      if (Object.keys(counters ?? {}).length === 0) errors.push(required(`${path}.counters`));
    },
    keyOf: ({ name }) => name,
    key: 'name',
  });
  return errors;
}

function validatePool(errors: FieldError[], pool: ResourcePool, path: string): void {
  const { name = '', resourceSliceCount = 0, generation = 0 } = pool ?? {};
  if (name === '') errors.push(required(`${path}.name`));
  else {
    if (name.length > maxPoolName) errors.push(tooLong(`${path}.name`, maxPoolName));
    for (const part of name.split('/')) addInvalid(errors, `${path}.name`, part, checkDns1123Subdomain(part));
  }
  if (resourceSliceCount <= 0) {
    errors.push(invalid(`${path}.resourceSliceCount`, resourceSliceCount, 'must be greater than zero'));
  }
  if (generation < 0) {
    errors.push(invalid(`${path}.generation`, generation, 'must be greater than or equal to zero'));
  }
}

const onePlace = 'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required';

function validatePlace(errors: FieldError[], spec: ResourceSliceSpec): void {
  const { nodeName, nodeSelector, allNodes, perDeviceNodeSelection } = spec;
  if (nodeName === '') {
    errors.push(invalid('spec.nodeName', nodeName, 'must be either unset or set to a non-empty string'));
  } else if (nodeName) addInvalid(errors, 'spec.nodeName', nodeName, checkDns1123Subdomain(nodeName));
  if (nodeSelector && nodeSelector.nodeSelectorTerms?.length !== 1) {
    const path = 'spec.nodeSelector.nodeSelectorTerms';
    errors.push(invalid(path, nodeSelector.nodeSelectorTerms, 'must have exactly one node selector term'));
  }
  for (const [field, value] of Object.entries({ allNodes, perDeviceNodeSelection })) {
    if (value === false) errors.push(invalid(`spec.${field}`, value, 'must be either unset or set to true'));
  }
  const given = Object.entries({ nodeName, nodeSelector, allNodes, perDeviceNodeSelection })
    .filter(([, value]) => value)
    .map(([field]) => `\`${field}\``);
  if (given.length === 0) errors.push(required('spec', onePlace));
  if (given.length > 1) {
    errors.push(invalid('spec', `{${given.join(', ')}}`, `${onePlace}, but multiple fields are set`));
  }
}

function validateDevice(errors: FieldError[], device: Device, path: string, choosesNode: boolean): void {
  const { name, attributes = {}, capacity = {} } = device;
  validateLabelOf(errors, name, `${path}.name`);
  const count = Object.keys(attributes).length + Object.keys(capacity).length;
  if (count > maxProperties) {
    errors.push(invalid(path, count, `the total number of attributes and capacities must not exceed ${maxProperties}`));
  }
  for (const [key, attribute] of Object.entries(attributes)) {
    validateQualifiedName(errors, key, `${path}.attributes`);
    validateAttribute(errors, attribute, `${path}.attributes[${key}]`);
  }
  for (const key of Object.keys(capacity)) validateQualifiedName(errors, key, `${path}.capacity`);
  const places = [device.nodeName, device.nodeSelector, device.allNodes].filter((place) => place !== undefined);
  if (!choosesNode && places.length > 0) {
    const detail =
      '`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec';
    errors.push(invalid(path, null, detail));
  }
  if (choosesNode && places.length === 0) {
    const detail =
      'exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec';
    errors.push(required(path, detail));
  }
}

function validateAttribute(errors: FieldError[], attribute: DeviceAttribute, path: string): void {
  const { string, version } = attribute;
  if (string !== undefined && byteLength(string) > maxAttributeBytes) {
    errors.push(tooLong(`${path}.string`, maxAttributeBytes));
  }
  if (version !== undefined) {
    const detail = 'must be a string compatible with semver.org spec 2.0.0';
    if (!semanticVersion.test(version)) errors.push(invalid(`${path}.version`, version, detail));
    if (byteLength(version) > maxAttributeBytes) errors.push(tooLong(`${path}.version`, maxAttributeBytes));
  }
  const count = [attribute.bool, attribute.int, string, version].filter((value) => value !== undefined).length;
  if (count !== 1) errors.push(invalid(path, count === 0 ? '' : attribute, 'exactly one value must be specified'));
}
