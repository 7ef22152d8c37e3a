import type { CSIStorageCapacity } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** How much a storage driver has left, by place. Upstream: pkg/registry/storage/csistoragecapacity */
export const csiStorageCapacities: ResourceDefinition<CSIStorageCapacity> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'csistoragecapacities',
  kind: 'CSIStorageCapacity',
  singular: 'csistoragecapacity',
  isNamespaced: true,
  schema: 'io.k8s.api.storage.v1.CSIStorageCapacity',
  rules: later(ruleBook, ({ csiStorageCapacityRules }) => csiStorageCapacityRules),
};
