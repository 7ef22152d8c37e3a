import type { Container, Volume, VolumeMount } from '../../../../api/generated/types.ts';
import {
  forbiddenField,
  invalid,
  notFoundField,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { hasBacksteps, validateLocalDescendingPath } from './local-paths.ts';

/** Where a container sees the pod's volumes. Upstream: ValidateVolumeMounts and ValidateVolumeDevices */
export function validateVolumeMounts(
  errors: FieldError[],
  container: Container,
  volumes: ReadonlyMap<string, Volume>,
  path: string,
): void {
  const { volumeMounts, volumeDevices = [] } = container;
  if (!volumeMounts) return;
  const mountPaths = new Set<string>();
  volumeMounts.forEach((mount, at) => {
    const itemPath = `${path}[${at}]`;
    const { name = '', mountPath = '' } = mount;
    if (!name) errors.push(required(`${itemPath}.name`));
    if (!volumes.has(name)) errors.push(notFoundField(`${itemPath}.name`, name));
    if (!mountPath) errors.push(required(`${itemPath}.mountPath`));
    if (mountPaths.has(mountPath)) errors.push(invalid(`${itemPath}.mountPath`, mountPath, 'must be unique'));
    mountPaths.add(mountPath);
    if (volumeDevices.some((device) => device.name === name)) {
      errors.push(invalid(`${itemPath}.name`, name, 'must not already exist in volumeDevices'));
    }
    if (volumeDevices.some((device) => device.devicePath === mountPath)) {
      const detail = 'must not already exist as a path in volumeDevices';
      errors.push(invalid(`${itemPath}.mountPath`, mountPath, detail));
    }
    validateSubPath(errors, mount, path, itemPath);
    validateMountModes(errors, mount, container, path);
  });
}

// Some of these errors name the list instead of the item, as upstream's do.
function validateSubPath(errors: FieldError[], mount: VolumeMount, path: string, itemPath: string): void {
  const { subPath, subPathExpr } = mount;
  if (subPath) validateLocalDescendingPath(errors, subPath, `${path}.subPath`);
  if (!subPathExpr) return;
  if (subPath) {
    errors.push(invalid(`${itemPath}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
  }
  validateLocalDescendingPath(errors, subPathExpr, `${path}.subPathExpr`);
}

const propagations = ['Bidirectional', 'HostToContainer', 'None'];
const recursions = ['Disabled', 'Enabled', 'IfPossible'];

function validateMountModes(errors: FieldError[], mount: VolumeMount, container: Container, path: string): void {
  const { mountPropagation, recursiveReadOnly, readOnly } = mount;
  if (mountPropagation !== undefined) {
    if (!propagations.includes(mountPropagation)) {
      errors.push(notSupported(`${path}.mountPropagation`, mountPropagation, propagations));
    }
    if (mountPropagation === 'Bidirectional' && container.securityContext?.privileged !== true) {
      const detail = 'Bidirectional mount propagation is available only to privileged containers';
      errors.push(forbiddenField(`${path}.mountPropagation`, detail));
    }
  }
  if (recursiveReadOnly === undefined || recursiveReadOnly === 'Disabled') return;
  const recursivePath = `${path}.recursiveReadOnly`;
  if (!recursions.includes(recursiveReadOnly)) {
    errors.push(notSupported(recursivePath, recursiveReadOnly, recursions));
    return;
  }
  if (!readOnly) errors.push(forbiddenField(recursivePath, 'may only be specified when readOnly is true'));
  if (mountPropagation !== undefined && mountPropagation !== 'None') {
    const detail = 'may only be specified when mountPropagation is None or not specified';
    errors.push(forbiddenField(recursivePath, detail));
  }
}

export function validateVolumeDevices(
  errors: FieldError[],
  container: Container,
  volumes: ReadonlyMap<string, Volume>,
  path: string,
): void {
  const { volumeDevices, volumeMounts = [] } = container;
  if (!volumeDevices) return;
  const paths = new Set<string>();
  const names = new Set<string>();
  volumeDevices.forEach(({ name = '', devicePath = '' }, at) => {
    const namePath = `${path}[${at}].name`;
    const devicePathPath = `${path}[${at}].devicePath`;
    const volume = volumes.get(name);
    if (!name) errors.push(required(namePath));
    if (names.has(name)) errors.push(invalid(namePath, name, 'must be unique'));
    if (!volume) errors.push(notFoundField(namePath, name));
    else if (!volume.persistentVolumeClaim && !volume.ephemeral) {
      const detail = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
      errors.push(invalid(namePath, name, detail));
    }
    if (!devicePath) errors.push(required(devicePathPath));
    if (paths.has(devicePath)) errors.push(invalid(devicePathPath, devicePath, 'must be unique'));
    if (hasBacksteps(devicePath)) {
      errors.push(invalid(devicePathPath, devicePath, "can not contain backsteps ('..')"));
    } else paths.add(devicePath);
    if (volumeMounts.some((mount) => mount.name === name)) {
      errors.push(invalid(namePath, name, 'must not already exist in volumeMounts'));
    }
    if (volumeMounts.some((mount) => mount.mountPath === devicePath)) {
      errors.push(invalid(devicePathPath, devicePath, 'must not already exist as a path in volumeMounts'));
    }
    if (name) names.add(name);
  });
}
