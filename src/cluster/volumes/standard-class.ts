import type { StorageClass } from '../../api/generated/types.ts';
import { storageClasses } from '../apiserver/registry/index.ts';
import type { ApiClient } from '../informers/api-client.ts';
import { localPath } from './local-path-provisioner.ts';

/** The class that claims get which name none, as a cluster of `kind` has it. */
export function createStandardClass(client: ApiClient): void {
  client.resource<StorageClass>(storageClasses).create({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: localPath,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
}
