import type { KubeObject } from '../../../api/index.ts';
import type { AdmissionPlugin } from './admission.ts';

const finalizers: Readonly<Record<string, string>> = {
  persistentvolumes: 'kubernetes.io/pv-protection',
  persistentvolumeclaims: 'kubernetes.io/pvc-protection',
};

/**
 * Volumes and claims do not go while somebody uses them: they get a finalizer that a controller takes away.
 * Upstream: plugin/pkg/admission/storage/storageobjectinuseprotection/admission.go
 */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  handles: ({ group, resource }, operation, subresource) =>
    group === '' && Object.hasOwn(finalizers, resource) && subresource === '' && operation === 'CREATE',
  admit: (object: KubeObject, { definition }) => {
    const finalizer = finalizers[definition.resource]!;
    const known = object.metadata.finalizers ?? [];
    if (known.includes(finalizer)) return object;
    return { ...object, metadata: { ...object.metadata, finalizers: [...known, finalizer] } };
  },
};
