import type { PersistentVolumeClaim } from '../../../../api/generated/types.ts';

/** The annotation is older than the field, and wins. Upstream: GetPersistentVolumeClaimClass */
export function storageClassOf({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName ?? '';
}
