import type { PersistentVolume } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** A piece of storage. Upstream: pkg/registry/core/persistentvolume */
export const persistentVolumes: ResourceDefinition<PersistentVolume> = {
  group: '',
  version: 'v1',
  resource: 'persistentvolumes',
  kind: 'PersistentVolume',
  singular: 'persistentvolume',
  shortNames: ['pv'],
  isNamespaced: false,
  schema: 'io.k8s.api.core.v1.PersistentVolume',
  returnsDeletedObject: true,
  status: {},
  rules: later(ruleBook, ({ persistentVolumeRules }) => persistentVolumeRules),
};
