import type { ResourceQuota } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** How much a namespace may use. Upstream: pkg/registry/core/resourcequota */
export const resourceQuotas: ResourceDefinition<ResourceQuota> = {
  group: '',
  version: 'v1',
  resource: 'resourcequotas',
  kind: 'ResourceQuota',
  singular: 'resourcequota',
  shortNames: ['quota'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.ResourceQuota',
  returnsDeletedObject: true,
  status: {},
  rules: later(ruleBook, ({ resourceQuotaRules }) => resourceQuotaRules),
};
