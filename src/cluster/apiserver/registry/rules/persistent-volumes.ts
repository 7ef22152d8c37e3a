import type { PersistentVolume, PersistentVolumeSpec } from '../../../../api/generated/types.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { canonicalResources } from '../canonical-resources.ts';
import { accessModesCell, storageClassOf } from '../persistent-volume/access-modes.ts';
import { validateVolume, validateVolumeUpdate } from '../persistent-volume/validation.ts';
import { defaultVolume } from '../pod-spec/volume-defaults.ts';
import { Change, fill, isZero, withField } from '../share.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { withOldSpec } from '../workload/generation.ts';

/** What a PersistentVolume has to look like. */
export const persistentVolumeRules: ResourceRules<PersistentVolume> = {
  defaults: (volume) => {
    const spec = volume.spec && withField(volume, 'spec', defaultSpec(volume.spec));
    return withField(spec ?? volume, 'status', fill(volume.status ?? {}, { phase: 'Pending' }, isZero));
  },
  prepareForCreate: (volume, { now }) => ({ ...volume, status: { phase: 'Pending', lastPhaseTransitionTime: now } }),
  prepareForUpdate: (next, old) => withField(next, 'status', old.status),
  validate: validateVolume,
  validateUpdate: validateVolumeUpdate,
  warnings: ({ spec }) => {
    if (spec?.persistentVolumeReclaimPolicy !== 'Recycle') return [];
    const advice = 'Instead, the recommended approach is to use dynamic provisioning.';
    return [`spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. ${advice}`];
  },
  status: {
    prepareForUpdate: (next, old, { now }) => {
      const kept = withOldSpec(next, old);
      const { phase, lastPhaseTransitionTime: time } = kept.status ?? {};
      const isMoved = phase !== old.status?.phase && (!time || time === old.status?.lastPhaseTransitionTime);
      return isMoved ? { ...kept, status: { ...kept.status, lastPhaseTransitionTime: now } } : kept;
    },
    validateUpdate: () => [],
  },
  columns: [
    nameColumn,
    column('Capacity', 'string', 'How much fits.'),
    column('Access Modes', 'string', 'How it may be mounted.'),
    column('Reclaim Policy', 'string', 'What becomes of it when its claim goes.'),
    column('Status', 'string', 'Whether it is free, bound or left over.'),
    column('Claim', 'string', 'The claim that it belongs to.'),
    column('StorageClass', 'string', 'Where it came from.'),
    column('VolumeAttributesClass', 'string', 'How fast and safe it should be.'),
    column('Reason', 'string', 'Why it is in this phase.'),
    ageColumn,
    column('VolumeMode', 'string', 'Whether it has a file system.', { wide: true }),
  ],
  row: (volume, context) => {
    const { metadata, spec = {}, status } = volume;
    return [
      metadata.name,
      spec.capacity?.['storage'] ?? '0',
      accessModesCell(spec.accessModes),
      spec.persistentVolumeReclaimPolicy ?? '',
      metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
      spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '',
      storageClassOf(volume),
      spec.volumeAttributesClassName ?? '<unset>',
      status?.reason ?? '',
      ageCell(volume, context),
      spec.volumeMode ?? '<unset>',
    ];
  },
};

/** Upstream: SetDefaults_PersistentVolume in pkg/apis/core/v1/defaults.go */
function defaultSpec(given: PersistentVolumeSpec): PersistentVolumeSpec {
  const spec = new Change(given);
  spec.fill({ persistentVolumeReclaimPolicy: 'Retain' }, isZero);
  spec.fill({ volumeMode: 'Filesystem' });
  if (given.capacity) spec.set('capacity', canonicalResources(given.capacity));
  // What volumes of pods say of such storage is filled in the same way.
  for (const field of ['hostPath', 'rbd', 'iscsi', 'azureDisk', 'scaleIO'] as const) {
    if (!given[field]) continue;
    const filled = defaultVolume({ name: '', [field]: given[field] });
    spec.set(field, filled[field] as never);
  }
  return spec.result;
}
