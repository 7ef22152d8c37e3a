import type { PodTemplate } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** A template of pods on its own. Upstream: pkg/registry/core/podtemplate */
export const podTemplates: ResourceDefinition<PodTemplate> = {
  group: '',
  version: 'v1',
  resource: 'podtemplates',
  kind: 'PodTemplate',
  singular: 'podtemplate',
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.PodTemplate',
  rules: later(ruleBook, ({ podTemplateRules }) => podTemplateRules),
};
