import type {
  V2HorizontalPodAutoscaler,
  V2HorizontalPodAutoscalerSpec,
  V2HPAScalingRules,
  V2MetricSpec,
} from '../../../../api/generated/types.ts';
import { Change, fill, withField } from '../share.ts';

/** Upstream: pkg/apis/autoscaling/v2/defaults.go */
export function defaultAutoscaler(autoscaler: V2HorizontalPodAutoscaler): V2HorizontalPodAutoscaler {
  return autoscaler.spec ? withField(autoscaler, 'spec', defaultSpec(autoscaler.spec)) : autoscaler;
}

const eightyPercentOfCpu: V2MetricSpec = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};

const scaleUpRules: V2HPAScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};

const scaleDownRules: V2HPAScalingRules = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

function defaultSpec(given: V2HorizontalPodAutoscalerSpec): V2HorizontalPodAutoscalerSpec {
  const spec = new Change(given);
  spec.fill({ minReplicas: 1 });
  if (!given.metrics?.length) spec.set('metrics', [eightyPercentOfCpu]);
  const { behavior } = given;
  if (behavior) {
    const scaled = new Change(behavior);
    scaled.set('scaleUp', fill(behavior.scaleUp ?? {}, scaleUpRules));
    scaled.set('scaleDown', fill(behavior.scaleDown ?? {}, scaleDownRules));
    spec.set('behavior', scaled.result);
  }
  return spec.result;
}
