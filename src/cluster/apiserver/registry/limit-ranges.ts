import type { LimitRange } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** How much one pod, container or claim may ask for. Upstream: pkg/registry/core/limitrange */
export const limitRanges: ResourceDefinition<LimitRange> = {
  group: '',
  version: 'v1',
  resource: 'limitranges',
  kind: 'LimitRange',
  singular: 'limitrange',
  shortNames: ['limits'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.LimitRange',
  allowsCreateOnUpdate: true,
  rules: later(ruleBook, ({ limitRangeRules }) => limitRangeRules),
};
