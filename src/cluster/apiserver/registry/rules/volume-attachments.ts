import type { VolumeAttachment, VolumeError } from '../../../../api/generated/types.ts';
import { checkDns1123Subdomain, forbiddenField, required, tooLong, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { immutableAs } from '../internal-form/shown.ts';
import { addInvalid } from '../label-validation.ts';
import { byteLength } from '../meta-validation.ts';
import { validateVolumeSource } from '../persistent-volume/sources.ts';
import { validateCsiDriverName } from '../pod-spec/volume-disks.ts';
import { withField } from '../share.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { withOldSpec } from '../workload/generation.ts';

/** What a VolumeAttachment has to look like. */
export const volumeAttachmentRules: ResourceRules<VolumeAttachment> = {
  prepareForCreate: (attachment) => ({ ...attachment, status: { attached: false } }),
  prepareForUpdate: (next, old) => withField(next, 'status', old.status),
  validate: validateAttachment,
  validateCreate: ({ spec }) => {
    const errors: FieldError[] = [];
    validateCsiDriverName(errors, spec.attacher, 'spec.attacher');
    const volume = spec.source?.persistentVolumeName;
    if (volume) addInvalid(errors, 'spec.source.persistentVolumeName', volume, checkDns1123Subdomain(volume));
    return errors;
  },
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutableAs(errors, next.spec, old.spec, 'spec', 'VolumeAttachmentSpec');
    return errors;
  },
  status: { prepareForUpdate: withOldSpec, validateUpdate: validateAttachment },
  columns: [
    nameColumn,
    { ...column('Attacher', 'string', 'Which driver attaches the volume.'), format: 'name' },
    column('PV', 'string', 'The volume.'),
    column('Node', 'string', 'The node.'),
    column('Attached', 'boolean', 'Whether the volume is there.'),
    ageColumn,
  ],
  row: (attachment, context) => {
    const { metadata, spec, status } = attachment;
    return [
      metadata.name,
      spec.attacher,
      spec.source?.persistentVolumeName ?? '',
      spec.nodeName,
      status?.attached ?? false,
      ageCell(attachment, context),
    ];
  },
};

const maxMetadataBytes = 256 * 1024;
const maxMessageBytes = 1024;
const exactlyOne = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';

/** Upstream: ValidateVolumeAttachment in pkg/apis/storage/validation/validation.go */
function validateAttachment({ spec, status }: VolumeAttachment): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { attacher, source = {}, nodeName = '' } = spec;
  const { inlineVolumeSpec, persistentVolumeName } = source;
  const path = 'spec.source';
  if (!attacher) errors.push(required('spec.attacher'));
  if (!inlineVolumeSpec && persistentVolumeName === undefined) errors.push(required(path, exactlyOne));
  else if (inlineVolumeSpec && persistentVolumeName !== undefined) errors.push(forbiddenField(path, exactlyOne));
  else if (persistentVolumeName === '') {
    errors.push(required(`${path}.persistentVolumeName`, 'must specify non empty persistentVolumeName'));
  } else if (inlineVolumeSpec) validateVolumeSource(errors, inlineVolumeSpec, '', `${path}.inlineVolumeSpec`);
  addInvalid(errors, 'spec.nodeName', nodeName, checkDns1123Subdomain(nodeName));
  const entries = Object.entries(status?.attachmentMetadata ?? {});
  const bytes = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  if (bytes > maxMetadataBytes) errors.push(tooLong('status.attachmentMetadata', maxMetadataBytes));
  validateFailure(errors, status?.attachError, 'status.attachError');
  validateFailure(errors, status?.detachError, 'status.detachError');
  return errors;
}

function validateFailure(errors: FieldError[], failure: VolumeError | undefined, path: string): void {
  if (byteLength(failure?.message ?? '') > maxMessageBytes) errors.push(tooLong(`${path}.message`, maxMessageBytes));
}
