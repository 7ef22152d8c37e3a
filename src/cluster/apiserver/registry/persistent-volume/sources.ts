import type { ObjectReference, PersistentVolumeSpec, SecretReference } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  forbiddenField,
  invalid,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import { validateNoBacksteps } from '../pod-spec/local-paths.ts';
import {
  needsSecret,
  requireFields,
  validateAwsDisk,
  validateAzureDisk,
  validateCsiDriverName,
  validateFibreChannel,
  validateFlexVolume,
  validateFlocker,
  validateGcePersistentDisk,
  validateIscsiName,
  validateLun,
  validateNfs,
  validateQuobyte,
} from '../pod-spec/volume-disks.ts';
import { validateHostPath } from '../pod-spec/volume-files.ts';

/** Exactly one kind of storage. Upstream: ValidatePersistentVolumeSpec in pkg/apis/core/validation/validation.go */
export function validateVolumeSource(
  errors: FieldError[],
  spec: PersistentVolumeSpec,
  volumeName: string,
  path: string,
): void {
  let count = 0;
  for (const { field, refusedAs = field, isAlwaysChecked, check } of sources) {
    if (!spec[field]) continue;
    count += 1;
    if (count === 1 || isAlwaysChecked) check(errors, spec, path, volumeName);
    else errors.push(forbiddenField(`${path}.${refusedAs}`, 'may not specify more than 1 volume type'));
  }
  if (count === 0) errors.push(required(path, 'must specify a volume type'));
}

interface SourceRule {
  readonly field: keyof PersistentVolumeSpec;
  /** The name that upstream calls it in one of the errors. */
  readonly refusedAs?: string;
  readonly isAlwaysChecked?: boolean;
  check(errors: FieldError[], spec: PersistentVolumeSpec, parent: string, volumeName: string): void;
}

function source<K extends keyof PersistentVolumeSpec>(
  field: K,
  check: (
    errors: FieldError[],
    value: NonNullable<PersistentVolumeSpec[K]>,
    path: string,
    spec: PersistentVolumeSpec,
    volumeName: string,
  ) => void,
  { path = field as string, ...rest }: Partial<SourceRule> & { readonly path?: string } = {},
): SourceRule {
  return {
    field,
    ...rest,
    check: (errors, spec, parent, volumeName) => check(errors, spec[field]!, `${parent}.${path}`, spec, volumeName),
  };
}

/** In upstream's order: of two sources the later one is refused. */
const sources: readonly SourceRule[] = [
  source('hostPath', validateHostPath),
  source('gcePersistentDisk', validateGcePersistentDisk, { path: 'persistentDisk' }),
  source('awsElasticBlockStore', validateAwsDisk),
  source('glusterfs', (errors, glusterfs, path) => {
    requireFields('endpoints', 'path')(errors, glusterfs as never, path);
    const { endpointsNamespace: namespace } = glusterfs;
    const namespacePath = `${path}.endpointsNamespace`;
    if (namespace === '') {
      const detail = 'if the endpointnamespace is set, it must be a valid namespace name';
      errors.push(invalid(namespacePath, namespace, detail));
    } else if (namespace) {
      addInvalid(errors, namespacePath, namespace, checkDns1123Label(namespace));
    }
  }),
  source('flocker', validateFlocker),
  source('nfs', validateNfs),
  source('rbd', requireFields('monitors', 'image')),
  source('quobyte', validateQuobyte),
  source('cephfs', requireFields('monitors'), { refusedAs: 'cephFS' }),
  source('iscsi', (errors, iscsi, path, _spec, volumeName) => {
    const { targetPortal, iqn, initiatorName, secretRef } = iscsi;
    if (!targetPortal) errors.push(required(`${path}.targetPortal`));
    if (initiatorName !== undefined && `${volumeName}:${targetPortal}`.length > 64) {
      const detail =
        'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
      errors.push(invalid(`${path}.targetportal`, targetPortal, detail));
    }
    if (iqn) validateIscsiName(errors, iqn, `${path}.iqn`, 'must be valid format');
    else errors.push(required(`${path}.iqn`));
    validateLun(errors, iscsi.lun ?? 0, `${path}.lun`);
    if (needsSecret(iscsi) && !secretRef) errors.push(required(`${path}.secretRef`));
    if (secretRef && !secretRef.name) errors.push(required(`${path}.secretRef.name`));
    if (initiatorName === undefined) return;
    validateIscsiName(errors, initiatorName, `${path}.initiatorname`, 'must be valid format');
  }),
  source('cinder', (errors, { volumeID, secretRef }, path) => {
    if (!volumeID) errors.push(required(`${path}.volumeID`));
    requireReference(errors, secretRef, `${path}.secretRef`);
  }),
  source('fc', validateFibreChannel),
  source('flexVolume', validateFlexVolume, { isAlwaysChecked: true }),
  source('azureFile', (errors, azureFile, path) => {
    requireFields('secretName', 'shareName')(errors, azureFile as never, path);
    if (azureFile.secretNamespace === '') errors.push(required(`${path}.secretNamespace`));
  }),
  source('vsphereVolume', requireFields('volumePath')),
  source('photonPersistentDisk', requireFields('pdID')),
  source('portworxVolume', requireFields('volumeID')),
  source('azureDisk', validateAzureDisk),
  source('scaleIO', requireFields('gateway', 'system', 'volumeName')),
  source('local', (errors, local, path, spec) => {
    if (local.path) validateNoBacksteps(errors, local.path, `${path}.path`);
    else errors.push(required(`${path}.path`));
    if (spec.nodeAffinity) return;
    const parent = path.slice(0, path.lastIndexOf('.'));
    errors.push(required(`${parent}.nodeAffinity`, 'Local volume requires node affinity'));
  }),
  source('storageos', (errors, { volumeName, volumeNamespace, secretRef }, path) => {
    if (volumeName) addInvalid(errors, `${path}.volumeName`, volumeName, checkDns1123Label(volumeName));
    else errors.push(required(`${path}.volumeName`));
    if (volumeNamespace) {
      addInvalid(errors, `${path}.volumeNamespace`, volumeNamespace, checkDns1123Label(volumeNamespace));
    }
    requireReference(errors, secretRef, `${path}.secretRef`);
  }),
  source('csi', (errors, csi, path) => {
    validateCsiDriverName(errors, csi.driver ?? '', `${path}.driver`);
    if (!csi.volumeHandle) errors.push(required(`${path}.volumeHandle`));
    for (const field of csiSecrets) validateSecretReference(errors, csi[field], `${path}.${field}`);
  }),
];

const csiSecrets = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
] as const;

/** Which field of a volume says what kind it is. */
export const volumeSourceFields: readonly (keyof PersistentVolumeSpec)[] = sources.map(({ field }) => field);

function requireReference(
  errors: FieldError[],
  reference: SecretReference | ObjectReference | undefined,
  path: string,
): void {
  if (!reference) return;
  if (!reference.name) errors.push(required(`${path}.name`));
  if (!reference.namespace) errors.push(required(`${path}.namespace`));
}

function validateSecretReference(errors: FieldError[], reference: SecretReference | undefined, path: string): void {
  if (!reference) return;
  const { name, namespace } = reference;
  if (name) addInvalid(errors, `${path}.name`, name, checkDns1123Subdomain(name));
  else errors.push(required(`${path}.name`));
  if (namespace) addInvalid(errors, `${path}.namespace`, namespace, checkDns1123Label(namespace));
  else errors.push(required(`${path}.namespace`));
}
