import type { Volume } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  duplicate,
  forbiddenField,
  goQuote,
  invalid,
  parseQuantity,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import { validateClaimTemplate } from './claim-templates.ts';
import { validatePullPolicy } from './images.ts';
import { validateLocalDescendingPath } from './local-paths.ts';
import type { PodSpecContext } from './pod-spec-context.ts';
import { validateProjectedVolume } from './projected-volumes.ts';
import {
  requireFields,
  validateAwsDisk,
  validateAzureDisk,
  validateCinder,
  validateCsi,
  validateFibreChannel,
  validateFlexVolume,
  validateFlocker,
  validateGcePersistentDisk,
  validateIscsi,
  validateNfs,
  validateQuobyte,
  validateStorageOs,
} from './volume-disks.ts';
import {
  validateConfigMapVolume,
  validateDownwardApiVolume,
  validateHostPath,
  validateSecretVolume,
} from './volume-files.ts';

/**
 * The volumes of a pod. Answers with those that are well-formed, by name: containers may mount no others.
 * Upstream: ValidateVolumes in pkg/apis/core/validation/validation.go
 */
export function validateVolumes(
  errors: FieldError[],
  volumes: readonly Volume[] | undefined,
  path: string,
  context: PodSpecContext,
): ReadonlyMap<string, Volume> {
  if (!volumes || volumes.length === 0) return noVolumes;
  const named = new Map<string, Volume>();
  const created = claimsCreatedFor(volumes, context.podName);
  volumes.forEach((volume, at) => {
    const itemPath = `${path}[${at}]`;
    const before = errors.length;
    validateVolumeSource(errors, volume, itemPath, context);
    if (volume.name) addInvalid(errors, `${itemPath}.name`, volume.name, checkDns1123Label(volume.name));
    else errors.push(required(`${itemPath}.name`));
    if (named.has(volume.name)) errors.push(duplicate(`${itemPath}.name`, volume.name));
    if (errors.length === before) named.set(volume.name, volume);

    const claimName = volume.persistentVolumeClaim?.claimName;
    if (claimName !== undefined && created.has(claimName)) {
      const detail = 'must not reference a PVC that gets created for an ephemeral volume';
      errors.push(invalid(`${itemPath}.persistentVolumeClaim.claimName`, claimName, detail));
    }
  });
  return named;
}

const noVolumes: ReadonlyMap<string, Volume> = new Map();

function claimsCreatedFor(volumes: readonly Volume[], podName: string | undefined): ReadonlySet<string> {
  const ephemeral = podName ? volumes.filter((volume) => volume.ephemeral) : [];
  return new Set(ephemeral.map((volume) => `${podName}-${volume.name}`));
}

type SourceCheck = (errors: FieldError[], volume: Volume, path: string, context: PodSpecContext) => void;

interface SourceRule {
  readonly field: keyof Volume;
  /** Where upstream's path for "more than one" is spelled differently. */
  readonly refusedAs?: string;
  readonly check: SourceCheck;
}

function source<K extends keyof Volume>(
  field: K,
  check: (errors: FieldError[], value: NonNullable<Volume[K]>, path: string, context: PodSpecContext) => void,
  { path = field as string, refusedAs }: { readonly path?: string; readonly refusedAs?: string } = {},
): SourceRule {
  return {
    field,
    ...(refusedAs && { refusedAs }),
    check: (errors, volume, parent, context) => check(errors, volume[field]!, `${parent}.${path}`, context),
  };
}

/** In upstream's order: of two sources the later one is refused. */
const sources: readonly SourceRule[] = [
  source('emptyDir', (errors, { sizeLimit }, path) => {
    if (sizeLimit !== undefined && parseQuantity(sizeLimit).nano < 0n) {
      errors.push(forbiddenField(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity'));
    }
  }),
  source('hostPath', validateHostPath),
  source('gitRepo', (errors, { repository, directory = '' }, path) => {
    if (!repository) errors.push(required(`${path}.repository`));
    validateLocalDescendingPath(errors, directory, `${path}.directory`);
  }),
  source('gcePersistentDisk', validateGcePersistentDisk, { path: 'persistentDisk' }),
  source('awsElasticBlockStore', validateAwsDisk),
  source('secret', validateSecretVolume),
  source('nfs', validateNfs),
  source('iscsi', validateIscsi),
  source('glusterfs', requireFields('endpoints', 'path')),
  source('flocker', validateFlocker),
  source('persistentVolumeClaim', requireFields('claimName')),
  source('rbd', requireFields('monitors', 'image')),
  source('cinder', validateCinder),
  source('cephfs', requireFields('monitors'), { refusedAs: 'cephFS' }),
  source('quobyte', validateQuobyte),
  source('downwardAPI', validateDownwardApiVolume, { refusedAs: 'downwarAPI' }),
  source('fc', validateFibreChannel),
  source('flexVolume', validateFlexVolume),
  source('configMap', validateConfigMapVolume),
  source('azureFile', requireFields('secretName', 'shareName')),
  source('vsphereVolume', requireFields('volumePath')),
  source('photonPersistentDisk', requireFields('pdID')),
  source('portworxVolume', requireFields('volumeID')),
  source('azureDisk', validateAzureDisk),
  source('storageos', validateStorageOs),
  source('projected', validateProjectedVolume),
  source('scaleIO', requireFields('gateway', 'system', 'volumeName')),
  source('csi', validateCsi),
  source('ephemeral', (errors, { volumeClaimTemplate }, path) => {
    if (volumeClaimTemplate) validateClaimTemplate(errors, volumeClaimTemplate, `${path}.volumeClaimTemplate`);
    else errors.push(required(`${path}.volumeClaimTemplate`));
  }),
  source('image', (errors, { reference, pullPolicy = '' }, path, { isPod }) => {
    if (isPod && !reference) errors.push(required(`${path}.reference`));
    validatePullPolicy(errors, pullPolicy, `${path}.pullPolicy`);
  }),
];

/** Which field of a volume says what kind it is. */
export const volumeSourceFields: readonly (keyof Volume)[] = sources.map(({ field }) => field);

function validateVolumeSource(errors: FieldError[], volume: Volume, path: string, context: PodSpecContext): void {
  let count = 0;
  for (const { field, refusedAs = field, check } of sources) {
    if (!volume[field]) continue;
    if (count > 0 && field !== 'emptyDir') {
      errors.push(forbiddenField(`${path}.${refusedAs}`, 'may not specify more than 1 volume type'));
    } else {
      count++;
      check(errors, volume, path, context);
    }
  }
  if (count === 0) errors.push(required(path, 'must specify a volume type'));
  if (volume.iscsi?.initiatorName !== undefined && `${volume.name}:${volume.iscsi.targetPortal}`.length > 64) {
    const detail =
      'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
    errors.push(invalid(`${path}.name`, volume.name, detail));
  }
  if (volume.ephemeral && volume.name && context.podName) {
    const claim = `${context.podName}-${volume.name}`;
    for (const problem of checkDns1123Subdomain(claim)) {
      errors.push(invalid(`${path}.ephemeral.name`, volume.name, `PVC name ${goQuote(claim)}: ${problem}`));
    }
  }
}
