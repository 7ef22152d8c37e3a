import type { StorageClass } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** Where volumes come from. Upstream: pkg/registry/storage/storageclass */
export const storageClasses: ResourceDefinition<StorageClass> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'storageclasses',
  kind: 'StorageClass',
  singular: 'storageclass',
  shortNames: ['sc'],
  isNamespaced: false,
  schema: 'io.k8s.api.storage.v1.StorageClass',
  rules: later(ruleBook, ({ storageClassRules }) => storageClassRules),
};
