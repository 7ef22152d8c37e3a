import type { PersistentVolumeClaim } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** A wish for storage. Upstream: pkg/registry/core/persistentvolumeclaim */
export const persistentVolumeClaims: ResourceDefinition<PersistentVolumeClaim> = {
  group: '',
  version: 'v1',
  resource: 'persistentvolumeclaims',
  kind: 'PersistentVolumeClaim',
  singular: 'persistentvolumeclaim',
  shortNames: ['pvc'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.PersistentVolumeClaim',
  returnsDeletedObject: true,
  status: {},
  rules: later(ruleBook, ({ persistentVolumeClaimRules }) => persistentVolumeClaimRules),
};
