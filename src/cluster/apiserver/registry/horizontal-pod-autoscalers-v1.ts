import type { HorizontalPodAutoscaler, V2HorizontalPodAutoscaler } from '../../../api/generated/types.ts';
import { later, type VersionView } from '../resource-definition.ts';
import { horizontalPodAutoscalers } from './horizontal-pod-autoscalers.ts';
import { ruleBook } from './rule-book.ts';

/** The first version, with a target for the use of CPU and nothing else. */
export const horizontalPodAutoscalersV1: VersionView<HorizontalPodAutoscaler, V2HorizontalPodAutoscaler> = {
  stored: horizontalPodAutoscalers,
  // How to convert comes with the rules: before an autoscaler has been written there is nothing to convert.
  fromStored: (autoscaler) => ruleBook.code.autoscalerToV1(autoscaler),
  toStored: (autoscaler) => ruleBook.code.autoscalerFromV1(autoscaler),
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
    rules: later(ruleBook, ({ autoscalerFromV1, horizontalPodAutoscalerRules: { columns, row } }) => ({
      columns: columns!,
      row: (autoscaler, context) => row!(autoscalerFromV1(autoscaler), context),
    })),
  },
};
