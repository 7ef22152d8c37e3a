import type { StorageClass } from '../../../../api/generated/types.ts';

const keys = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

/** Whether claims that name no class get this one. Upstream: IsDefaultAnnotation in pkg/apis/storage/util/helpers.go */
export function isDefaultStorageClass({ metadata: { annotations = {} } }: StorageClass): boolean {
  return keys.some((key) => annotations[key] === 'true');
}
