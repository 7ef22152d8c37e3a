import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../../../api/generated/types.ts';
import { required, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { canonicalResources } from '../canonical-resources.ts';
import { accessModesCell, betaClassAnnotation, storageClassOf } from '../persistent-volume/access-modes.ts';
import { validateClaimStatus, validateClaimUpdate } from '../persistent-volume/claim-validation.ts';
import { validateClaimSpec } from '../pod-spec/claim-templates.ts';
import { defaultClaimSpec } from '../pod-spec/volume-defaults.ts';
import { fill, isZero, withField } from '../share.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { withOldSpec } from '../workload/generation.ts';

/** What a PersistentVolumeClaim has to look like. */
export const persistentVolumeClaimRules: ResourceRules<PersistentVolumeClaim> = {
  defaults: defaultClaim,
  prepareForCreate: (claim) => ({
    ...claim,
    spec: withSameSources(withKnownSource(claim.spec ?? {})),
    status: { phase: 'Pending' },
  }),
  prepareForUpdate: (next, old) => {
    const kept = withField(next, 'status', old.status);
    return withField(kept, 'spec', withSameSources(kept.spec ?? {}));
  },
  validate: ({ spec = {} }) => {
    const errors: FieldError[] = [];
    validateClaimSpec(errors, spec, 'spec');
    return errors;
  },
  validateUpdate: validateClaimUpdate,
  warnings: ({ metadata }) => {
    if (metadata.annotations?.[betaClassAnnotation] === undefined) return [];
    return [
      `metadata.annotations[${betaClassAnnotation}]: deprecated since v1.8; use "storageClassName" attribute instead`,
    ];
  },
  status: {
    prepareForUpdate: withOldSpec,
    validateUpdate: (next) => {
      const errors: FieldError[] = [];
      if (!next.spec?.accessModes?.length) errors.push(required('Spec.accessModes'));
      validateClaimStatus(errors, next.status ?? {}, 'status');
      return errors;
    },
  },
  columns: [
    nameColumn,
    column('Status', 'string', 'Whether storage was found.'),
    column('Volume', 'string', 'The volume that was found.'),
    column('Capacity', 'string', 'How much fits.'),
    column('Access Modes', 'string', 'How it may be mounted.'),
    column('StorageClass', 'string', 'Where storage should come from.'),
    column('VolumeAttributesClass', 'string', 'How fast and safe it should be.'),
    ageColumn,
    column('VolumeMode', 'string', 'Whether it has a file system.', { wide: true }),
  ],
  row: (claim, context) => {
    const { metadata, spec = {}, status } = claim;
    const isBound = Boolean(spec.volumeName);
    return [
      metadata.name,
      metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
      spec.volumeName ?? '',
      isBound ? (status?.capacity?.['storage'] ?? '0') : '',
      isBound ? accessModesCell(status?.accessModes) : '',
      storageClassOf(claim),
      spec.volumeAttributesClassName ?? '<unset>',
      ageCell(claim, context),
      spec.volumeMode ?? '<unset>',
    ];
  },
};

function defaultClaim(given: PersistentVolumeClaim): PersistentVolumeClaim {
  const claim = withField(given, 'spec', defaultClaimSpec(given.spec ?? {}));
  let status = fill(given.status ?? {}, { phase: 'Pending' }, isZero);
  for (const field of ['capacity', 'allocatedResources'] as const) {
    const amounts = status[field];
    if (amounts) status = withField(status, field, canonicalResources(amounts));
  }
  return withField(claim, 'status', status);
}

const snapshotGroup = 'snapshot.storage.k8s.io';

/** The older of the two fields takes only these; others are forgotten. */
function withKnownSource(spec: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  const { dataSource, ...rest } = spec;
  if (!dataSource) return spec;
  const { apiGroup = '', kind } = dataSource;
  const isClaim = kind === 'PersistentVolumeClaim' && apiGroup === '';
  const isSnapshot = kind === 'VolumeSnapshot' && apiGroup === snapshotGroup;
  return isClaim || isSnapshot ? spec : rest;
}

/** Whoever sets one of the fields means both. Upstream: NormalizeDataSources in pkg/api/persistentvolumeclaim/util.go */
function withSameSources(spec: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  const { dataSource, dataSourceRef } = spec;
  if (dataSource && !dataSourceRef) return { ...spec, dataSourceRef: dataSource };
  if (!dataSourceRef || dataSource || dataSourceRef.namespace) return spec;
  const { namespace: _, ...source } = dataSourceRef;
  return { ...spec, dataSource: source };
}
