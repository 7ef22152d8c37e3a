import type {
  DownwardAPIVolumeFile,
  PersistentVolumeClaimSpec,
  Volume,
  VolumeProjection,
} from '../../../../api/generated/types.ts';
import { canonicalAmount, canonicalResources } from '../canonical-resources.ts';
import { fill, isZero, mapShared, withField } from '../share.ts';
import { defaultFieldRef } from './container-defaults.ts';
import { defaultPullPolicy } from './images.ts';
import { volumeSourceFields } from './volumes.ts';

/** Defaults of volumes. Upstream: SetDefaults_Volume and the volume sources' in pkg/apis/core/v1/defaults.go */
const fileMode = 0o644;

export function defaultVolume(given: Volume): Volume {
  const field = volumeSourceFields.find((name) => given[name]);
  if (!field) return { ...given, emptyDir: {} };
  const change = changes[field];
  return change ? change(given) : given;
}

function filling<K extends keyof Volume>(
  field: K,
  defaults: Partial<NonNullable<Volume[K]>>,
  isMissing?: typeof isZero,
) {
  return (volume: Volume): Volume =>
    withField(volume, field, fill<object>(volume[field] as object, defaults, isMissing) as Volume[K]);
}

const changes: { readonly [K in keyof Volume]?: (volume: Volume) => Volume } = {
  hostPath: filling('hostPath', { type: '' }),
  secret: filling('secret', { defaultMode: fileMode }),
  configMap: filling('configMap', { defaultMode: fileMode }),
  iscsi: filling('iscsi', { iscsiInterface: 'default' }, isZero),
  rbd: filling('rbd', { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' }, isZero),
  azureDisk: filling('azureDisk', { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' }),
  scaleIO: filling('scaleIO', { storageMode: 'ThinProvisioned', fsType: 'xfs' }, isZero),
  emptyDir: (volume) => {
    const { sizeLimit } = volume.emptyDir!;
    if (sizeLimit === undefined) return volume;
    return withField(volume, 'emptyDir', withField(volume.emptyDir!, 'sizeLimit', canonicalAmount(sizeLimit)));
  },
  downwardAPI: (volume) => {
    const source = fill(volume.downwardAPI!, { defaultMode: fileMode });
    return withField(volume, 'downwardAPI', withDefaultFiles(source));
  },
  projected: (volume) => {
    const source = fill(volume.projected!, { defaultMode: fileMode });
    const { sources } = source;
    const filled = sources ? withField(source, 'sources', mapShared(sources, defaultProjection)) : source;
    return withField(volume, 'projected', filled);
  },
  image: (volume) => {
    const image = volume.image!;
    const pullPolicy = defaultPullPolicy(image.reference ?? '');
    return withField(volume, 'image', fill(image, { pullPolicy }, isZero));
  },
  ephemeral: (volume) => {
    const template = volume.ephemeral!.volumeClaimTemplate;
    if (!template?.spec) return volume;
    const filled = withField(template, 'spec', defaultClaimSpec(template.spec));
    return withField(volume, 'ephemeral', withField(volume.ephemeral!, 'volumeClaimTemplate', filled));
  },
};

/** Upstream: SetDefaults_PersistentVolumeClaimSpec */
export function defaultClaimSpec(given: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  let spec = fill(given, { volumeMode: 'Filesystem', resources: {} });
  for (const kind of ['limits', 'requests'] as const) {
    const amounts = spec.resources?.[kind];
    if (amounts) spec = withField(spec, 'resources', withField(spec.resources!, kind, canonicalResources(amounts)));
  }
  return spec;
}

function defaultProjection(given: VolumeProjection): VolumeProjection {
  let projection = given;
  if (projection.downwardAPI) {
    projection = withField(projection, 'downwardAPI', withDefaultFiles(projection.downwardAPI));
  }
  if (projection.serviceAccountToken) {
    const token = fill(projection.serviceAccountToken, { expirationSeconds: 3600 });
    projection = withField(projection, 'serviceAccountToken', token);
  }
  return projection;
}

function withDefaultFiles<T extends { readonly items?: readonly DownwardAPIVolumeFile[] }>(source: T): T {
  if (!source.items) return source;
  return withField(source, 'items', mapShared(source.items, defaultFile));
}

function defaultFile(given: DownwardAPIVolumeFile): DownwardAPIVolumeFile {
  let file = given;
  if (file.fieldRef) file = withField(file, 'fieldRef', defaultFieldRef(file.fieldRef));
  if (file.resourceFieldRef && file.resourceFieldRef.divisor === undefined) {
    file = { ...file, resourceFieldRef: { ...file.resourceFieldRef, divisor: '0' } };
  }
  return file;
}
