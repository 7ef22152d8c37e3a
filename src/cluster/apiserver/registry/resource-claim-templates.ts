import type { ResourceClaimTemplate } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** What claims are made from, one for each pod. Upstream: pkg/registry/resource/resourceclaimtemplate */
export const resourceClaimTemplates: ResourceDefinition<ResourceClaimTemplate> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'resourceclaimtemplates',
  kind: 'ResourceClaimTemplate',
  singular: 'resourceclaimtemplate',
  isNamespaced: true,
  schema: 'io.k8s.api.resource.v1.ResourceClaimTemplate',
  rules: later(ruleBook, ({ resourceClaimTemplateRules }) => resourceClaimTemplateRules),
};
