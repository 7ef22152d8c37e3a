import type {
  ConfigMapVolumeSource,
  DownwardAPIVolumeFile,
  DownwardAPIVolumeSource,
  HostPathVolumeSource,
  KeyToPath,
  SecretVolumeSource,
} from '../../../../api/generated/types.ts';
import { invalid, notSupported, required, type FieldError } from '../../../../api/index.ts';
import { validateFileMode, validateLocalNonReservedPath, validateNoBacksteps } from './local-paths.ts';
import { validateFieldRef, validateResourceFieldRef, volumeFieldPaths } from './field-refs.ts';

/** Volumes that show objects of the API, or a directory of the node, as files. */
export function validateSecretVolume(errors: FieldError[], source: SecretVolumeSource, path: string): void {
  if (!source.secretName) errors.push(required(`${path}.secretName`));
  validateFileMode(errors, source.defaultMode, `${path}.defaultMode`);
  source.items?.forEach((item, at) => validateKeyToPath(errors, item, `${path}.items[${at}]`));
}

export function validateConfigMapVolume(errors: FieldError[], source: ConfigMapVolumeSource, path: string): void {
  if (!source.name) errors.push(required(`${path}.name`));
  validateFileMode(errors, source.defaultMode, `${path}.defaultMode`);
  source.items?.forEach((item, at) => validateKeyToPath(errors, item, `${path}.items[${at}]`));
}

export function validateKeyToPath(errors: FieldError[], item: KeyToPath, path: string): void {
  if (!item.key) errors.push(required(`${path}.key`));
  if (!item.path) errors.push(required(`${path}.path`));
  validateLocalNonReservedPath(errors, item.path ?? '', `${path}.path`);
  validateFileMode(errors, item.mode, `${path}.mode`);
}

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

export function validateHostPath(errors: FieldError[], source: HostPathVolumeSource, path: string): void {
  if (!source.path) {
    errors.push(required(`${path}.path`));
    return;
  }
  validateNoBacksteps(errors, source.path, `${path}.path`);
  if (source.type !== undefined && !hostPathTypes.includes(source.type)) {
    errors.push(notSupported(`${path}.type`, source.type, hostPathTypes));
  }
}

export function validateDownwardApiVolume(errors: FieldError[], source: DownwardAPIVolumeSource, path: string): void {
  validateFileMode(errors, source.defaultMode, `${path}.defaultMode`);
  for (const file of source.items ?? []) validateDownwardApiFile(errors, file, path);
}

export function validateDownwardApiFile(errors: FieldError[], file: DownwardAPIVolumeFile, path: string): void {
  if (!file.path) errors.push(required(`${path}.path`));
  validateLocalNonReservedPath(errors, file.path ?? '', `${path}.path`);
  if (file.fieldRef) {
    validateFieldRef(errors, file.fieldRef, volumeFieldPaths, `${path}.fieldRef`);
    if (file.resourceFieldRef) {
      errors.push(invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
    }
  } else if (file.resourceFieldRef) {
    validateResourceFieldRef(errors, file.resourceFieldRef, `${path}.resourceFieldRef`, { isVolume: true });
  } else errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
  validateFileMode(errors, file.mode, `${path}.mode`);
}
