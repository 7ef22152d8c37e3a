import type { PersistentVolumeClaim, StorageClass } from '../../../api/generated/types.ts';
import type { KubeObject } from '../../../api/index.ts';
import type { Collection } from '../../store/index.ts';
import { isDefaultStorageClass } from '../registry/storage/default-class.ts';
import type { AdmissionPlugin } from './admission.ts';

/**
 * A claim that names no storage class gets the default one; of several, the newest.
 * Upstream: plugin/pkg/admission/storage/storageclass/setdefault/admission.go
 */
export function defaultStorageClass(classes: Collection<StorageClass>): AdmissionPlugin {
  return {
    name: 'DefaultStorageClass',
    handles: ({ group, resource }, operation, subresource) =>
      group === '' && resource === 'persistentvolumeclaims' && subresource === '' && operation === 'CREATE',
    admit: (object: KubeObject) => {
      const claim = object as PersistentVolumeClaim;
      const hasAnnotation = claim.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] !== undefined;
      if (hasAnnotation || claim.spec?.storageClassName !== undefined) return claim;
      const chosen = newestDefault(classes);
      return chosen ? { ...claim, spec: { ...claim.spec, storageClassName: chosen.metadata.name } } : claim;
    },
  };
}

/** Of the same age, the first by name. Upstream: GetDefaultClass in pkg/volume/util/storageclass.go */
function newestDefault(classes: Collection<StorageClass>): StorageClass | undefined {
  const time = ({ metadata }: StorageClass): number => Date.parse(metadata.creationTimestamp ?? '');
  let newest: StorageClass | undefined;
  for (const candidate of classes.list().objects) {
    if (isDefaultStorageClass(candidate) && (!newest || time(candidate) > time(newest))) newest = candidate;
  }
  return newest;
}
