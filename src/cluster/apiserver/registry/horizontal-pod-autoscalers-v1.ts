import type { HorizontalPodAutoscaler, V2HorizontalPodAutoscaler } from '../../../api/generated/types.ts';
import { later, type VersionView } from '../resource-definition.ts';
import { autoscalerFromV1, autoscalerToV1 } from './horizontal-pod-autoscaler/version-one.ts';
import { horizontalPodAutoscalers } from './horizontal-pod-autoscalers.ts';
import { ruleBook } from './rule-book.ts';

/** The first version, with a target for the use of CPU and nothing else. */
export const horizontalPodAutoscalersV1: VersionView<HorizontalPodAutoscaler, V2HorizontalPodAutoscaler> = {
  stored: horizontalPodAutoscalers,
  fromStored: autoscalerToV1,
  toStored: autoscalerFromV1,
  definition: {
    group: 'autoscaling',
    version: 'v1',
    resource: 'horizontalpodautoscalers',
    kind: 'HorizontalPodAutoscaler',
    singular: 'horizontalpodautoscaler',
    shortNames: ['hpa'],
    categories: ['all'],
    isNamespaced: true,
    schema: 'io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler',
    status: {},
    rules: later(ruleBook, ({ horizontalPodAutoscalerRules: { columns, row } }) => ({
      columns: columns!,
      row: (autoscaler, context) => row!(autoscalerFromV1(autoscaler), context),
    })),
  },
};
