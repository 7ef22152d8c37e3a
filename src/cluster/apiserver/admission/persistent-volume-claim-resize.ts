import type { PersistentVolumeClaim, StorageClass } from '../../../api/generated/types.ts';
import { compareQuantity, parseQuantity, type Quantity } from '../../../api/index.ts';
import type { Collection } from '../../store/index.ts';
import { storageClassOf } from '../registry/storage/class-of-claim.ts';
import type { AdmissionPlugin } from './admission.ts';
import { refuse } from './refusal.ts';

/**
 * A claim grows only when it is bound and its storage class allows that.
 * Upstream: plugin/pkg/admission/storage/persistentvolume/resize/admission.go
 */
export function persistentVolumeClaimResize(classes: Collection<StorageClass>): AdmissionPlugin {
  return {
    name: 'PersistentVolumeClaimResize',
    handles: ({ group, resource }, operation, subresource) =>
      group === '' && resource === 'persistentvolumeclaims' && subresource === '' && operation === 'UPDATE',
    validate: (object, attributes) => {
      const [next, old] = [object, attributes.old] as [PersistentVolumeClaim, PersistentVolumeClaim];
      if (compareQuantity(sizeOf(next), sizeOf(old)) <= 0) return;
      if (old.status?.phase !== 'Bound') {
        throw refuse(attributes, 'Only bound persistent volume claims can be expanded');
      }
      const name = storageClassOf(next);
      const isSame = name !== '' && name === storageClassOf(old);
      if (isSame && classes.get(name)?.allowVolumeExpansion) return;
      const why =
        'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
      throw refuse(attributes, why);
    },
  };
}

function sizeOf({ spec }: PersistentVolumeClaim): Quantity {
  return parseQuantity(spec?.resources?.requests?.['storage'] ?? '0');
}
