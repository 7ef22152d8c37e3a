import type { CSIDriver } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** What a storage driver can do. Upstream: pkg/registry/storage/csidriver */
export const csiDrivers: ResourceDefinition<CSIDriver> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'csidrivers',
  kind: 'CSIDriver',
  singular: 'csidriver',
  isNamespaced: false,
  schema: 'io.k8s.api.storage.v1.CSIDriver',
  rules: later(ruleBook, ({ csiDriverRules }) => csiDriverRules),
};
