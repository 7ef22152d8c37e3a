import type { V2HorizontalPodAutoscaler } from '../../../../api/generated/types.ts';
import type { FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { defaultAutoscaler } from '../horizontal-pod-autoscaler/defaults.ts';
import { metricsCell } from '../horizontal-pod-autoscaler/metrics-cell.ts';
import { validateAutoscaler } from '../horizontal-pod-autoscaler/validation.ts';
import { withField } from '../share.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { withOldSpec } from '../workload/generation.ts';
import { validateCounts } from '../workload/status-validation.ts';

/** What a HorizontalPodAutoscaler has to look like. */
export const horizontalPodAutoscalerRules: ResourceRules<V2HorizontalPodAutoscaler> = {
  defaults: defaultAutoscaler,
  prepareForCreate: (autoscaler) => ({ ...autoscaler, status: { desiredReplicas: 0 } }),
  prepareForUpdate: (next, old) => withField(next, 'status', old.status),
  validate: ({ spec }) => {
    const errors: FieldError[] = [];
    validateAutoscaler(errors, spec, 'spec');
    return errors;
  },
  status: {
    prepareForUpdate: withOldSpec,
    validateUpdate: ({ status }) => {
      const errors: FieldError[] = [];
      validateCounts(errors, status ?? {}, ['currentReplicas', 'desiredReplicas']);
      return errors;
    },
  },
  columns: [
    nameColumn,
    column('Reference', 'string', 'What is scaled.'),
    column('Targets', 'string', 'The load as it is, and as it should be.'),
    column('MinPods', 'string', 'How many replicas there are at least.'),
    column('MaxPods', 'string', 'How many replicas there are at most.'),
    column('Replicas', 'string', 'How many replicas there are.'),
    ageColumn,
  ],
  row: (autoscaler, context) => {
    const { spec, status } = autoscaler;
    return [
      autoscaler.metadata.name,
      `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
      metricsCell(spec.metrics ?? [], status?.currentMetrics ?? []),
      spec.minReplicas === undefined ? '<unset>' : String(spec.minReplicas),
      spec.maxReplicas,
      status?.currentReplicas ?? 0,
      ageCell(autoscaler, context),
    ];
  },
};
