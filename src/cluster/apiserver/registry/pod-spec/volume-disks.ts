import type { ISCSIVolumeSource, Volume } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';

/**
 * Volumes that are disks or shares of some storage system, as pods name them directly.
 * Upstream: pkg/apis/core/validation/validation.go
 */
type Source<K extends keyof Volume> = NonNullable<Volume[K]>;
type SourceCheck<K extends keyof Volume> = (errors: FieldError[], source: Source<K>, path: string) => void;

/** Demands that the named fields are there. */
export function requireFields<T extends object>(...fields: readonly (keyof T & string)[]) {
  return (errors: FieldError[], source: T, path: string): void => {
    for (const field of fields) {
      const value = source[field];
      if (!value || (Array.isArray(value) && value.length === 0)) errors.push(required(`${path}.${field}`));
    }
  };
}

const partitionProblem = 'must be between 1 and 255, inclusive';

export const validateGcePersistentDisk: SourceCheck<'gcePersistentDisk'> = (
  errors,
  { pdName, partition = 0 },
  path,
) => {
  if (!pdName) errors.push(required(`${path}.pdName`));
  if (partition < 0 || partition > 255) errors.push(invalid(`${path}.partition`, partition, partitionProblem));
};

export const validateAwsDisk: SourceCheck<'awsElasticBlockStore'> = (errors, { volumeID, partition = 0 }, path) => {
  if (!volumeID) errors.push(required(`${path}.volumeID`));
  if (partition < 0 || partition > 255) errors.push(invalid(`${path}.partition`, partition, partitionProblem));
};

export const validateNfs: SourceCheck<'nfs'> = (errors, nfs, path) => {
  if (!nfs.server) errors.push(required(`${path}.server`));
  if (!nfs.path) errors.push(required(`${path}.path`));
  if (!nfs.path?.startsWith('/')) errors.push(invalid(`${path}.path`, nfs.path ?? '', 'must be an absolute path'));
};

export const validateIscsi: SourceCheck<'iscsi'> = (errors, iscsi, path) => {
  if (!iscsi.targetPortal) errors.push(required(`${path}.targetPortal`));
  if (iscsi.iqn) validateIscsiName(errors, iscsi.iqn, `${path}.iqn`);
  else errors.push(required(`${path}.iqn`));
  validateLun(errors, iscsi.lun ?? 0, `${path}.lun`);
  if (needsSecret(iscsi) && !iscsi.secretRef) errors.push(required(`${path}.secretRef`));
  if (iscsi.initiatorName !== undefined) validateIscsiName(errors, iscsi.initiatorName, `${path}.initiatorname`);
};

export function needsSecret(iscsi: Pick<ISCSIVolumeSource, 'chapAuthDiscovery' | 'chapAuthSession'>): boolean {
  return iscsi.chapAuthDiscovery === true || iscsi.chapAuthSession === true;
}

const iscsiFormats = new Map([
  ['iqn', /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9\-.]+)(:[^,;*&$|\s]+)$/],
  ['eui', /^eui.[a-zA-Z0-9]{16}$/],
  ['naa', /^naa.[a-zA-Z0-9]{32}$/],
]);

export function validateIscsiName(
  errors: FieldError[],
  name: string,
  path: string,
  unknown = 'must be valid format starting with iqn, eui, or naa',
): void {
  const format = iscsiFormats.get(name.slice(0, 3));
  if (!format) errors.push(invalid(path, name, unknown));
  else if (!format.test(name)) errors.push(invalid(path, name, 'must be valid format'));
}

export function validateLun(errors: FieldError[], lun: number, path: string): void {
  if (lun < 0 || lun > 255) errors.push(invalid(path, lun, 'must be between 0 and 255, inclusive'));
}

