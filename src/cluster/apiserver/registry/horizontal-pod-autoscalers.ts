import type { V2HorizontalPodAutoscaler } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** As many replicas as the load asks for. Upstream: pkg/registry/autoscaling/horizontalpodautoscaler */
export const horizontalPodAutoscalers: ResourceDefinition<V2HorizontalPodAutoscaler> = {
  group: 'autoscaling',
  version: 'v2',
  resource: 'horizontalpodautoscalers',
  kind: 'HorizontalPodAutoscaler',
  singular: 'horizontalpodautoscaler',
  shortNames: ['hpa'],
  categories: ['all'],
  isNamespaced: true,
  schema: 'io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler',
  status: {},
  rules: later(ruleBook, ({ horizontalPodAutoscalerRules }) => horizontalPodAutoscalerRules),
};
