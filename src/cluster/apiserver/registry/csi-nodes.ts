import type { CSINode } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** Which storage drivers run on a node. Upstream: pkg/registry/storage/csinode */
export const csiNodes: ResourceDefinition<CSINode> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'csinodes',
  kind: 'CSINode',
  singular: 'csinode',
  isNamespaced: false,
  schema: 'io.k8s.api.storage.v1.CSINode',
  rules: later(ruleBook, ({ csiNodeRules }) => csiNodeRules),
};