export const validateFlocker: SourceCheck<'flocker'> = (errors, { datasetName, datasetUUID }, path) => {
  if (!datasetName && !datasetUUID) errors.push(required(path, 'one of datasetName and datasetUUID is required'));
  if (datasetName && datasetUUID) {
    errors.push(invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'));
  }
  if (datasetName?.includes('/')) errors.push(invalid(`${path}.datasetName`, datasetName, "must not contain '/'"));
};

export const validateQuobyte: SourceCheck<'quobyte'> = (errors, { registry, tenant = '', volume }, path) => {
  const problem = 'must be a host:port pair or multiple pairs separated by commas';
  if (!registry) errors.push(required(`${path}.registry`, problem));
  else if (tenant.length >= 65) {
    errors.push(required(`${path}.tenant`, 'must be a UUID and may not exceed a length of 64 characters'));
  } else {
    for (const pair of registry.split(',')) {
      if (!/^(?:[^:[\]]*|\[[^[\]]*\]):[^:[\]]*$/.test(pair))
        errors.push(invalid(`${path}.registry`, registry, problem));
    }
  }
  if (!volume) errors.push(required(`${path}.volume`));
};

export const validateFibreChannel: SourceCheck<'fc'> = (errors, { targetWWNs = [], wwids = [], lun }, path) => {
  const namesPath = `${path}.targetWWNs`;
  if (targetWWNs.length === 0 && wwids.length === 0) {
    errors.push(required(namesPath, 'must specify either targetWWNs or wwids, but not both'));
  }
  if (targetWWNs.length > 0 && wwids.length > 0) {
    errors.push(invalid(namesPath, targetWWNs, 'targetWWNs and wwids can not be specified simultaneously'));
  }
  if (targetWWNs.length === 0) return;
  if (lun === undefined) errors.push(required(`${path}.lun`, 'lun is required if targetWWNs is specified'));
  else validateLun(errors, lun, `${path}.lun`);
};

export const validateFlexVolume: SourceCheck<'flexVolume'> = (errors, { driver, options }, path) => {
  if (!driver) errors.push(required(`${path}.driver`));
  for (const key in options) {
    const domain = `.${key.split('/')[0]!.toLowerCase()}`;
    if (domain.endsWith('.kubernetes.io') || domain.endsWith('.k8s.io')) {
      errors.push(invalid(`${path}.options[${key}]`, key, 'kubernetes.io and k8s.io namespaces are reserved'));
    }
  }
};

export const validateAzureDisk: SourceCheck<'azureDisk'> = (errors, { diskName, diskURI, cachingMode, kind }, path) => {
  if (!diskName) errors.push(required(`${path}.diskName`));
  if (!diskURI) errors.push(required(`${path}.diskURI`));
  if (cachingMode !== undefined && !cachingModes.includes(cachingMode)) {
    errors.push(notSupported(`${path}.cachingMode`, cachingMode, cachingModes));
  }
  if (kind === undefined) return;
  if (!diskKinds.includes(kind)) errors.push(notSupported(`${path}.kind`, kind, diskKinds));
  const form = kind === 'Managed' ? managedDiskForm : blobDiskForm;
  const start = kind === 'Managed' ? '/subscriptions/' : 'https://';
  if (!diskURI?.startsWith(start)) errors.push(notSupported(`${path}.diskURI`, diskURI ?? '', [form]));
};

const cachingModes = ['None', 'ReadOnly', 'ReadWrite'];
const diskKinds = ['Dedicated', 'Managed', 'Shared'];
const managedDiskForm =
  '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const blobDiskForm = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

export const validateStorageOs: SourceCheck<'storageos'> = (errors, source, path) => {
  if (source.volumeName) {
    addInvalid(errors, `${path}.volumeName`, source.volumeName, checkDns1123Label(source.volumeName));
  } else errors.push(required(`${path}.volumeName`));
  if (source.volumeNamespace) {
    addInvalid(errors, `${path}.volumeNamespace`, source.volumeNamespace, checkDns1123Label(source.volumeNamespace));
  }
  if (source.secretRef && !source.secretRef.name) errors.push(required(`${path}.secretRef.name`));
};

export const validateCinder: SourceCheck<'cinder'> = (errors, source, path) => {
  if (!source.volumeID) errors.push(required(`${path}.volumeID`));
  if (source.secretRef && !source.secretRef.name) errors.push(required(`${path}.secretRef.name`));
};

export const validateCsi: SourceCheck<'csi'> = (errors, source, path) => {
  validateCsiDriverName(errors, source.driver ?? '', `${path}.driver`);
  if (!source.nodePublishSecretRef) return;
  const { name } = source.nodePublishSecretRef;
  if (name) addInvalid(errors, `${path}.name`, name, checkDns1123Subdomain(name));
  else errors.push(required(`${path}.nodePublishSecretRef.name`));
};

export function validateCsiDriverName(errors: FieldError[], driver: string, path: string): void {
  if (!driver) errors.push(required(path));
  if (driver.length > 63) errors.push(tooLong(path, 63));
  addInvalid(errors, path, driver, checkDns1123Subdomain(driver.toLowerCase()));
}
